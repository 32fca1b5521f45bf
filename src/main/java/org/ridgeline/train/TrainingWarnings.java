package org.ridgeline.train;

import java.util.List;
import java.util.Locale;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.Words;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.PlainTable;
import org.ridgeline.report.TargetResult;
import org.ridgeline.ridge.ColumnDiagnosis;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.Choices;
import org.ridgeline.select.TargetTuning;

/** The warnings of a successful training. */
public final class TrainingWarnings {
  private static final int SHOWN = 10;
  private static final double MANY_DIGITS = 10;
  private static final double POOR_CONDITION = 1e-10; // leaves six digits

  private final TrainingResult training;
  private final Moments total;
  private final List<String> features;

  private TrainingWarnings(TrainingResult training) {
    this.training = training;
    this.total = training.moments().moments().total();
    this.features = training.featureNames();
  }

  /** Writes the warnings of a training into its journal. */
  public static void warn(TrainingResult training, Journal journal) {
    new TrainingWarnings(training).warn(journal);
  }

  private void warn(Journal journal) {
    training.moments().warnings().forEach(journal::warn);
    tellOfSkipped(journal);
    tellOfCategories(journal);
    training
        .map()
        .ifPresentOrElse(map -> tellOfLengthScale(journal, map), () -> tellOfColumns(journal));
    tellOfCondition(journal);
    for (TargetResult target : training.results(total)) {
      tellOfEdge(journal, target);
      tellOfRules(journal, target.name(), target.tuned());
    }
    if (training.digitsLost() > MANY_DIGITS) {
      journal.warn(
          Explanation.of(
              String.format(
                  Locale.ROOT,
                  "The fit is so close that its errors lost %.0f of 16 digits in the moments",
                  training.digitsLost()),
              Remedy.of("use %s to take them from the rows", Option.EXACT_RESIDUALS)));
    }
  }

  private void tellOfSkipped(Journal journal) {
    List<String> skipped = training.moments().skipped();
    if (!skipped.isEmpty()) {
      journal.warn(
          Explanation.of(
              "Not used as features: " + PlainTable.names(skipped, SHOWN),
              Remedy.of(
                  "for text use %s, or name what to use in %s",
                  Option.CATEGORICAL, Option.FEATURES)));
    }
  }

  /** A category of one level says nothing beside an intercept. */
  private void tellOfCategories(Journal journal) {
    List<String> single =
        training.moments().columns().inputs().stream()
            .filter(input -> input.levels().size() == 1 && input.names().isEmpty())
            .map(input -> input.column() + " = " + input.levels().get(0))
            .toList();
    if (!single.isEmpty()) {
      journal.warn(
          "Categorical columns of one level, which give no feature: "
              + Names.listed(single, SHOWN));
    }
  }

  private void tellOfColumns(Journal journal) {
    ColumnDiagnosis diagnosis = ColumnDiagnosis.of(total);
    if (!diagnosis.constant().isEmpty()) {
      List<String> names = diagnosis.constant().stream().map(features::get).toList();
      journal.warn("Constant columns, coefficient 0: " + Names.listed(names, SHOWN));
    }
    if (!diagnosis.duplicates().isEmpty()) {
      List<String> names =
          diagnosis.duplicates().stream()
              .map(pair -> features.get(pair.later()) + " = " + features.get(pair.first()))
              .toList();
      journal.warn(
          readsRows()
              ? Explanation.of("Nearly duplicate columns: " + Names.listed(names, SHOWN))
              : Explanation.of(
                  "Duplicate columns, which share their coefficient: " + Names.listed(names, SHOWN),
                  Remedy.of(
                      "if they differ after the sixth digit, %s distinguishes them",
                      Option.SOLVER.to(Words.of(SolverKind.TSQR)))));
    }
  }

  /** Whether the solver used a factor of the rows, which keeps all their digits. */
  private boolean readsRows() {
    SolverKind solver = training.solved(0).solver();
    return solver == SolverKind.TSQR || solver == SolverKind.DUAL;
  }

  /** Warns of coefficients with few digits because the system is ill-conditioned. */
  private void tellOfCondition(Journal journal) {
    double rcond = training.worstCondition();
    if (!readsRows() && rcond < POOR_CONDITION) {
      journal.warn(
          Explanation.of(
              String.format(
                  Locale.ROOT,
                  "The columns are nearly collinear (rcond %.1e): coefficients and their errors have"
                      + " about %d digits",
                  rcond,
                  Math.max(0, Math.round(-Math.log10(Math.ulp(1.0) / rcond)))),
              Remedy.of(
                  "%s or %s gives more",
                  Option.SOLVER.to(Words.of(SolverKind.TSQR)), Option.REFINEMENTS.to(1))));
    }
  }

  /** The best of several length scales should have neighbors on both sides. */
  private void tellOfLengthScale(Journal journal, MapReport map) {
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
        journal.warn(
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

  private static void tellOfRules(Journal journal, String name, TargetTuning target) {
    Choices choices = Choices.of(target);
    if (choices.disagree()) {
      List<String> each =
          choices.lambdas().entrySet().stream()
              .map(choice -> choice.getKey().label() + " " + PlainTable.number(choice.getValue()))
              .toList();
      journal.warn(
          "The rules disagree on the lambda of "
              + name
              + " by more than a factor of 10: "
              + String.join(", ", each));
    }
  }

  private void tellOfEdge(Journal journal, TargetResult result) {
    TargetTuning target = result.tuned();
    if (!target.selection().atEdge() || result.needsNoPenalty()) {
      return;
    }
    boolean low = target.isBestSmallest();
    boolean given = training.spec().solve().tuning().lambdas().values().isPresent();
    String edge =
        "The best lambda of "
            + result.name()
            + ", "
            + PlainTable.number(target.grid().lambdas().get(target.best()))
            + ", is the "
            + (low ? "smallest" : "largest")
            + " of the grid";
    journal.warn(
        given
            ? Explanation.of(edge, Remedy.of("widen %s", Option.LAMBDAS))
            : Explanation.of(edge + meaning(low)));
  }

  private static String meaning(boolean low) {
    return low
        ? ", which was extended as far as the numbers allow: the data ask for no penalty"
        : ", which was extended: the features predict no better than the mean does";
  }
}
