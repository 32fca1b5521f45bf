package org.ridgeline.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.Words;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.MomentsSubtraction;

/** Adds or subtracts two stored moments: they must be of the same columns, folds and maps. */
public final class MomentsPair {
  private final String verb;
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
    this.verb = verb;
    this.firstName = firstName;
    this.first = first;
    this.secondName = secondName;
    this.second = second;
    requireSameNames("label", first.columns().labels(), second.columns().labels());
    requireSameInputs();
    requireSame("weight kind", first.columns().weightKind(), second.columns().weightKind());
    requireSame(
        "weight",
        first.columns().weight().orElse("none"),
        second.columns().weight().orElse("none"));
    requireSame("intercept", first.columns().intercept(), second.columns().intercept());
    requireSameFolds();
    requireSameMaps();
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

  private void requireSameInputs() {
    requireSameNames("feature", first.columns().features(), second.columns().features());
    List<InputColumn> ours = first.columns().inputs();
    List<InputColumn> theirs = second.columns().inputs();
    for (int j = 0; j < ours.size() && j < theirs.size(); j++) {
      if (!ours.get(j).readsLike(theirs.get(j))) {
        throw refused(
            "column %s was read in another way (%s with levels %s, not %s with levels %s)",
            Names.quoted(theirs.get(j).column()),
            Words.of(theirs.get(j).kind()),
            Names.listed(theirs.get(j).levels(), 10),
            Words.of(ours.get(j).kind()),
            Names.listed(ours.get(j).levels(), 10));
      }
    }
    requireSameNames("column", columns(ours), columns(theirs));
  }

  private static List<String> columns(List<InputColumn> inputs) {
    return inputs.stream().map(InputColumn::column).toList();
  }

  private void requireSameFolds() {
    FoldRule ours = first.folds();
    FoldRule theirs = second.folds();
    requireSame("fold rule", ours.kind(), theirs.kind());
    requireSame("fold column", ours.column().orElse(""), theirs.column().orElse(""));
    requireSame("kind of fold values", first.order(), second.order());
    if (ours.kind() != FoldRule.Kind.COLUMN) {
      requireSame("number of folds", first.moments().folds(), second.moments().folds());
      requireSame("seed", ours.seed(), theirs.seed());
    }
  }

  private void requireSameMaps() {
    boolean same = first.maps().isPresent() == second.maps().isPresent();
    if (same && first.maps().isPresent()) {
      same = first.maps().get().isSame(second.maps().get());
    }
    if (!same) {
      throw new DataException(
          refusal("its rows went through another feature map"),
          Remedy.of(
              "a map learns scaling, length scale and centers from its rows, unless %s and %s fix"
                  + " them",
              Option.STANDARDIZE.to("none"), Option.LENGTH_SCALE));
    }
  }

  private void requireSameNames(String what, List<String> ours, List<String> theirs) {
    for (int j = 0; j < Math.max(ours.size(), theirs.size()); j++) {
      String our = j < ours.size() ? Names.quoted(ours.get(j)) : "none";
      String their = j < theirs.size() ? Names.quoted(theirs.get(j)) : "none";
      if (!our.equals(their)) {
        throw refused("its %s %d is %s, not %s", what, j + 1, their, our);
      }
    }
  }

  private void requireSame(String what, Object ours, Object theirs) {
    if (!Objects.equals(ours, theirs)) {
      throw refused("its %s is %s, not %s", what, word(theirs), word(ours));
    }
  }

  private static String word(Object value) {
    return value instanceof Enum<?> constant ? Words.of(constant) : value.toString();
  }

  private DataException refused(String sentence, Object... values) {
    return new DataException(refusal(String.format(Locale.ROOT, sentence, values)));
  }

  private String refusal(String reason) {
    String preposition = verb.equals("merge") ? " with " : " from ";
    return "cannot " + verb + " " + secondName + preposition + firstName + ": " + reason;
  }
}
