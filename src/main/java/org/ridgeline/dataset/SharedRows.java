package org.ridgeline.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ridgeline.base.Names;
import org.ridgeline.base.Secrets;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/**
 * What shows that two stored moments, A and B, have rows in common: that they were read from the
 * same place under the same condition, or one of them without any; or that they, or a fold of each,
 * have the same n, weight, means and squares bit for bit, where a column has values that are not
 * whole. Sums of whole numbers can be equal by chance.
 */
public final class SharedRows {
  private SharedRows() {}

  /**
   * Returns what the two have in common, or empty where nothing shows it.
   *
   * @param a the moments of A
   * @param b those of B, of the same columns
   */
  public static Optional<String> of(MomentsSet a, MomentsSet b) {
    return source(a, b).or(() -> sums(a.moments(), b.moments()));
  }

  /** A place that rows were read from. */
  private record Place(String input, Map<String, String> options, Optional<String> where) {
    boolean overlaps(Place other) {
      return input.equals(other.input)
          && options.equals(other.options)
          && (where.equals(other.where) || where.isEmpty() || other.where.isEmpty());
    }
  }

  private static Optional<String> source(MomentsSet a, MomentsSet b) {
    Map<Place, Long> inA = rows(a);
    Map<Place, Long> inB = rows(b);
    if (isRemainder(inA) || isRemainder(inB)) {
      return Optional.empty(); // which rows are left is not known
    }
    for (Map.Entry<Place, Long> ours : inA.entrySet()) {
      for (Map.Entry<Place, Long> theirs : inB.entrySet()) {
        if (ours.getKey().overlaps(theirs.getKey()) && isUnchanged(ours, theirs)) {
          return Optional.of(
              "both were read from " + Names.quoted(Secrets.masked(ours.getKey().input())));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the numbers of rows do not show that something else lies there now. */
  private static boolean isUnchanged(Map.Entry<Place, Long> ours, Map.Entry<Place, Long> theirs) {
    if (ours.getKey().where().equals(theirs.getKey().where())) {
      return ours.getValue().equals(theirs.getValue());
    }
    return ours.getKey().where().isEmpty()
        ? theirs.getValue() <= ours.getValue()
        : ours.getValue() <= theirs.getValue();
  }

  private static boolean isRemainder(Map<Place, Long> rows) {
    return rows.values().stream().anyMatch(n -> n < 0);
  }

  /** Returns how many rows each place gave, those dropped included, without those taken away. */
  private static Map<Place, Long> rows(MomentsSet set) {
    Map<Place, Long> rows = new HashMap<>();
    for (MomentsSet.Source source : set.sources()) {
      Place place = new Place(source.input(), source.options(), source.where());
      rows.merge(place, source.rows() + source.rowsDropped(), Long::sum);
    }
    rows.values().removeIf(n -> n == 0);
    return rows;
  }

  private static Optional<String> sums(FoldedMoments a, FoldedMoments b) {
    if (!key(a.total()).isEmpty() && key(a.total()).equals(key(b.total()))) {
      return Optional.of("n, means and squares are equal");
    }
    Set<List<Double>> folds = new HashSet<>();
    for (int f = 0; f < a.folds(); f++) {
      folds.add(key(a.fold(f)));
    }
    for (int f = 0; f < b.folds(); f++) {
      List<Double> key = key(b.fold(f));
      if (!key.isEmpty() && folds.contains(key)) {
        return Optional.of("fold " + Names.quoted(b.label(f)) + " of B is a fold of A, too");
      }
    }
    return Optional.empty();
  }

  /** Returns n, weight, means and squares; nothing where they could be equal by chance. */
  private static List<Double> key(Moments rows) {
    List<Double> key = new ArrayList<>(List.of((double) rows.rows(), rows.weightSum()));
    boolean isWhole = true;
    for (int j = 0; j < rows.inputs() + rows.targets(); j++) {
      key.add(rows.mean(j));
      key.add(rows.squares(j));
      double sum = rows.mean(j) * rows.weightSum();
      isWhole &= Math.abs(sum - Math.rint(sum)) <= 1e-9 * Math.abs(sum);
    }
    return rows.rows() < 2 || isWhole ? List.of() : key;
  }
}
