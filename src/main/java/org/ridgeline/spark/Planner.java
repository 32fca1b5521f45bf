package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ridgeline.moments.MomentsAccumulator;

/**
 * Foretells the bytes of a run from its size alone.
 *
 * <p>With {@code T = 8 p (p + 1) / 2} bytes for a packed triangle of p = d + m columns:
 *
 * <pre>
 * a task, all folds      k (8 p^2 + block) + T
 * a task, rows by fold   8 p^2 + T + k blocks
 * results                parts T, or k T when tasks merge them
 * driver, receiving      results + k T
 * driver, solving        (2 k + 1) T + threads x 4 x 8 d^2
 * </pre>
 *
 * <p>The driver keeps the folds and the suffix merges of their training parts; every solving thread
 * holds the system, its eigenvectors and three squares of work space less one that is shared.
 */
public final class Planner {
  private static final int SQUARES_PER_THREAD = 4;
  private static final int WIDEST = 46_340; // p^2 doubles in one Java array

  private Planner() {}

  /** The plan of a run that reads the data {@code passes} times. */
  public static RunPlan plan(Workload work, Machine machine, int passes) {
    AggregationPlan aggregation =
        AggregationPlan.choose(work.width(), work.folds(), work.partitions(), machine);
    long results = resultBytes(work, aggregation);
    long task = taskBytes(work, aggregation);
    int threads = solverThreads(work, machine);
    long solving = residentBytes(work) + threads * threadBytes(work);
    long receiving = results + work.folds() * AggregationPlan.triangleBytes(work.width());
    long driver = Math.max(solving, receiving);
    List<String> advice = new ArrayList<>();
    if (work.width() > WIDEST) {
      advice.add(
          String.format(
              Locale.ROOT, "use at most %d columns, by --features", WIDEST - work.targets()));
    }
    adviseDriver(driver, machine, advice);
    adviseResults(results, machine, advice);
    adviseTask(task, machine, advice);
    return new RunPlan(
        work.rows(),
        work.inputs(),
        passes,
        driver,
        task,
        results,
        threads,
        aggregation,
        advice.isEmpty(),
        advice);
  }

  /**
   * Refuses a plan that does not fit.
   *
   * @throws DoesNotFitException with the advice
   */
  public static void require(RunPlan plan) {
    if (!plan.fits()) {
      throw new DoesNotFitException(
          String.format(
              Locale.ROOT,
              "%d features do not fit: the driver needs %s, a task %s, results are %s; %s",
              plan.d(),
              megabytes(plan.driverBytes()),
              megabytes(plan.executorBytesPerTask()),
              megabytes(plan.resultBytes()),
              String.join("; ", plan.advice())));
    }
  }

  /**
   * How many systems the driver can solve at once: no more than folds + 1, than processors, than
   * memory allows; at least one.
   */
  public static int solverThreads(Workload work, Machine machine) {
    long left = machine.driverBudget() - residentBytes(work);
    long byMemory = Math.max(1, left / threadBytes(work));
    return (int) Math.min(byMemory, Math.min(machine.driverCores(), work.folds() + 1));
  }

  private static long residentBytes(Workload work) {
    return (2L * work.folds() + 1) * AggregationPlan.triangleBytes(work.width());
  }

  private static long threadBytes(Workload work) {
    return SQUARES_PER_THREAD * (long) Double.BYTES * work.inputs() * work.inputs();
  }

  private static long resultBytes(Workload work, AggregationPlan plan) {
    long parts =
        plan.merging() == AggregationPlan.Merging.REDUCE
            ? work.folds()
            : plan.gathering() == AggregationPlan.Gathering.PER_TASK
                ? (long) work.partitions() * work.folds()
                : (long) plan.slotsPerFold() * work.folds();
    return parts * AggregationPlan.triangleBytes(work.width());
  }

  private static long taskBytes(Workload work, AggregationPlan plan) {
    int p = work.width();
    long blocks = work.folds() * AggregationPlan.blockBytes(p);
    long folds = plan.gathering() == AggregationPlan.Gathering.PER_TASK ? work.folds() : 1;
    return folds * MomentsAccumulator.bytes(p) + AggregationPlan.triangleBytes(p) + blocks;
  }

  private static void adviseDriver(long bytes, Machine machine, List<String> advice) {
    if (bytes > machine.driverBudget()) {
      double share = (double) machine.driverBudget() / machine.driverHeap();
      advice.add("give the driver more memory: --driver-memory " + gigabytes(bytes / share));
    }
  }

  private static void adviseResults(long bytes, Machine machine, List<String> advice) {
    if (bytes > machine.maxResultSize()) {
      advice.add(
          "allow larger results: --conf spark.driver.maxResultSize=" + gigabytes(1.2 * bytes));
    }
  }

  private static void adviseTask(long bytes, Machine machine, List<String> advice) {
    if (bytes <= machine.taskBudget()) {
      return;
    }
    double share = (double) machine.taskBudget() / machine.executorHeap();
    String flag =
        machine.place() == Machine.Place.LOCAL ? "--driver-memory " : "--executor-memory ";
    advice.add(
        String.format(
            Locale.ROOT,
            "give each of %d tasks in a JVM more memory: %s%s, or run fewer at once",
            machine.tasksPerExecutor(),
            flag,
            gigabytes(bytes / share)));
  }

  private static String gigabytes(double bytes) {
    return (long) Math.ceil(bytes / (1L << 30)) + "g";
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + " MB";
  }
}
