package org.ridgeline.linalg;

/**
 * The rank-m update {@code C := C + B B'} in plain Java, for machines without a native BLAS.
 *
 * <p>Two columns of C and four data rows at a time, contiguous in the innermost loop, so that the
 * JIT compiler turns it into fused multiply-add vector instructions. It stays alone in this class:
 * inside a larger one the same loop compiles to code that is half as fast.
 */
final class SyrkKernel {
  private SyrkKernel() {}

  /**
   * Adds {@code B B'} to the lower triangle of C.
   *
   * @param p the order of C and the length of a data row
   * @param m the number of data rows
   * @param b p x m, column-major: column k is data row k
   * @param c p x p, column-major; only its lower triangle is read and written
   */
  static void syrkLower(int p, int m, double[] b, double[] c) {
    int k = 0;
    for (; k + 4 <= m; k += 4) {
      int j = 0;
      for (; j + 2 <= p; j += 2) {
        pair(p, j, k * p, b, c);
      }
      if (j < p) {
        c[j + j * p] += dot4(p, j, k * p, b);
      }
    }
    for (; k < m; k++) {
      int row = k * p;
      for (int j = 0; j < p; j++) {
        axpy(p, j, row, b[row + j], b, c);
      }
    }
  }

  private static void pair(int p, int j, int r0, double[] b, double[] c) {
    int r1 = r0 + p;
    int r2 = r1 + p;
    int r3 = r2 + p;
    double a0 = b[r0 + j];
    double a1 = b[r1 + j];
    double a2 = b[r2 + j];
    double a3 = b[r3 + j];
    double b0 = b[r0 + j + 1];
    double b1 = b[r1 + j + 1];
    double b2 = b[r2 + j + 1];
    double b3 = b[r3 + j + 1];
    int cj = j * p;
    int cj1 = cj + p;
    c[cj + j] = Math.fma(a3, a3, Math.fma(a2, a2, Math.fma(a1, a1, Math.fma(a0, a0, c[cj + j]))));
    for (int i = j + 1; i < p; i++) {
      double x0 = b[r0 + i];
      double x1 = b[r1 + i];
      double x2 = b[r2 + i];
      double x3 = b[r3 + i];
      c[cj + i] = Math.fma(x3, a3, Math.fma(x2, a2, Math.fma(x1, a1, Math.fma(x0, a0, c[cj + i]))));
      c[cj1 + i] =
          Math.fma(x3, b3, Math.fma(x2, b2, Math.fma(x1, b1, Math.fma(x0, b0, c[cj1 + i]))));
    }
  }

  private static double dot4(int p, int j, int r0, double[] b) {
    double sum = 0;
    for (int k = 0; k < 4; k++) {
      double x = b[r0 + k * p + j];
      sum = Math.fma(x, x, sum);
    }
    return sum;
  }

  private static void axpy(int p, int j, int row, double a, double[] b, double[] c) {
    for (int i = j; i < p; i++) {
      c[j * p + i] = Math.fma(b[row + i], a, c[j * p + i]);
    }
  }
}
