package org.ridgeline.natives;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.SymEigen;
import org.ridgeline.linalg.SymMatrix;
import org.ridgeline.plan.Speed;

/** Measures the {@link Speed} of this JVM, in a tenth of a second. */
public final class SpeedProbe {
  private static final int LARGEST = 384;
  private static final int ROWS = 256;
  private static final long NANOS = 30_000_000;
  private static final Map<Integer, Speed> MEASURED = new ConcurrentHashMap<>();

  private SpeedProbe() {}

  /** Returns the speed at problems of this order, measured once in this JVM. */
  public static Speed atOrder(int order) {
    return MEASURED.computeIfAbsent(Math.min(LARGEST, order), SpeedProbe::measure);
  }

  private static Speed measure(int order) {
    NativeLibraries.install();
    double[] block = new double[order * ROWS];
    Arrays.setAll(block, i -> Math.sin(i));
    double[] sum = new double[order * order];
    double update = secondsOf(() -> Blas.syrkLower(order, ROWS, block, sum));
    SymMatrix matrix = testMatrix(order);
    double eigen = secondsOf(() -> SymEigen.of(matrix));
    double cube = (double) order * order * order;
    return new Speed((double) order * order * ROWS / update, eigen / cube);
  }

  /** Returns a positive definite matrix with spread eigenvalues. */
  static SymMatrix testMatrix(int order) {
    SymMatrix matrix = SymMatrix.zeros(order);
    for (int j = 0; j < order; j++) {
      for (int i = j; i < order; i++) {
        matrix.packed()[matrix.offset(j) + i - j] = 1.0 / (1 + i - j) + (i == j ? 2 : 0);
      }
    }
    return matrix;
  }

  /** Returns the time of the fastest of a few calls; others may have been held up. */
  private static double secondsOf(Runnable body) {
    long fastest = Long.MAX_VALUE;
    long end = System.nanoTime() + NANOS;
    long now;
    do {
      long start = System.nanoTime();
      body.run();
      now = System.nanoTime();
      fastest = Math.min(fastest, now - start);
    } while (now < end);
    return Math.max(1, fastest) * 1e-9;
  }
}
