package org.ridgeline.cli;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.report.SavedMoments;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.spark.Machine;
import org.ridgeline.spark.Planner;
import org.ridgeline.spark.SparkFoldExecutor;
import org.ridgeline.spark.Workload;

/** Where the folds are solved: on the driver, or for many columns on a larger cluster. */
final class Solving {
  /** From here on a fold takes seconds, and shipping its moments pays. */
  private static final int MANY_COLUMNS = 2000;

  private Solving() {}

  /**
   * Returns the executor of folds.
   *
   * @param session where there is one
   */
  static FoldExecutor executor(Optional<SparkSession> session, SavedMoments saved) {
    Machine machine = session.map(Machine::of).orElseGet(Machine::driver);
    int threads = Planner.solverThreads(workload(saved), machine);
    boolean distributed =
        saved.moments().fold(0).inputs() >= MANY_COLUMNS
            && machine.place() == Machine.Place.CLUSTER
            && machine.slots() > threads;
    return distributed
        ? SparkFoldExecutor.on(session.orElseThrow())
        : FoldExecutor.inParallel(threads);
  }

  private static Workload workload(SavedMoments saved) {
    int targets = saved.columns().labels().size();
    int folds = saved.moments().folds();
    int d = saved.columns().features().size();
    Workload rows = new Workload(OptionalLong.of(saved.rows()), d, targets, folds, 1, 1);
    int outputs = saved.moments().fold(0).inputs();
    return saved.maps().isPresent() ? rows.withMaps(saved.sums().size(), outputs) : rows;
  }
}
