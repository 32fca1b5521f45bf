package org.ridgeline.plan;

import org.ridgeline.base.Check;

/**
 * What the run may use, as configured: never what happens to have registered so far, because the
 * way the moments are merged, and with it their last bits, depends on it.
 *
 * @param place whether tasks run inside the driver
 * @param driverCores the processors of the driver
 * @param tasksPerExecutor how many tasks share one executor's heap
 * @param slots how many tasks run at once in all, as far as the configuration says
 * @param driverHeap the bytes of the driver's heap
 * @param executorHeap the bytes of an executor's heap; in local mode the driver's
 * @param maxResultSize the bytes of results that Spark lets a job send to the driver
 */
public record Machine(
    Place place,
    int driverCores,
    int tasksPerExecutor,
    int slots,
    long driverHeap,
    long executorHeap,
    long maxResultSize) {
  private static final double USABLE = 0.6; // of a heap; the rest is Spark's and the collector's
  private static final double TASK_SHARE = 0.4;

  /** Where tasks run. */
  public enum Place {
    /** In the driver's JVM. */
    LOCAL,
    /** In executors. */
    CLUSTER
  }

  /** Checks the numbers. */
  public Machine {
    Check.that(
        driverCores > 0 && tasksPerExecutor > 0 && slots > 0,
        "Cannot plan for %d driver cores, %d tasks per executor and %d slots: all must be positive",
        driverCores,
        tasksPerExecutor,
        slots);
  }

  /** Returns this JVM alone, without Spark. */
  public static Machine driver() {
    long heap = Runtime.getRuntime().maxMemory();
    int cores = Runtime.getRuntime().availableProcessors();
    return new Machine(Place.LOCAL, cores, cores, cores, heap, heap, Long.MAX_VALUE);
  }

  /** Returns the bytes that one task's arrays may take. */
  public long taskBudget() {
    double share = place == Place.LOCAL ? TASK_SHARE : USABLE;
    return (long) (share * executorHeap / tasksPerExecutor);
  }

  /** Returns the bytes that the driver's arrays may take. */
  public long driverBudget() {
    return (long) (USABLE * driverHeap);
  }
}
