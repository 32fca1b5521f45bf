package org.ridgeline.spark;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.moments.Retention;
import org.ridgeline.plan.Machine;
import org.ridgeline.plan.Planner;
import org.ridgeline.plan.Workload;
import org.ridgeline.select.FoldExecutor;

/** Where the folds are solved: on the driver, or for many columns on a larger cluster. */
public final class Solving {
  /** From here on a fold takes seconds, and shipping its moments pays. */
  private static final int MANY_COLUMNS = 2000;

  private Solving() {}

  /**
   * Returns the executor of folds for stored moments.
   *
   * @param session where there is one
   */
  public static FoldExecutor executor(Optional<SparkSession> session, MomentsSet saved) {
    return executor(session, workOf(saved));
  }

  /** Returns how many systems of stored moments fit in the memory of the driver at a time. */
  public static int driverThreads(MomentsSet saved) {
    return Planner.solverThreads(workOf(saved), Machine.driver());
  }

  private static Workload workOf(MomentsSet saved) {
    int targets = saved.columns().labels().size();
    int folds = saved.moments().folds();
    int d = saved.columns().features().size();
    Workload rows = new Workload(OptionalLong.of(saved.rows()), d, targets, folds, 1, 1);
    int outputs = saved.moments().fold(0).inputs();
    Workload work = saved.maps().isPresent() ? rows.withMaps(saved.sums().size(), outputs) : rows;
    Retention keep = saved.moments().keepRows() ? Retention.ROWS : Retention.SCATTER;
    return work.withExtras(new Workload.Extras(keep, 0, 0, 0));
  }

  /**
   * Returns the executor of folds for a run of this size.
   *
   * @param session where there is one
   */
  public static FoldExecutor executor(Optional<SparkSession> session, Workload work) {
    Machine machine = session.map(ConfiguredMachine::of).orElseGet(Machine::driver);
    int threads = Planner.solverThreads(work, machine);
    int width = work.mapping().map(Workload.Mapping::outputs).orElse(work.inputs());
    boolean distributed =
        width >= MANY_COLUMNS
            && work.extras().keep() != Retention.ROWS
            && machine.place() == Machine.Place.CLUSTER
            && machine.slots() > threads;
    return distributed
        ? SparkFoldExecutor.on(session.orElseThrow())
        : FoldExecutor.inParallel(threads);
  }
}
