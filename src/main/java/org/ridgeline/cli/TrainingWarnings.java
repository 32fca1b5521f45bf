package org.ridgeline.cli;

import java.util.List;
import java.util.Locale;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.PlainTable;
import org.ridgeline.report.TargetResult;
import org.ridgeline.ridge.ColumnDiagnosis;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.Choices;
import org.ridgeline.select.Solved;
import org.ridgeline.select.TunedTarget;

/** What a user should know about a training that went well. */
final class TrainingWarnings {
  private static final int SHOWN = 10;
  private static final double MANY_DIGITS = 10;
  private static final double POOR_CONDITION = 1e-10; // leaves six digits

  private final Training training;
  private final Moments total;
  private final List<String> features;

  /**
   * The warnings of a training.
   *
   * @param total the moments of all rows
   */
  TrainingWarnings(Training training, Moments total) {
    this.training = training;
    this.total = total;
    this.features = training.featureNames();
  }

  void tell(RunContext context) {
    training.saved().warnings().forEach(context::warn);
    tellOfSkipped(context);
    tellOfCategories(context);
    training
        .outcome()
        .map()
        .ifPresentOrElse(map -> tellOfLengthScale(context, map), () -> tellOfColumns(context));
    tellOfCondition(context);
    tellOfFolds(context);
    for (TargetResult target : training.targets(total)) {
      tellOfEdge(context, target);
      tellOfRules(context, target.name(), target.tuned());
    }
    if (training.digitsLost() > MANY_DIGITS) {
      context.warn(
          String.format(
              Locale.ROOT,
              "The fit is so close that its errors lost %.0f of 16 digits in the moments: use"
                  + " --exact-residuals to take them from the rows",
              training.digitsLost()));
    }
  }

  private void tellOfSkipped(RunContext context) {
    List<String> skipped = training.saved().skipped();
    if (!skipped.isEmpty()) {
      context.warn(
          "Not used as features: "
              + PlainTable.names(skipped, SHOWN)
              + " (for text use --categorical; --features names what to use)");
    }
  }

  /** A category of one level says nothing beside an intercept. */
  private void tellOfCategories(RunContext context) {
    List<String> single =
        training.saved().columns().inputs().stream()
            .filter(input -> input.levels().size() == 1 && input.names().isEmpty())
            .map(input -> input.column() + " = " + input.levels().get(0))
            .toList();
    if (!single.isEmpty()) {
      context.warn(
          "Categorical columns of one level, which give no feature: "
              + Names.listed(single, SHOWN));
    }
  }

  private void tellOfColumns(RunContext context) {
    ColumnDiagnosis diagnosis = ColumnDiagnosis.of(total);
    if (!diagnosis.constant().isEmpty()) {
      List<String> names = diagnosis.constant().stream().map(features::get).toList();
      context.warn("Constant columns, coefficient 0: " + Names.listed(names, SHOWN));
    }
    if (!diagnosis.duplicates().isEmpty()) {
      List<String> names =
          diagnosis.duplicates().stream()
              .map(pair -> features.get(pair.later()) + " = " + features.get(pair.first()))
              .toList();
      context.warn(
          readsRows()
              ? "Nearly duplicate columns: " + Names.listed(names, SHOWN)
              : "Duplicate columns, which share their coefficient: "
                  + Names.listed(names, SHOWN)
                  + " (if they differ after the sixth digit, --solver tsqr tells them apart)");
    }
  }

  /** Whether the solver worked from a factor of the rows, which has all their digits. */
  private boolean readsRows() {
    SolverKind solver = training.outcome().solved().get(0).solver();
    return solver == SolverKind.TSQR || solver == SolverKind.DUAL;
  }

  /** Coefficients that the condition of the system has left few digits. */
  private void tellOfCondition(RunContext context) {
    double rcond =
        training.outcome().solved().stream().mapToDouble(Solved::rcond).min().orElseThrow();
    if (!readsRows() && rcond < POOR_CONDITION) {
      context.warn(
          String.format(
              Locale.ROOT,
              "The columns are nearly collinear (rcond %.1e): coefficients and their errors have"
                  + " about %d digits; --solver tsqr or --refinements 1 gives more",
              rcond,
              Math.max(0, Math.round(-Math.log10(Math.ulp(1.0) / rcond)))));
    }
  }

  /** The best of several length scales should have neighbours on both sides. */
  private void tellOfLengthScale(RunContext context, MapReport map) {
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
        context.warn(
            "The best length scale of "
                + training.targetNames().get(t)
                + ", "
                + PlainTable.number(best)
                + ", is the "
                + (low ? "smallest" : "largest")
                + " tried: "
                + (low ? "smaller" : "larger")
                + " ones may be better (--length-scale)");
      }
    }
  }

  private void tellOfFolds(RunContext context) {
    boolean asked = context.settings().isGiven(Setting.FOLDS);
    int folds = training.moments().folds();
    if (asked
        && training.options().columns().folds().kind() == FoldRule.Kind.COLUMN
        && context.settings().whole(Setting.FOLDS, 2) != folds) {
      context.warn(
          "The fold column has "
              + folds
              + " values, so there are "
              + folds
              + " folds, not --folds");
    }
  }

  private static void tellOfRules(RunContext context, String name, TunedTarget target) {
    Choices choices = Choices.of(target);
    if (choices.disagree()) {
      List<String> each =
          choices.lambdas().entrySet().stream()
              .map(choice -> choice.getKey().label() + " " + PlainTable.number(choice.getValue()))
              .toList();
      context.warn(
          "The rules disagree on the lambda of "
              + name
              + " by more than a factor of 10: "
              + String.join(", ", each));
    }
  }

  private void tellOfEdge(RunContext context, TargetResult result) {
    TunedTarget target = result.tuned();
    if (!target.selection().atEdge() || result.needsNoPenalty()) {
      return;
    }
    boolean low = target.isBestSmallest();
    boolean given = training.options().fit().tuning().lambdas().values().isPresent();
    context.warn(
        "The best lambda of "
            + result.name()
            + ", "
            + PlainTable.number(target.grid().lambdas().get(target.best()))
            + ", is the "
            + (low ? "smallest" : "largest")
            + " of the grid"
            + (given ? ": widen --lambdas" : meaning(low)));
  }

  private static String meaning(boolean low) {
    return low
        ? ", which was extended as far as the numbers allow: the data ask for no penalty"
        : ", which was extended: the features predict no better than the mean does";
  }
}
