package org.ridgeline.cli;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.ml.RunModel;
import org.ridgeline.report.RunReport;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Solving;
import org.ridgeline.store.RunDirectory;

/** {@code fit} and {@code tune}: read once, solve, report, commit. */
final class TrainCommand {
  private final RunContext context;
  private final TrainOptions options;

  private TrainCommand(RunContext context) {
    this.context = context;
    this.options = TrainOptions.of(context.settings());
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
      TrainingData data = new TrainingData(context, options, session, meter);
      Checkpoint checkpoint = new Checkpoint(context, options, data);
      Optional<MomentsSet> kept = checkpoint.find();
      kept.ifPresent(
          moments -> context.console().info("Resumed from the moments of the earlier attempt"));
      MomentsSet saved = kept.orElseGet(() -> pass(data, checkpoint));
      Training training = train(context, options, saved, Optional.of(data));
      context.directory().ifPresent(run -> save(training, session, run));
      RunReport.Reads reads =
          new RunReport.Reads(
              meter.dataPasses(),
              meter.prePasses(),
              meter.bytesRead(),
              kept.isPresent() ? RunReport.MomentsFrom.CHECKPOINT : RunReport.MomentsFrom.ROWS);
      return new Conclusion(context, options).of(training, reads);
    }
  }

  /** Writes {@code model/}, which takes Spark; the other files are those of any training. */
  private void save(Training training, SparkSession session, RunDirectory run) {
    context.time("model", () -> RunModel.save(training.model(), session, run.workPlace("model")));
  }

  private MomentsSet pass(TrainingData data, Checkpoint checkpoint) {
    MomentsSet moments = new MomentsPass(context, options, data).run();
    checkpoint.keep(moments);
    return moments;
  }

  /**
   * Solves what the moments say.
   *
   * @param data the rows, for further passes, where there are any
   */
  static Training train(
      RunContext context, TrainOptions options, MomentsSet saved, Optional<TrainingData> data) {
    FoldExecutor executor = Solving.executor(data.map(TrainingData::session), saved);
    return saved.maps().isPresent()
        ? new MapTraining(context, options, saved, data).run(executor)
        : new LinearTraining(context, options, saved, data).run(executor);
  }
}
