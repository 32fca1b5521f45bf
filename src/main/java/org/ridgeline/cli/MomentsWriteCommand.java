package org.ridgeline.cli;

import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.spark.PassMeter;

/** {@code moments write}: one pass over the data, kept. */
final class MomentsWriteCommand {
  private MomentsWriteCommand() {}

  static int run(RunContext context) {
    TrainOptions options = TrainOptions.of(context.settings());
    MomentsOutput output = MomentsOutput.open(context, options.read().path());
    SparkSession session = context.session();
    try (PassMeter meter = PassMeter.on(session)) {
      TrainingData data = new TrainingData(context, options, session, meter);
      MomentsSet saved = new MomentsPass(context, options, data).run();
      saved.warnings().forEach(context::warn);
      return output.commit(saved);
    }
  }
}
