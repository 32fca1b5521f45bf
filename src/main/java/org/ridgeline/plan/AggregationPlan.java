package org.ridgeline.plan;

import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.Retention;
import org.ridgeline.moments.RowBlock;

/**
 * How the moments of k folds come together: a table of two choices. Several feature maps are summed
 * up side by side, {@code p^2} doubles for each, or in as many passes as they need to fit.
 *
 * <pre>
 * k (p^2 + block) doubles fit a task  | every task holds all folds      (PER_TASK)
 * they do not                         | rows are shuffled by fold first (BY_FOLD)
 * a row's features cost far more      | rows are shuffled by fold too   (BY_FOLD)
 * partials of all tasks up to 64 MB  | the driver merges them          (COLLECT)
 * they are more                       | tasks merge them, slice by slice (REDUCE)
 * rows are kept for the dual          | every task keeps its rows of all folds, the driver has them
 * </pre>
 *
 * @param gathering which folds a task holds
 * @param merging where partial moments are merged
 * @param slotsPerFold for rows shuffled by fold: how many tasks share a fold
 * @param mostFolds the accumulators of how many folds fit a task
 * @param mapsPerPass how many feature maps are summed up in one reading of the data; 1 without maps
 */
public record AggregationPlan(
    Gathering gathering, Merging merging, int slotsPerFold, int mostFolds, int mapsPerPass) {
  /** Beyond this many bytes of partial moments the driver would be the slowest part. */
  static final long COLLECT_LIMIT = 64L << 20;

  private static final int FOLD_LIMIT = 1_000;

  /** From this many flops for a byte of a row on, a shuffle of the rows costs less than a tenth. */
  private static final double FLOPS_WORTH_A_SHUFFLE = 2_000;

  private static final double BUSY = 0.9;

  /** Pivot, mean, mean of a block and squares, and what of it is sent: means twice and squares. */
  private static final long ROW_SUMS = 4;

  private static final long SENT_ROW_SUMS = 3;

  /** Which folds a task accumulates. */
  public enum Gathering {
    /** All. */
    PER_TASK,
    /** One at a time, of rows that were shuffled by fold. */
    BY_FOLD
  }

  /** Where partial moments of one fold are merged. */
  public enum Merging {
    /** On the driver, in the order of tasks. */
    COLLECT,
    /** In tasks, by (fold, slice of the triangle), in the order of tasks. */
    REDUCE
  }

  /**
   * Chooses: the fewest passes in which the accumulators fit a task and the results the driver, the
   * maps spread evenly over them.
   */
  public static AggregationPlan choose(Workload work, Machine machine) {
    for (int passes = 1; ; passes++) {
      int maps = (work.sums() + passes - 1) / passes;
      AggregationPlan plan = choose(work, maps, machine);
      boolean fits =
          plan.taskBytes(work, machine) <= machine.taskBudget()
              && plan.resultBytes(work) <= machine.maxResultSize();
      if (fits || maps == 1) {
        return plan;
      }
    }
  }

  /** Factors and rows are not cut into slices: the driver merges them. */
  private static AggregationPlan choose(Workload work, int maps, Machine machine) {
    return switch (work.extras().keep()) {
      case SCATTER -> ofScatter(work, maps, machine);
      case FACTOR -> {
        AggregationPlan plan = ofScatter(work, maps, machine);
        yield new AggregationPlan(
            plan.gathering, Merging.COLLECT, plan.slotsPerFold, plan.mostFolds, maps);
      }
      case ROWS -> new AggregationPlan(Gathering.PER_TASK, Merging.COLLECT, 1, FOLD_LIMIT, maps);
    };
  }

  private static AggregationPlan ofScatter(Workload work, int maps, Machine machine) {
    int p = work.width();
    int folds = work.folds();
    long perFold = maps * (MomentsAccumulator.bytes(p) + factorBytes(work)) + blockBytes(work);
    long most = Math.max(1, (machine.taskBudget() - fixedBytes(work, maps)) / perFold);
    int mostFolds = (int) Math.min(FOLD_LIMIT, most);
    if (folds <= mostFolds && !isWorthShuffling(work, maps)) {
      long partials = (long) work.tasks() * folds * maps;
      return new AggregationPlan(Gathering.PER_TASK, merging(p, partials), 1, mostFolds, maps);
    }
    int slots =
        isWorthShuffling(work, maps)
            ? evenSlots(folds, machine.slots())
            : Math.max(1, Math.min(work.tasks(), machine.slots()) / folds);
    long partials = (long) slots * folds * maps;
    return new AggregationPlan(Gathering.BY_FOLD, merging(p, partials), slots, FOLD_LIMIT, maps);
  }

  /**
   * Whether the features of a row cost so much more than the row that its way to another task does
   * not matter: then all slots get the same work, however the files are cut.
   */
  private static boolean isWorthShuffling(Workload work, int maps) {
    double flops = (double) maps * work.width() * work.width();
    return work.mapping().isPresent()
        && flops >= FLOPS_WORTH_A_SHUFFLE * Double.BYTES * work.rowWidth();
  }

  /** Returns the fewest tasks a fold that keep nine in ten slots busy to the end. */
  private static int evenSlots(int folds, int slots) {
    int perFold = 1;
    while (true) {
      int tasks = folds * perFold;
      int rounds = (tasks + slots - 1) / slots;
      if (tasks >= BUSY * rounds * slots) {
        return perFold;
      }
      perFold++;
    }
  }

  private static Merging merging(int p, long partials) {
    return partials * triangleBytes(p) > COLLECT_LIMIT ? Merging.REDUCE : Merging.COLLECT;
  }

  /** Returns how often the data are read for these maps. */
  public int passes(int maps) {
    return (maps + mapsPerPass - 1) / mapsPerPass;
  }

  /**
   * Returns the most that the arrays of one task take. Rows that are kept are at most n in all
   * tasks of a JVM: each has its share of them, twice while they are sent.
   */
  public long taskBytes(Workload work, Machine machine) {
    int folds = gathering == Gathering.PER_TASK ? work.folds() : 1;
    if (work.extras().keep() == Retention.ROWS) {
      return folds * (mapsPerPass * ROW_SUMS * columnBytes(work) + blockBytes(work))
          + fixedBytes(work, mapsPerPass)
          + 2L * mapsPerPass * rowBytes(work) / machine.tasksPerExecutor();
    }
    return (long) folds * mapsPerPass * (MomentsAccumulator.bytes(work.width()) + factorBytes(work))
        + work.folds() * blockBytes(work)
        + fixedBytes(work, mapsPerPass);
  }

  /** Returns what the tasks of one pass send to the driver. */
  public long resultBytes(Workload work) {
    long parts = (long) work.folds() * mapsPerPass;
    if (work.extras().keep() == Retention.ROWS) {
      return mapsPerPass * rowBytes(work)
          + parts * work.tasks() * SENT_ROW_SUMS * columnBytes(work);
    }
    if (merging == Merging.COLLECT) {
      parts *= gathering == Gathering.PER_TASK ? work.tasks() : slotsPerFold;
    }
    return parts * (triangleBytes(work.width()) + factorBytes(work));
  }

  /**
   * Returns the bytes of a triangle that is sent and, with maps, their weights and the block of
   * mapped rows.
   */
  private static long fixedBytes(Workload work, int maps) {
    int p = work.width();
    Retention keep = work.extras().keep();
    long mapped = work.mapping().isPresent() ? bytes(RowBlock.rowsFor(p, keep), p) : 0;
    return (keep == Retention.ROWS ? 0 : triangleBytes(p)) + mapped + maps * work.mapBytes();
  }

  /** Returns the bytes of a triangular factor, where it is kept beside the moments: a square. */
  public static long factorBytes(Workload work) {
    return work.extras().keep() == Retention.FACTOR
        ? (long) Double.BYTES * work.width() * work.width()
        : 0;
  }

  /** Returns the bytes of the rows of one sum, where they are kept. */
  static long rowBytes(Workload work) {
    return work.keptRows() * columnBytes(work);
  }

  private static long columnBytes(Workload work) {
    return (long) Double.BYTES * work.width();
  }

  /** Returns the bytes of a packed triangle. */
  public static long triangleBytes(int p) {
    return Double.BYTES * ((long) p * (p + 1) / 2);
  }

  /** Returns the bytes of a fold's row buffer. */
  public static long blockBytes(Workload work) {
    return bytes(RowBlock.rowsFor(work.width(), work.extras().keep()), work.rowWidth());
  }

  private static long bytes(int rows, int p) {
    return Double.BYTES * (rows + 1L) * p;
  }
}
