package org.ridgeline.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.ridgeline.linalg.Blas;
import org.ridgeline.moments.RowBlock;

/**
 * What this machine does of a pass when it does nothing else: the limits that a pass is held to.
 */
final class MachineRates {
  private MachineRates() {}

  /** Seconds of the rank-m updates of n rows of p columns, on blocks that are there already. */
  static double updates(int n, int p, int threads) {
    int m = RowBlock.rowsFor(p);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Double>> work = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        work.add(
            () -> {
              double[] block = new double[m * p];
              Arrays.setAll(block, i -> Math.sin(i));
              double[] scatter = new double[p * p];
              for (int i = 0; i < n / m / threads; i++) {
                Blas.syrkLower(p, m, block, scatter);
              }
              return scatter[0];
            });
      }
      long start = System.nanoTime();
      pool.invokeAll(work);
      return (System.nanoTime() - start) / 1e9;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      pool.shutdown();
    }
  }

  /** Reads a number and an array of each row of Parquet files and returns the sum of all. */
  static double decode(SparkSession spark, String path) {
    Dataset<?> rows = (Dataset<?>) spark.read().parquet(path).select("y", "x");
    SparkPlan plan = rows.queryExecution().executedPlan();
    while (!(plan instanceof ColumnarToRowExec)) {
      plan = plan.children().head();
    }
    return ((ColumnarToRowExec) plan)
        .child()
        .executeColumnar()
        .toJavaRDD()
        .map(MachineRates::sum)
        .reduce(Double::sum);
  }

  private static double sum(ColumnarBatch batch) {
    double sum = 0;
    for (int r = 0; r < batch.numRows(); r++) {
      sum += batch.column(0).getDouble(r);
      for (double value : batch.column(1).getArray(r).toDoubleArray()) {
        sum += value;
      }
    }
    return sum;
  }
}
