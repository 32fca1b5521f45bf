package org.ridgeline.features;

import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;
import org.ridgeline.linalg.Vec;

/**
 * What the features {@code z_j = sqrt(2/D) max(w_j'x, 0)} of an arc-cosine map of order 1 are in a
 * population of rows {@code x ~ N(0, I)}, given the weights of the map (Cho and Saul 2009):
 *
 * <pre>
 * E z_j         = sqrt(2/D) |w_j| / sqrt(2 pi)
 * E z_i z_j     = k(w_i, w_j) / D                  k the arc-cosine kernel of order 1
 * Cov(z_j, b'x) = sqrt(2/D) w_j'b / 2
 * </pre>
 */
public final class ReluPopulation {
  private final Matrix weights;

  private ReluPopulation(Matrix weights) {
    this.weights = weights;
  }

  /**
   * Returns the population of the features of a map.
   *
   * @param map an arc-cosine map of order 1 of unscaled inputs, without a bias
   */
  public static ReluPopulation of(MapDescription map) {
    Check.that(
        map.spec().kind() == MapKind.ARCCOS1 && map.spec().bias() == 0 && map.scaling().isNone(),
        "Cannot tell the population of %s features: only of arccos1 without bias or scaling",
        map.spec().kind().label());
    return new ReluPopulation(map.weights());
  }

  /** Returns the covariance of the features, D x D. */
  public SymMatrix covariance() {
    int width = weights.columns();
    double[][] w = new double[width][];
    double[] mean = new double[width];
    double[] full = new double[width * width];
    for (int j = 0; j < width; j++) {
      w[j] = weights.columnCopy(j);
      mean[j] = Math.sqrt(dot(w[j], w[j]) / (Math.PI * width));
      for (int i = 0; i <= j; i++) {
        full[i * width + j] = Kernel.ARCCOS1.between(w[i], w[j], 1) / width - mean[i] * mean[j];
      }
    }
    return SymMatrix.fromLower(width, full);
  }

  /**
   * Returns the covariances of the features with {@code b'x}.
   *
   * @param b one coefficient for each input
   */
  public Vec withLinear(double... b) {
    int width = weights.columns();
    double[] covariances = new double[width];
    for (int j = 0; j < width; j++) {
      covariances[j] = dot(weights.columnCopy(j), b) / Math.sqrt(2.0 * width);
    }
    return Vec.owning(covariances);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
