package org.ridgeline.cli;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.ml.RunModel;
import org.ridgeline.report.RunReport;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.store.MomentsStore;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.train.Trainer;
import org.ridgeline.train.TrainingResult;
import org.ridgeline.train.TrainingRows;

/** {@code fit} and {@code tune}: read once, solve, report, commit. */
final class TrainCommand {
  private final RunContext context;
  private final TrainOptions options;

  private TrainCommand(RunContext context) {
    this.context = context;
    this.options = TrainOptions.of(context);
  }

  static int run(RunContext context) {
    return new TrainCommand(context).run();
  }

  private int run() {
    options
        .output()
        .directory()
        .ifPresent(path -> context.open(path, options.output(), options.read().path()));
    SparkSession session = context.session();
    try (PassMeter meter = context.meter(session)) {
      TrainingRows data =
          TrainingRows.of(
              options.spec(),
              () -> DataSource.read(session, options.read().source(), meter),
              meter,
              context.journal());
      Trainer trainer = Trainer.of(options.spec()).with(context.journal());
      Checkpoint checkpoint = new Checkpoint(context, options, session, data);
      Optional<MomentsSet> kept = checkpoint.find();
      kept.ifPresent(
          moments -> context.console().info("Resumed from the moments of the earlier attempt"));
      MomentsSet moments = kept.orElseGet(() -> trainer.sum(data));
      if (kept.isEmpty()) {
        keepMoments(context, options, moments);
        checkpoint.keep();
      }
      warnOfFolds(moments);
      TrainingResult result = trainer.solve(moments, data);
      result.errors();
      context.directory().ifPresent(run -> save(result, session, run));
      RunReport.Reads reads =
          new RunReport.Reads(
              meter.dataPasses(),
              meter.prePasses(),
              meter.bytesRead(),
              kept.isPresent() ? RunReport.MomentsFrom.CHECKPOINT : RunReport.MomentsFrom.ROWS);
      return new Conclusion(context, options).of(result, reads, checkpoint.files());
    }
  }

  /** Writes {@code model/}, which needs Spark. */
  private void save(TrainingResult result, SparkSession session, RunDirectory run) {
    context.time("model", () -> RunModel.save(result.model(), session, run.workPlace("model")));
  }

  /** Writes moments into the current run directory, unless there is none or it omits them. */
  static void keepMoments(RunContext context, TrainOptions options, MomentsSet moments) {
    if (options.output().moments() == OutputOptions.Moments.KEPT) {
      context
          .directory()
          .ifPresent(
              run -> context.time("store moments", () -> MomentsStore.writeInto(run, moments)));
    }
  }

  private void warnOfFolds(MomentsSet moments) {
    int folds = moments.moments().folds();
    if (context.settings().isGiven(Setting.FOLDS)
        && !ValidationOptions.areRepeated(context.settings())
        && options.spec().columns().folds().kind() == FoldRule.Kind.COLUMN
        && context.settings().whole(Setting.FOLDS, 2) != folds) {
      context.warn(
          "The fold column has "
              + folds
              + " values, so there are "
              + folds
              + " folds, not --folds");
    }
  }
}
