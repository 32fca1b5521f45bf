package org.ridgeline.cli;

import java.util.Locale;
import java.util.Optional;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.ComparedMoments;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.SharedRows;
import org.ridgeline.infer.TargetComparison;
import org.ridgeline.report.ComparisonJson;
import org.ridgeline.report.ComparisonReport;
import org.ridgeline.report.ComparisonReport.ModelSource;
import org.ridgeline.report.ComparisonText;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.store.MomentsStore;
import org.ridgeline.train.RunComparison;
import org.ridgeline.train.SolveSpec;
import org.ridgeline.train.StoredRun;
import org.ridgeline.train.TrainSpec;
import org.ridgeline.train.Trainer;
import org.ridgeline.train.TrainingResult;

/**
 * {@code moments compare}: what has changed from the rows of A to those of B, how the model of A
 * does on these, and what training again would gain; without data or Spark.
 */
final class MomentsCompareCommand {
  private static final int LISTED = 10;

  /** Fewer rows than these say little of an error. */
  private static final int FEW_ROWS = 30;

  private MomentsCompareCommand() {}

  static int run(RunContext context) {
    Settings settings = context.settings();
    String a = settings.arguments().get(0);
    String b = settings.arguments().get(1);
    OutputOptions.Form form = OutputOptions.form(settings);
    Optional<Gate> gate =
        settings.text(Setting.FAIL_IF).map(test -> Gate.parse(test, TargetComparison.METRICS));
    Optional<StoredRun> finished =
        StoredRun.hasModel(a, context.hadoop())
            ? Optional.of(context.storedRun(a))
            : Optional.empty();
    MomentsSet old =
        finished.map(StoredRun::moments).orElseGet(() -> MomentsStore.read(a, context.hadoop()));
    ComparedMoments rows = ComparedMoments.of(a, old, b, MomentsStore.read(b, context.hadoop()));
    if (!rows.leftOut().isEmpty()) {
      context.warn(
          "B has columns that A does not have, which are not compared: "
              + Names.listed(rows.leftOut(), LISTED));
    }
    Optional<String> shared = SharedRows.of(old, rows.moments());
    shared.ifPresent(
        why ->
            context.warn(
                "A and B have rows in common ("
                    + why
                    + "): errors on B are then partly those of training rows"));
    warnOfFewRows(context, rows.moments());
    context.blas();
    StoredRun run = finished.orElseGet(() -> solved(context, a, old));
    ComparisonReport report =
        new ComparisonReport(
            a,
            b,
            old.rows(),
            rows.moments().rows(),
            finished.isPresent() ? ModelSource.RUN : ModelSource.SOLVED,
            RunComparison.of(run, b, rows.moments()),
            shared,
            context.warnings());
    if (form == OutputOptions.Form.JSON) {
      context.console().result(ComparisonJson.of(report));
    } else {
      context.console().result(ComparisonText.of(report));
    }
    Optional<String> missed = gate.flatMap(test -> test.closes(report.metrics()));
    missed.ifPresent(context.console()::error);
    return missed.isPresent() ? ExitCode.GATE : ExitCode.OK;
  }

  private static void warnOfFewRows(RunContext context, MomentsSet rows) {
    boolean isCount = rows.columns().weightKind() == WeightKind.FREQUENCY;
    double n = isCount ? rows.moments().total().weightSum() : rows.rows();
    if (n < FEW_ROWS) {
      context.warn(
          String.format(
              Locale.ROOT,
              "B has few rows (%.0f): its errors, and what training again would gain, are hardly"
                  + " known",
              n));
    }
  }

  /** Returns the run that {@code moments solve} would make of bare moments. */
  private static StoredRun solved(RunContext context, String name, MomentsSet stored) {
    SolveSpec solve = SolveOptions.ofStored(context.settings(), stored, context::storedRun);
    ColumnRoles columns =
        ColumnRoles.of(stored.columns().labels().toArray(String[]::new)).withFolds(stored.folds());
    TrainingResult result =
        Trainer.of(TrainSpec.of(columns, solve)).with(context.journal()).solve(stored);
    return new StoredRun(name, result.model(), result.resolved(), stored);
  }
}
