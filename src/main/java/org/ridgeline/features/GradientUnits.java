package org.ridgeline.features;

import java.util.Arrays;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;

/**
 * The gradient of the network {@code sum_j a_j max(w_j'x, 0) / sqrt(m)} in (a, w), neuron by
 * neuron: {@code [max(w_j'x, 0), a_j 1{w_j'x > 0} x] / sqrt(m)}.
 */
final class GradientUnits implements Units {
  private final Matrix weights;
  private final double[] outputWeights;
  private final double amplitude;

  GradientUnits(Matrix weights, double[] outputWeights) {
    this.weights = weights;
    this.outputWeights = outputWeights;
    this.amplitude = 1 / Math.sqrt(weights.columns());
  }

  @Override
  public int scratchPerRow() {
    return weights.columns();
  }

  @Override
  public Applier applier(int mostRows) {
    int m = weights.columns();
    double[] t = new double[m * mostRows];
    return (rows, x, z, at, stride) -> {
      Blas.transposedTimes(weights, rows, x, t);
      for (int r = 0; r < rows; r++) {
        int to = at + r * stride;
        for (int j = 0; j < m; j++) {
          neuron(j, t[r * m + j], x, r, z, to + j * (weights.rows() + 1));
        }
      }
    };
  }

  private void neuron(int j, double product, double[] x, int row, double[] z, int at) {
    int p = weights.rows();
    z[at] = amplitude * Math.max(product, 0);
    if (product <= 0) {
      Arrays.fill(z, at + 1, at + 1 + p, 0);
      return;
    }
    double factor = amplitude * outputWeights[j];
    for (int i = 0; i < p; i++) {
      z[at + 1 + i] = factor * x[row * p + i];
    }
  }
}
