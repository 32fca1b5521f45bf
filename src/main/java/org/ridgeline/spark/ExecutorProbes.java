package org.ridgeline.spark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.natives.BlasProbe;

/** Examines BLAS and LAPACK on the executors of a session. */
public final class ExecutorProbes {
  private ExecutorProbes() {}

  /**
   * Returns a probe of every executor that takes tasks now, all slots busy, in order of their ids.
   */
  public static List<BlasProbe> of(SparkSession session) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    int slots = Math.max(1, context.defaultParallelism());
    context.setJobDescription("ridgeline: examining the executors");
    Map<String, BlasProbe> probes = new TreeMap<>();
    context
        .parallelize(IntStream.range(0, slots).boxed().toList(), slots)
        .map(number -> BlasProbe.run("executor " + SparkEnv.get().executorId()))
        .collect()
        .forEach(probe -> probes.putIfAbsent(probe.where(), probe));
    context.setJobDescription(null);
    return List.copyOf(probes.values());
  }
}
