package org.ridgeline.spark;

import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.linalg.Check;

/**
 * The size of a run.
 *
 * @param rows n, where it is known
 * @param inputs d
 * @param targets m
 * @param folds k; 1 without cross-validation
 * @param lambdas L
 * @param partitions in how many partitions the data are read, or a guess
 */
public record Workload(
    OptionalLong rows, int inputs, int targets, int folds, int lambdas, int partitions) {
  /** Checks the numbers. */
  public Workload {
    Check.that(
        inputs > 0 && targets > 0 && folds > 0 && lambdas > 0 && partitions > 0,
        "Cannot plan a run of %d inputs, %d targets, %d folds, %d lambdas and %d partitions: all"
            + " must be positive",
        inputs,
        targets,
        folds,
        lambdas,
        partitions);
  }

  /**
   * The size of a run over these rows; nothing is read. Folds by column are not known beforehand:
   * {@code guessedFolds} stands for them.
   */
  public static Workload of(Dataset<Row> rows, Design design, int guessedFolds, int lambdas) {
    int folds = design.knownFolds().orElse(guessedFolds);
    long bytes = InputSplits.bytes(SelectedRows.classic(rows).queryExecution().analyzed());
    int partitions =
        bytes > 0
            ? InputSplits.count(bytes, design.width(), folds)
            : Math.max(1, rows.sparkSession().sparkContext().defaultParallelism());
    return new Workload(
        OptionalLong.empty(), design.inputs(), design.targets(), folds, lambdas, partitions);
  }

  /** The same for a known number of rows. */
  public Workload withRows(long n) {
    return new Workload(OptionalLong.of(n), inputs, targets, folds, lambdas, partitions);
  }

  /** d + m. */
  int width() {
    return inputs + targets;
  }
}
