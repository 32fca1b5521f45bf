package org.ridgeline.features;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.natives.NativeLibraries;

/** What mapping a block of rows costs, beside the rank-m update that it feeds. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FeatureMapBenchmark {
  private static final int N = 2048;
  private static final int ROWS = 128;
  private static final int INPUTS = 20;

  /** Arguments of cosines. */
  @State(Scope.Thread)
  public static class Arguments {
    final double[] x = new SplittableRandom(1).doubles(N, -30, 30).toArray();
    final double[] phase = new double[N];
    final double[] z = new double[N];

    /** Every other one is a sine. */
    @Setup
    public void phases() {
      for (int j = 0; j < N; j += 2) {
        phase[j] = FastCosine.COSINE;
      }
    }
  }

  /** A map and a block of rows. */
  @State(Scope.Thread)
  public static class Block {
    @Param({"rff", "arccos1", "ntk", "nystrom"})
    String kind;

    @Param({"128", "500", "2000"})
    int width;

    MapTask task;
    int outputs;
    double[] x;
    double[] z;
    double[] scatter;

    /** Draws the rows. */
    @Setup
    public void draw() {
      NativeLibraries.install();
      SplittableRandom random = new SplittableRandom(2);
      x = random.doubles((long) ROWS * INPUTS, -1.7, 1.7).toArray();
      MapSpec spec = MapSpec.of(MapKind.of(kind), width);
      spec = spec.kind().hasLengthScale() ? spec.withLengthScale(4) : spec;
      InputScaling none = InputScaling.none(INPUTS);
      double[] centers = random.doubles((long) width * INPUTS, -1.7, 1.7).toArray();
      FeatureMap map =
          spec.kind() == MapKind.NYSTROM
              ? FeatureMap.nystrom(spec, none, Matrix.owning(INPUTS, width, centers))
              : FeatureMap.random(spec, none);
      task = map.newTask();
      outputs = map.outputs();
      z = new double[ROWS * outputs];
      scatter = new double[outputs * outputs];
      task.apply(ROWS, x, INPUTS, z, outputs);
    }
  }

  /** A cosine or sine of {@link FastCosine}. */
  @Benchmark
  @OperationsPerInvocation(N)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public double[] cosine(Arguments a) {
    FastCosine.waves(N, a.x, a.phase, 0.1, a.z);
    return a.z;
  }

  /** A cosine of the Java library. */
  @Benchmark
  @OperationsPerInvocation(N)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public double[] libraryCosine(Arguments a) {
    Arrays.setAll(a.z, j -> 0.1 * Math.cos(a.x[j]));
    return a.z;
  }

  /** The features of a block of rows. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public double[] map(Block b) {
    b.task.apply(ROWS, b.x, INPUTS, b.z, b.outputs);
    return b.z;
  }

  /** The rank-m update by a block of features. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public double[] dsyrk(Block b) {
    Blas.syrkLower(b.outputs, ROWS, b.z, b.scatter);
    return b.scatter;
  }
}
