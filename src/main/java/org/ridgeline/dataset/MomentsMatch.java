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

/** What two stored moments must have in common, refused by the first thing in which they differ. */
final class MomentsMatch {
  private final String verb;
  private final String firstName;
  private final MomentsSet first;
  private final String secondName;
  private final MomentsSet second;

  /**
   * Names the two.
   *
   * @param verb what is done with them, for messages
   */
  MomentsMatch(
      String verb, String firstName, MomentsSet first, String secondName, MomentsSet second) {
    this.verb = verb;
    this.firstName = firstName;
    this.first = first;
    this.secondName = secondName;
    this.second = second;
  }

  /** Requires the same labels, features and weights, read in the same way. */
  void requireColumns() {
    requireSameNames("label", first.columns().labels(), second.columns().labels());
    requireSameInputs();
    requireSame("weight kind", first.columns().weightKind(), second.columns().weightKind());
    requireSame(
        "weight",
        first.columns().weight().orElse("none"),
        second.columns().weight().orElse("none"));
  }

  /** Requires that categories were encoded for the same intercept. */
  void requireIntercept() {
    requireSame("intercept", first.columns().intercept(), second.columns().intercept());
  }

  private void requireSameInputs() {
    List<InputColumn> ours = first.columns().inputs();
    List<InputColumn> theirs = second.columns().inputs();
    int shared = Math.min(ours.size(), theirs.size());
    for (int j = 0; j < shared; j++) {
      boolean sameCategory =
          ours.get(j).kind() == InputColumn.Kind.CATEGORY
              && ours.get(j).column().equals(theirs.get(j).column());
      requireReadAlike(ours.get(j), sameCategory ? theirs.get(j) : ours.get(j));
    }
    requireSameNames("feature", first.columns().features(), second.columns().features());
    for (int j = 0; j < shared; j++) {
      requireReadAlike(ours.get(j), theirs.get(j));
    }
    requireSameNames("column", columns(ours), columns(theirs));
  }

  private void requireReadAlike(InputColumn our, InputColumn their) {
    if (our.kind() == InputColumn.Kind.CATEGORY && their.kind() == InputColumn.Kind.CATEGORY) {
      requireSameLevels(our, their);
    }
    if (!our.readsLike(their)) {
      throw refused(
          "column %s was read in another way (%s, not %s)",
          Names.quoted(their.column()), Words.of(their.kind()), Words.of(our.kind()));
    }
  }

  private void requireSameLevels(InputColumn our, InputColumn their) {
    List<String> lacking = new ArrayList<>(our.levels());
    lacking.removeAll(their.levels());
    List<String> added = new ArrayList<>(their.levels());
    added.removeAll(our.levels());
    if (!lacking.isEmpty() || !added.isEmpty()) {
      throw refused(
          "column %s has other levels: %s%s%s",
          Names.quoted(their.column()),
          lacking.isEmpty() ? "" : Names.listed(lacking, 10) + " in " + firstName + " only",
          lacking.isEmpty() || added.isEmpty() ? "" : ", ",
          added.isEmpty() ? "" : Names.listed(added, 10) + " in " + secondName + " only");
    }
    requireIntercept();
  }

  private static List<String> columns(List<InputColumn> inputs) {
    return inputs.stream().map(InputColumn::column).toList();
  }

  /** Requires that the same rows would be in the same folds. */
  void requireFolds() {
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

  /** Requires the same feature maps. */
  void requireMaps() {
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

  /** Returns the refusal for a reason. */
  DataException refused(String sentence, Object... values) {
    return new DataException(refusal(String.format(Locale.ROOT, sentence, values)));
  }

  private String refusal(String reason) {
    String preposition = verb.equals("subtract") ? " from " : " with ";
    return "cannot " + verb + " " + secondName + preposition + firstName + ": " + reason;
  }
}
