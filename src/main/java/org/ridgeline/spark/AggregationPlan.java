package org.ridgeline.spark;

import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;

/**
 * How the moments of k folds come together: a table of two choices.
 *
 * <pre>
 * k (p^2 + block) doubles fit a task  | every task holds all folds      (PER_TASK)
 * they do not                         | rows are shuffled by fold first (BY_FOLD)
 * partials of all tasks <= 64 MB      | the driver merges them          (COLLECT)
 * they are more                       | tasks merge them, slice by slice (REDUCE)
 * </pre>
 *
 * @param gathering which folds a task holds
 * @param merging where partial moments are merged
 * @param slotsPerFold for rows shuffled by fold: how many tasks share a fold
 * @param mostFolds how many accumulators fit a task
 */
public record AggregationPlan(
    Gathering gathering, Merging merging, int slotsPerFold, int mostFolds) {
  /** Beyond this many bytes of partial moments the driver would be the slowest part. */
  static final long COLLECT_LIMIT = 64L << 20;

  private static final int FOLD_LIMIT = 1_000;

  /** Which folds a task accumulates. */
  public enum Gathering {
    /** All. */
    PER_TASK,
    /** One at a time, of rows that were shuffled by fold. */
    BY_FOLD
  }

  /** Where partial moments of one fold are merged. */
  public enum Merging {
    /** On the driver, in the order of partitions. */
    COLLECT,
    /** In tasks, by (fold, slice of the triangle), in the order of partitions. */
    REDUCE
  }

  /**
   * Chooses.
   *
   * @param p the number of columns, inputs and targets
   * @param folds k, or a guess
   * @param partitions the number of partitions of the data
   * @param machine what the run may use
   */
  static AggregationPlan choose(int p, int folds, int partitions, Machine machine) {
    long perFold = MomentsAccumulator.bytes(p) + blockBytes(p);
    long most = Math.max(1, machine.taskBudget() / perFold);
    int mostFolds = (int) Math.min(FOLD_LIMIT, most);
    if (folds <= mostFolds) {
      return new AggregationPlan(
          Gathering.PER_TASK, merging(p, (long) partitions * folds), 1, mostFolds);
    }
    int slots = Math.max(1, Math.min(partitions, machine.slots()) / folds);
    return new AggregationPlan(
        Gathering.BY_FOLD, merging(p, (long) slots * folds), slots, FOLD_LIMIT);
  }

  private static Merging merging(int p, long partials) {
    return partials * triangleBytes(p) > COLLECT_LIMIT ? Merging.REDUCE : Merging.COLLECT;
  }

  /** The bytes of a packed triangle. */
  static long triangleBytes(int p) {
    return Double.BYTES * ((long) p * (p + 1) / 2);
  }

  /** The bytes of a fold's row buffer. */
  static long blockBytes(int p) {
    return Double.BYTES * (RowBlock.rowsFor(p) + 1L) * p;
  }
}
