package org.ridgeline.linalg;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ridgeline.natives.NativeLibraries;

/**
 * The rank-m update of the Gram stage on one thread: native dsyrk against the plain-Java kernel.
 * The counter {@code gflops} is the rate in GF: {@code d^2 m} flops a call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GramBenchmark {
  private static final int ROWS = 256;

  @Param({"100", "500", "1000", "2000"})
  private int d;

  private double[] block;
  private double[] gram;

  /** Loads the native library where there is one and fills a block of rows. */
  @Setup
  public void fill() {
    NativeLibraries.install();
    block = new Random(1).doubles((long) ROWS * d, -1, 1).toArray();
    gram = new double[d * d];
  }

  /** What {@code MomentsAccumulator} calls: native where it loads. */
  @Benchmark
  public double[] backend(Work work) {
    Blas.syrkLower(d, ROWS, block, gram);
    work.add(d);
    return gram;
  }

  /** The fallback. */
  @Benchmark
  public double[] kernel(Work work) {
    SyrkKernel.syrkLower(d, ROWS, block, gram);
    work.add(d);
    return gram;
  }

  /** Billions of flops, reported per second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /** Read by JMH. */
    public double gflops;

    /** Forgets the flops of the last iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      gflops = 0;
    }

    void add(int d) {
      gflops += 1e-9 * d * d * ROWS;
    }
  }
}
