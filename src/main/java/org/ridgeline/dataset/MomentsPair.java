package org.ridgeline.dataset;

import java.util.ArrayList;
import java.util.List;
import org.ridgeline.base.DataException;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.MomentsSubtraction;

/** Adds or subtracts two stored moments: they must be of the same columns, folds and maps. */
public final class MomentsPair {
  private final String firstName;
  private final MomentsSet first;
  private final String secondName;
  private final MomentsSet second;

  /**
   * Checks that the two are compatible.
   *
   * @param verb what is done with them, for messages
   * @throws DataException naming the first thing in which they differ
   */
  public MomentsPair(
      String verb, String firstName, MomentsSet first, String secondName, MomentsSet second) {
    this.firstName = firstName;
    this.first = first;
    this.secondName = secondName;
    this.second = second;
    MomentsMatch match = new MomentsMatch(verb, firstName, first, secondName, second);
    match.requireColumns();
    match.requireIntercept();
    match.requireFolds();
    match.requireMaps();
  }

  /** Returns the moments of all rows. */
  public MomentsSet plus() {
    List<FoldedMoments> sums = new ArrayList<>();
    for (int i = 0; i < first.sums().size(); i++) {
      sums.add(first.sums().get(i).plus(second.sums().get(i), first.order().comparator()));
    }
    List<MomentsSet.Source> sources = new ArrayList<>(first.sources());
    sources.addAll(second.sources());
    return first.with(sources, sums);
  }

  /**
   * The result of a subtraction.
   *
   * @param digitsLost of 16, in the column that lost most
   */
  public record Difference(MomentsSet moments, double digitsLost) {}

  /** Returns the moments of the rows of the first set that are not in the second. */
  public Difference minus() {
    List<FoldedMoments> sums = new ArrayList<>();
    double digitsLost = 0;
    for (int i = 0; i < first.sums().size(); i++) {
      MomentsSubtraction.Remainder rest = remainder(i);
      sums.add(rest.moments());
      digitsLost = Math.max(digitsLost, rest.digitsLost());
    }
    List<MomentsSet.Source> sources = new ArrayList<>(first.sources());
    for (MomentsSet.Source source : second.sources()) {
      sources.add(
          new MomentsSet.Source(
              source.input(),
              source.where(),
              source.options(),
              -source.rows(),
              0,
              List.of(),
              List.of()));
    }
    return new Difference(first.with(sources, sums), digitsLost);
  }

  private MomentsSubtraction.Remainder remainder(int i) {
    boolean byValue = first.folds().kind() == FoldRule.Kind.COLUMN;
    try {
      return MomentsSubtraction.of(
          first.sums().get(i),
          second.sums().get(i),
          columnNames(first.sums().get(i).fold(0).inputs()),
          byValue ? MomentsSubtraction.EmptyFolds.DROPPED : MomentsSubtraction.EmptyFolds.KEPT);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + " (" + secondName + " from " + firstName + ")", e);
    }
  }

  private List<String> columnNames(int inputs) {
    List<String> names =
        new ArrayList<>(
            first.maps().isPresent()
                ? FittedModel.mappedNames(inputs)
                : first.columns().features());
    names.addAll(first.columns().labels());
    return names;
  }
}
