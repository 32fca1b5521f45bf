package org.ridgeline.train;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.Words;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.PlainTable;
import org.ridgeline.select.Choices;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.LambdaGrid;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.train.WarningList.Concern;

/** Warnings of how lambda was chosen, and of the errors it was chosen by. */
final class ChoiceWarnings {
  private static final String FREE =
      ", which was extended as far as the numbers allow: the data ask for no penalty";

  private static final double MANY_DIGITS = 10;

  private final TrainingResult training;
  private final WarningList warnings;

  private ChoiceWarnings(TrainingResult training, WarningList warnings) {
    this.training = training;
    this.warnings = warnings;
  }

  static void warn(TrainingResult training, WarningList warnings) {
    new ChoiceWarnings(training, warnings).warn();
  }

  private void warn() {
    training.map().ifPresent(this::warnOfLengthScale);
    for (int t = 0; t < training.targetNames().size(); t++) {
      warnOfEdge(t);
      warnOfRules(training.targetNames().get(t), training.target(t), best(t));
    }
    warnOfDigits();
  }

  /** The tuning of the smallest fold error: with a map, that of the best setting. */
  private TargetTuning best(int t) {
    return training
        .map()
        .map(MapReport::surface)
        .filter(surface -> surface.choices().get(t).minimum().isPresent())
        .map(surface -> surface.points().get(surface.choices().get(t).minimum().getAsInt()))
        .map(point -> point.target(t))
        .orElseGet(() -> training.target(t));
  }

  private void warnOfDigits() {
    double lost = training.digitsLost();
    boolean empty = training.targets().stream().anyMatch(ChoiceWarnings::hasEmpty);
    if (lost <= MANY_DIGITS && !empty) {
      return;
    }
    String sentence =
        lost > MANY_DIGITS
            ? String.format(
                Locale.ROOT,
                "The fit is so close that its errors lost %.0f of 16 digits in the moments",
                lost)
            : "At some lambdas the fit is so close that its errors lost their digits in the moments";
    warnings.add(
        Concern.DIGITS,
        Explanation.of(
            sentence + (empty ? "; those with less than three digits are left empty" : ""),
            Remedy.of("use %s to take them from the rows", Option.EXACT_RESIDUALS)));
  }

  /** Whether a lambda that is shown has no error. */
  private static boolean hasEmpty(TargetTuning target) {
    LambdaGrid grid = target.grid();
    boolean empty = false;
    for (int l = grid.from(); l < grid.to(); l++) {
      int at = l;
      empty |=
          target.path().isLost(l)
              || target.scores().filter(scores -> Double.isNaN(scores.mean(at))).isPresent();
    }
    return empty;
  }

  /** The best of several length scales should have neighbors on both sides. */
  private void warnOfLengthScale(MapReport map) {
    double[] scales =
        map.surface().points().stream()
            .flatMapToDouble(point -> point.setting().lengthScale().stream())
            .distinct()
            .sorted()
            .toArray();
    for (int t = 0; t < training.targetNames().size() && scales.length > 1; t++) {
      double best = map.surface().chosen(t).setting().lengthScale().orElseThrow();
      boolean low = best == scales[0];
      if (low || best == scales[scales.length - 1]) {
        warnings.add(
            Concern.HINT,
            Explanation.of(
                "The best length scale of "
                    + training.targetNames().get(t)
                    + ", "
                    + PlainTable.number(best)
                    + ", is the "
                    + (low ? "smallest" : "largest")
                    + " tried",
                Remedy.of(
                    "%s ones may be better (%s)",
                    low ? "smaller" : "larger", Option.LENGTH_SCALE)));
      }
    }
  }

  /** A rule that predicts worse than the folds' best by more than their standard error. */
  private void warnOfRules(String name, TargetTuning target, TargetTuning best) {
    Map<Rule, Double> costly = Choices.costly(target, best);
    if (costly.isEmpty()) {
      return;
    }
    Rule rule = target.selection().rule();
    int minimum = best.selection().minimum().orElseThrow();
    FoldScores least = best.scores().orElseThrow();
    String smallest =
        PlainTable.number(least.mean(minimum))
            + " +- "
            + PlainTable.number(least.standardError(minimum))
            + " at lambda "
            + PlainTable.number(best.grid().lambdas().get(minimum))
            + (best.equals(target) ? "" : " of another map setting");
    if (costly.containsKey(rule)) {
      warnings.add(
          Concern.CHOICE,
          Explanation.of(
              String.format(
                  Locale.ROOT,
                  "The lambda of %s by %s, %s, has a fold error of %s; the smallest is %s",
                  name,
                  rule.label(),
                  PlainTable.number(target.lambda()),
                  PlainTable.number(costly.get(rule)),
                  smallest),
              Remedy.of("use %s", Option.SELECT.to(Words.of(Rule.CV_MIN)))));
    } else {
      List<String> each =
          costly.entrySet().stream()
              .map(choice -> choice.getKey().label() + " " + PlainTable.number(choice.getValue()))
              .toList();
      warnings.add(
          Concern.HINT,
          "The rules disagree on the lambda of "
              + name
              + ": the fold error would be "
              + String.join(", ", each)
              + " by another rule; the smallest is "
              + smallest);
    }
  }

  private void warnOfEdge(int t) {
    TargetTuning target = training.target(t);
    if (!target.selection().atEdge() || target.needsNoPenalty(training.solved(t).rank())) {
      return;
    }
    boolean low = target.isBestSmallest();
    boolean given = training.spec().solve().tuning().lambdas().values().isPresent();
    String edge =
        "The best lambda of "
            + training.targetNames().get(t)
            + ", "
            + PlainTable.number(target.grid().lambdas().get(target.best()))
            + ", is the "
            + (low ? "smallest" : "largest")
            + " of the grid";
    warnings.add(
        Concern.HINT,
        given
            ? Explanation.of(edge, Remedy.of("widen %s", Option.LAMBDAS))
            : Explanation.of(edge + (low ? FREE : largest())));
  }

  private String largest() {
    return training.spec().solve().penalty().prior().isPresent()
        ? ", which was extended: these rows have nothing to add to the prior's model; if they are"
            + " among its rows, train without the prior"
        : ", which was extended: the features predict no better than the mean does";
  }
}
