package org.ridgeline.features;

import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;

/** Neurons {@code sqrt(2/D) 1{w'x > 0} (w'x)^q} of order q = 0, 1 or 2. */
final class NeuronUnits implements Units {
  private final Matrix weights;
  private final MapKind kind;
  private final double amplitude;

  NeuronUnits(MapKind kind, Matrix weights) {
    this.weights = weights;
    this.kind = kind;
    this.amplitude = Math.sqrt(2.0 / weights.columns());
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
        switch (kind) {
          case ARCCOS0 -> step(m, t, r * m, z, at + r * stride);
          case ARCCOS1 -> ramp(m, t, r * m, z, at + r * stride);
          default -> square(m, t, r * m, z, at + r * stride);
        }
      }
    };
  }

  private void step(int m, double[] t, int from, double[] z, int at) {
    for (int j = 0; j < m; j++) {
      z[at + j] = t[from + j] > 0 ? amplitude : 0;
    }
  }

  private void ramp(int m, double[] t, int from, double[] z, int at) {
    for (int j = 0; j < m; j++) {
      z[at + j] = amplitude * Math.max(t[from + j], 0);
    }
  }

  private void square(int m, double[] t, int from, double[] z, int at) {
    for (int j = 0; j < m; j++) {
      double active = Math.max(t[from + j], 0);
      z[at + j] = amplitude * active * active;
    }
  }
}
