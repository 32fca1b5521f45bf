package org.ridgeline.cli;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.LeaveOneOutPass;
import org.ridgeline.spark.OnInvalid;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.SampledRows;

/** The rows of a training and their columns, looked at when they are first needed. */
final class TrainingData {
  private final RunContext context;
  private final TrainOptions options;
  private final SparkSession session;
  private final PassMeter meter;
  private Dataset<Row> rows;
  private Design design;
  private SampledRows sample; // null until the pass or a checkpoint has brought it

  TrainingData(RunContext context, TrainOptions options, SparkSession session, PassMeter meter) {
    this.context = context;
    this.options = options;
    this.session = session;
    this.meter = meter;
  }

  SparkSession session() {
    return session;
  }

  /** What counts the reads. */
  PassMeter meter() {
    return meter;
  }

  OnInvalid onInvalid() {
    return options.read().onInvalid();
  }

  /** The rows, not read yet. */
  Dataset<Row> rows() {
    if (rows == null) {
      rows = context.time("schema", () -> DataSource.read(session, options.read().source(), meter));
    }
    return rows;
  }

  /** What stands for the rows, with their files but not to be read. */
  Dataset<Row> unread(StructType schema) {
    return DataSource.unread(session, options.read().source(), schema);
  }

  /** Keeps the sample that the pass, or the checkpoint of an earlier one, has brought. */
  void keep(SampledRows rowsOfThePass) {
    sample = rowsOfThePass;
  }

  /** The sample of the rows. */
  SampledRows sample() {
    return sample;
  }

  /** What tells the residuals of the sample. */
  SampledResiduals sampledResiduals(MomentsSet.Columns columns) {
    return new SampledResiduals(columns, sample);
  }

  /** A further pass, which leaves every row out. */
  LeaveOneOutPass leaveOneOutPass() {
    return new LeaveOneOutPass(design(), onInvalid(), rows(), meter);
  }

  /** The columns. */
  Design design() {
    if (design == null) {
      Dataset<Row> data = rows();
      design =
          context.time(
              "columns",
              () ->
                  Design.of(
                      data,
                      options.columns().columns(options.fit().tuning().ridge().intercept()),
                      meter));
    }
    return design;
  }
}
