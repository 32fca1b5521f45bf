package org.ridgeline.features;

import java.util.Arrays;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/** Cosines of {@code w'x/l}: in pairs with sines, or alone with offsets. */
final class WaveUnits implements Units {
  private final Matrix weights; // divided by the length scale
  private final double[] offsets; // empty: pairs
  private final double[] phase; // of each feature
  private final double amplitude;

  private WaveUnits(Matrix weights, double[] offsets, double[] phase) {
    this.weights = weights;
    this.offsets = offsets;
    this.phase = phase;
    this.amplitude = Math.sqrt(2.0 / phase.length);
  }

  /** Takes over {@code weights}, which it divides by the length scale. */
  static WaveUnits of(MapSpec spec, Matrix weights, Vec offsets) {
    double[] w = weights.data();
    for (int i = 0; i < w.length; i++) {
      w[i] /= spec.lengthScale();
    }
    double[] phase = new double[spec.width()];
    Arrays.fill(phase, FastCosine.COSINE);
    if (spec.kind().layout() == MapKind.Layout.PAIRS) {
      for (int j = 1; j < phase.length; j += 2) {
        phase[j] = FastCosine.SINE;
      }
    }
    return new WaveUnits(weights, offsets.toArray(), phase);
  }

  @Override
  public int scratchPerRow() {
    return weights.columns();
  }

  @Override
  public Applier applier(int mostRows) {
    int m = weights.columns();
    double[] t = new double[m * mostRows];
    double[] line = new double[phase.length];
    double[] waves = new double[phase.length];
    return (rows, x, z, at, stride) -> {
      Blas.transposedTimes(weights, rows, x, t);
      for (int r = 0; r < rows; r++) {
        arguments(t, r * m, line);
        FastCosine.waves(line.length, line, phase, amplitude, waves);
        System.arraycopy(waves, 0, z, at + r * stride, waves.length);
      }
    };
  }

  /** Writes the argument of each feature. */
  private void arguments(double[] t, int at, double[] line) {
    int m = weights.columns();
    if (offsets.length == 0) {
      for (int j = 0; j < m; j++) {
        line[2 * j] = t[at + j];
        line[2 * j + 1] = t[at + j];
      }
    } else {
      for (int j = 0; j < m; j++) {
        line[j] = t[at + j] + offsets[j];
      }
    }
  }
}
