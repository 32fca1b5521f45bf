package org.ridgeline.spark;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.plan.Machine;
import org.ridgeline.plan.Machine.Place;

/** The {@link Machine} that the configuration of a Spark session describes. */
public final class ConfiguredMachine {
  /** Of an executor, where {@code spark.executor.cores} is not set. */
  private static final int UNKNOWN_CORES = 4;

  private ConfiguredMachine() {}

  /** Returns the machine of {@code session}. */
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

  private static long bytes(SparkConf conf, String key, String otherwise) {
    String text = conf.get(key, otherwise).toLowerCase(Locale.ROOT);
    boolean isMegabytes = key.endsWith("memory") && text.matches("[0-9]+");
    return isMegabytes ? Long.parseLong(text) << 20 : JavaUtils.byteStringAsBytes(text);
  }
}
