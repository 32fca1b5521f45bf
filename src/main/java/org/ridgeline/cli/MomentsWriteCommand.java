package org.ridgeline.cli;

import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.train.Trainer;
import org.ridgeline.train.TrainingRows;

/** {@code moments write}: stores the moments of one pass over the data. */
final class MomentsWriteCommand {
  private MomentsWriteCommand() {}

  static int run(RunContext context) {
    TrainOptions options = TrainOptions.of(context);
    MomentsOutput output = MomentsOutput.open(context, options.read().path());
    SparkSession session = context.session();
    try (PassMeter meter = context.meter(session)) {
      TrainingRows data =
          TrainingRows.of(
              options.spec(),
              () -> DataSource.read(session, options.read().source(), meter),
              meter,
              context.journal());
      MomentsSet saved = Trainer.of(options.spec()).with(context.journal()).sum(data);
      saved.warnings().forEach(context::warn);
      return output.commit(saved);
    }
  }
}
