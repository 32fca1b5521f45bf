package org.ridgeline.spark;

import java.io.IOException;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.base.RunOutputException;
import org.ridgeline.store.HadoopFiles;

/** What Spark writes itself beside predictions: described jobs, one sentence when it fails. */
public final class SparkOutput {
  private SparkOutput() {}

  /** Something that Spark writes. */
  @FunctionalInterface
  public interface Action {
    /** Writes it. */
    void run() throws IOException;
  }

  /**
   * Lets Spark write.
   *
   * @param what is written, such as {@code the Spark model}
   * @throws RunOutputException when it cannot be written
   */
  public static void write(SparkSession session, String what, Action action) {
    SparkContext context = session.sparkContext();
    String description = context.getLocalProperty("spark.job.description");
    context.setJobDescription("ridgeline: writing " + what);
    try {
      SparkCall.write(
          "cannot write " + what,
          () -> {
            run(what, action);
            return null;
          });
    } finally {
      context.setLocalProperty("spark.job.description", description);
    }
  }

  private static void run(String what, Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new RunOutputException("cannot write " + what + ": " + HadoopFiles.sentence(e), e);
    } catch (FSError e) { // what Hadoop makes of a full local disk
      throw new RunOutputException("cannot write " + what + ": " + e.getCause().getMessage(), e);
    }
  }
}
