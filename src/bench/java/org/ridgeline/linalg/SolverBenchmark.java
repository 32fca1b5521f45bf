package org.ridgeline.linalg;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * One reduction to tridiagonal form against one Cholesky factorization: their ratio is the
 * break-even number of lambdas in {@code SolverTable}. Add {@code -jvmArgsAppend
 * -Dridgeline.native=off} for the ratio of the Java translation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SolverBenchmark {
  @Param({"100", "500", "1000", "2000"})
  private int d;

  private SymMatrix matrix;

  /** Makes {@code B B' + I} from a square of random numbers. */
  @Setup
  public void fill() {
    NativeLibraries.install();
    double[] gram = new double[d * d];
    for (int j = 0; j < d; j++) {
      gram[j + j * d] = 1;
    }
    double[] b = new Random(1).doubles((long) d * d, -1, 1).toArray();
    Blas.syrkLower(d, d, b, gram);
    matrix = SymMatrix.fromLower(d, gram);
  }

  /** All lambdas. */
  @Benchmark
  public Vec tridiagonal() {
    return Tridiagonal.ofInPlace(matrix.toFull(0, d)).eigenvalues();
  }

  /** What needs the eigenvectors. */
  @Benchmark
  public SymEigen eigen() {
    return SymEigen.of(matrix);
  }

  /** One lambda. */
  @Benchmark
  public Cholesky cholesky() {
    return Cholesky.of(matrix).orElseThrow();
  }
}
