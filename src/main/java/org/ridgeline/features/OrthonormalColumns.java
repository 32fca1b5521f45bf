package org.ridgeline.features;

import org.ridgeline.linalg.Matrix;

/**
 * Gram-Schmidt, twice, on columns of a matrix: the Q of {@code G = Q R} with a positive diagonal of
 * R, which is uniform on the orthogonal group when G is Gaussian (Stewart 1980).
 *
 * <p>Doing it twice keeps the columns orthogonal to working precision (Giraud et al. 2005). Column
 * j depends on columns before it only. Plain loops of one order: the bits depend on no BLAS. Cost:
 * {@code 4 d m^2} flops for m columns of length d.
 */
final class OrthonormalColumns {
  private OrthonormalColumns() {}

  /** Overwrites columns {@code from} (inclusive) to {@code to} (exclusive), at most d of them. */
  static void inPlace(Matrix g, int from, int to) {
    int d = g.rows();
    double[] v = g.data();
    double[] projections = new double[to - from];
    for (int j = from; j < to; j++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int k = from; k < j; k++) {
          projections[k - from] = dot(d, v, k * d, j * d);
        }
        for (int k = from; k < j; k++) {
          subtract(d, v, projections[k - from], k * d, j * d);
        }
      }
      double norm = Math.sqrt(dot(d, v, j * d, j * d));
      for (int i = j * d; i < (j + 1) * d; i++) {
        v[i] /= norm;
      }
    }
  }

  private static double dot(int d, double[] v, int a, int b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= d; i += 4) {
      s0 = Math.fma(v[a + i], v[b + i], s0);
      s1 = Math.fma(v[a + i + 1], v[b + i + 1], s1);
      s2 = Math.fma(v[a + i + 2], v[b + i + 2], s2);
      s3 = Math.fma(v[a + i + 3], v[b + i + 3], s3);
    }
    for (; i < d; i++) {
      s0 = Math.fma(v[a + i], v[b + i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void subtract(int d, double[] v, double factor, int from, int to) {
    for (int i = 0; i < d; i++) {
      v[to + i] = Math.fma(-factor, v[from + i], v[to + i]);
    }
  }
}
