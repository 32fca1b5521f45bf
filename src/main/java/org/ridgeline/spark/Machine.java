package org.ridgeline.spark;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.linalg.Check;

/**
 * What the run may use, as configured: never what happens to have registered so far, because the
 * way the moments are merged, and with it their last bits, depends on it.
 *
 * @param place whether tasks run inside the driver
 * @param driverCores the processors of the driver
 * @param tasksPerExecutor how many tasks share one executor's heap
 * @param slots how many tasks run at once in all, as far as the configuration tells
 * @param driverHeap the bytes of the driver's heap
 * @param executorHeap the bytes of an executor's heap; in local mode the driver's
 * @param maxResultSize the bytes of results that Spark lets a job bring to the driver
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

  /** Of an executor, where {@code spark.executor.cores} does not tell. */
  private static final int UNKNOWN_CORES = 4;

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

  /** The machine that this session runs on. */
  public static Machine of(SparkSession session) {
    SparkContext context = session.sparkContext();
    SparkConf conf = context.getConf();
    long driverHeap = Runtime.getRuntime().maxMemory();
    int driverCores = Runtime.getRuntime().availableProcessors();
    long maxResult = bytes(conf, "spark.driver.maxResultSize", "1g");
    maxResult = maxResult == 0 ? Long.MAX_VALUE : maxResult;
    if (context.master().startsWith("local") && !context.master().startsWith("local-cluster")) {
      int slots = Math.max(1, context.defaultParallelism());
      return new Machine(Place.LOCAL, driverCores, slots, slots, driverHeap, driverHeap, maxResult);
    }
    int perExecutor = conf.getInt("spark.executor.cores", UNKNOWN_CORES);
    int tasks = Math.max(1, perExecutor / conf.getInt("spark.task.cpus", 1));
    int executors =
        conf.getInt(
            "spark.executor.instances", conf.getInt("spark.dynamicAllocation.maxExecutors", 1));
    int cores =
        conf.getInt("spark.cores.max", Math.max(1, Math.min(executors, 1_000)) * perExecutor);
    int slots = Math.max(1, conf.getInt("spark.default.parallelism", cores));
    long heap = bytes(conf, "spark.executor.memory", "1g");
    return new Machine(Place.CLUSTER, driverCores, tasks, slots, driverHeap, heap, maxResult);
  }

  /** This JVM alone, without Spark. */
  public static Machine driver() {
    long heap = Runtime.getRuntime().maxMemory();
    int cores = Runtime.getRuntime().availableProcessors();
    return new Machine(Place.LOCAL, cores, cores, cores, heap, heap, Long.MAX_VALUE);
  }

  private static long bytes(SparkConf conf, String key, String otherwise) {
    String text = conf.get(key, otherwise).toLowerCase(Locale.ROOT);
    boolean isMegabytes = key.endsWith("memory") && text.matches("[0-9]+");
    return isMegabytes ? Long.parseLong(text) << 20 : JavaUtils.byteStringAsBytes(text);
  }

  /** The bytes that one task's arrays may take. */
  long taskBudget() {
    double share = place == Place.LOCAL ? TASK_SHARE : USABLE;
    return (long) (share * executorHeap / tasksPerExecutor);
  }

  /** The bytes that the driver's arrays may take. */
  long driverBudget() {
    return (long) (USABLE * driverHeap);
  }
}
