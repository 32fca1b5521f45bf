package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.TextBasedFileFormat;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How many splits files are read in, and how many tasks read them: functions of the size of the
 * files, the width of a row and the configured slots only, never of the executors that happen to be
 * there, so that two runs add the same rows in the same order.
 */
public final class InputSplits {
  /** Spark's own setting. */
  static final String SETTING = "spark.sql.files.minPartitionNum";

  private static final long MEGABYTE = 1L << 20;
  private static final long SMALLEST = 4 * MEGABYTE;
  private static final long USUAL = 32 * MEGABYTE;
  private static final long LARGEST = 128 * MEGABYTE;
  private static final int ROWS_PER_FOLD = 2_400;
  private static final int FEW = 4;

  /** For a task: so many rows of each fold that sending its sums takes a tenth of adding them. */
  private static final int ROWS_PER_PARTIAL = 10_000;

  /** What a task costs that is lost: at most this part of what a slot has to do. */
  private static final int WAVES = 8;

  /** Where nothing tells the size of the input. */
  private static final int USUAL_WAVES = 2;

  private InputSplits() {}

  /**
   * The number of splits. One takes 32 MB, or more where rows are so wide that shipping a
   * partition's {@code k p^2 / 2} sums would cost as much as adding its rows; a few MB already make
   * several.
   *
   * @param bytes the size of the input
   * @param width p
   * @param folds k
   */
  public static int count(long bytes, int width, int folds) {
    long target = Math.min(LARGEST, worthwhile(ROWS_PER_FOLD, width, folds));
    long few = Math.min(FEW, divideUp(bytes, SMALLEST));
    return (int) Math.max(1, Math.min(1 << 20, Math.max(few, divideUp(bytes, target))));
  }

  /**
   * The number of tasks that read the splits: as many as there are slots, or a multiple up to 8 of
   * it, as long as each has rows enough. What a pass ships grows with the slots, not with the
   * splits; a task that is lost costs an eighth of a slot's time, or some hundred MB of input.
   *
   * @param splits how many there are
   * @param bytes the size of the input; 0 where it is not known
   * @param width p
   * @param folds k
   * @param slots how many tasks run at once
   */
  public static int tasks(int splits, long bytes, int width, int folds, int slots) {
    long waves =
        bytes == 0
            ? USUAL_WAVES
            : Math.min(WAVES, divideUp(bytes, worthwhile(ROWS_PER_PARTIAL, width, folds) * slots));
    return (int) Math.max(1, Math.min(splits, Math.max(1, waves) * slots));
  }

  /** The bytes of rows beside which a partial's {@code k p^2 / 2} sums cost little. */
  private static long worthwhile(int rowsPerFold, int width, int folds) {
    return Math.max(USUAL, (long) rowsPerFold * folds * width * Double.BYTES);
  }

  private static long divideUp(long a, long b) {
    return (a + b - 1) / b;
  }

  /** The size of the files under a plan; 0 when it reads none. */
  static long bytes(LogicalPlan plan) {
    return files(plan).stream().mapToLong(files -> files.location().sizeInBytes()).sum();
  }

  /** Whether all files under a plan are on a local disk. */
  static boolean isLocal(LogicalPlan plan) {
    return files(plan).stream()
        .flatMap(files -> CollectionConverters.asJava(files.location().rootPaths()).stream())
        .allMatch(path -> "file".equals(path.toUri().getScheme()));
  }

  /** Whether rows come from text, which takes longest to read. */
  static boolean isText(org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> rows) {
    return files(SelectedRows.classic(rows).queryExecution().analyzed()).stream()
        .anyMatch(files -> files.fileFormat() instanceof TextBasedFileFormat);
  }

  /** The relations under a plan that read files. */
  static List<HadoopFsRelation> files(LogicalPlan plan) {
    List<HadoopFsRelation> found = new ArrayList<>();
    for (LogicalPlan leaf : CollectionConverters.asJava(plan.collectLeaves())) {
      if (leaf instanceof LogicalRelation relation
          && relation.relation() instanceof HadoopFsRelation files) {
        found.add(files);
      }
    }
    return found;
  }
}
