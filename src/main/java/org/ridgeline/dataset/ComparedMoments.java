package org.ridgeline.dataset;

import java.util.ArrayList;
import java.util.List;
import org.ridgeline.base.Names;

/**
 * Moments whose columns are those of others, in the same order, so that both can be compared. Folds
 * may differ.
 *
 * @param moments the moments
 * @param leftOut columns that were there, but not in the others
 */
public record ComparedMoments(MomentsSet moments, List<String> leftOut) {
  private static final int LISTED = 10;

  /** Copies the list. */
  public ComparedMoments {
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Returns {@code second} with the columns of {@code first}, matched by name.
   *
   * @param firstName what the first are called in messages
   * @param secondName what the second are called
   * @throws org.ridgeline.base.DataException naming the columns that are not there, or the first
   *     thing in which the two differ
   */
  public static ComparedMoments of(
      String firstName, MomentsSet first, String secondName, MomentsSet second) {
    List<String> there = columns(second);
    MomentsMatch match = new MomentsMatch("compare", firstName, first, secondName, second);
    require(match, "label", first.columns().labels(), there);
    List<String> features = inputs(first);
    require(match, "feature", features, there);
    MomentsSet chosen = second;
    if (second.maps().isEmpty() || !second.columns().labels().equals(first.columns().labels())) {
      chosen =
          StoredColumns.choose(
              second, first.columns().labels(), second.maps().isEmpty() ? features : List.of());
    }
    MomentsMatch aligned = new MomentsMatch("compare", firstName, first, secondName, chosen);
    aligned.requireColumns();
    aligned.requireMaps();
    List<String> leftOut = new ArrayList<>(there);
    leftOut.removeAll(columns(chosen));
    return new ComparedMoments(chosen, leftOut);
  }

  private static void require(
      MomentsMatch match, String what, List<String> needed, List<String> there) {
    List<String> missing = needed.stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw match.refused("it has no %s %s", what, Names.listed(missing, LISTED));
    }
  }

  private static List<String> columns(MomentsSet set) {
    List<String> names = new ArrayList<>(inputs(set));
    names.addAll(set.columns().labels());
    return names;
  }

  private static List<String> inputs(MomentsSet set) {
    return set.columns().inputs().stream().map(InputColumn::column).toList();
  }
}
