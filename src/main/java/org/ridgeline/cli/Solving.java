package org.ridgeline.cli;

import org.apache.spark.sql.SparkSession;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.spark.Machine;
import org.ridgeline.spark.RunPlan;
import org.ridgeline.spark.SparkFoldExecutor;

/** Where the folds are solved: on the driver, or for many columns on a larger cluster. */
final class Solving {
  /** From here on a fold takes seconds, and shipping its moments pays. */
  private static final int MANY_COLUMNS = 2000;

  private Solving() {}

  /**
   * Returns the executor of folds.
   *
   * @param plan how many folds the driver can solve at a time
   */
  static FoldExecutor executor(SparkSession session, Machine machine, RunPlan plan) {
    boolean distributed =
        plan.d() >= MANY_COLUMNS
            && machine.place() == Machine.Place.CLUSTER
            && machine.slots() > plan.solverThreads();
    return distributed
        ? SparkFoldExecutor.on(session)
        : FoldExecutor.inParallel(plan.solverThreads());
  }
}
