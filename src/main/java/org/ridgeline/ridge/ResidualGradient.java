package org.ridgeline.ridge;

import java.io.Serializable;
import org.ridgeline.linalg.LongDouble;
import org.ridgeline.linalg.Matrix;

/**
 * Sums over rows of what a {@link RefinedModel} leaves: {@code sum w r} and {@code sum w r (x -
 * x_c)} for the residuals r of each target, x in its units, in about 32 digits. Cost: about {@code
 * 60 d m} flops a row.
 */
public final class ResidualGradient implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int inputs;
  private final double[][] high; // m x (d + 1), the last without a factor
  private final double[][] low;

  /** Creates sums over no rows. */
  public ResidualGradient(int inputs, int targets) {
    this.inputs = inputs;
    this.high = new double[targets][inputs + 1];
    this.low = new double[targets][inputs + 1];
  }

  /**
   * Adds a row.
   *
   * @param model whose residual it is
   * @param values where the d + m values of the row are
   * @param from where they start
   */
  public void add(RefinedModel model, double[] values, int from, double weight) {
    LongDouble residual = new LongDouble();
    LongDouble shifted = new LongDouble();
    LongDouble sum = new LongDouble();
    for (int t = 0; t < high.length && weight > 0; t++) {
      residual.set(values[from + inputs + t], 0);
      residual.add(-model.center(inputs + t));
      residual.add(-model.offset(t));
      for (int j = 0; j < inputs; j++) {
        shift(shifted, values[from + j] * model.perUnit(j), model.center(j));
        residual.addProduct(-shifted.high(), -shifted.low(), model.high(t, j), model.low(t, j));
      }
      double r = residual.high();
      double rLow = residual.low();
      residual.set(0, 0);
      residual.addProduct(r, rLow, weight);
      for (int j = 0; j <= inputs; j++) {
        sum.set(high[t][j], low[t][j]);
        if (j == inputs) {
          sum.add(residual.high());
          sum.add(residual.low());
        } else {
          shift(shifted, values[from + j] * model.perUnit(j), model.center(j));
          sum.addProduct(shifted.high(), shifted.low(), residual.high(), residual.low());
        }
        high[t][j] = sum.high();
        low[t][j] = sum.low();
      }
    }
  }

  private static void shift(LongDouble result, double value, double center) {
    result.set(value, 0);
    result.add(-center);
  }

  /** Adds the sums of other rows. */
  public void merge(ResidualGradient other) {
    LongDouble sum = new LongDouble();
    for (int t = 0; t < high.length; t++) {
      for (int j = 0; j <= inputs; j++) {
        sum.set(high[t][j], low[t][j]);
        sum.add(other.high[t][j]);
        sum.add(other.low[t][j]);
        high[t][j] = sum.high();
        low[t][j] = sum.low();
      }
    }
  }

  /** Returns {@code sum w r (x - x_c)} of each target, and {@code sum w r} last: (d + 1) x m. */
  public Matrix sums() {
    Matrix sums = Matrix.zeros(inputs + 1, high.length);
    for (int t = 0; t < high.length; t++) {
      for (int j = 0; j <= inputs; j++) {
        sums.set(j, t, high[t][j] + low[t][j]);
      }
    }
    return sums;
  }
}
