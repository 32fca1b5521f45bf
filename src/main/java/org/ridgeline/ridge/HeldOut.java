package org.ridgeline.ridge;

import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.QuadraticForm;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/** The error of models on rows they have not seen, from what is kept of those rows alone. */
public final class HeldOut {
  private final Moments heldOut;
  private final double[] shifts; // of the means from those of the training rows, in units
  private final Matrix factor; // null: there is only the scatter
  private final QuadraticForm scatter; // of S_xx; null: there is a factor

  private HeldOut(Intercept intercept, Moments training, Moments heldOut) {
    this.heldOut = heldOut;
    this.shifts = meanDifferences(intercept, training, heldOut);
    this.factor = heldOut.factor().orElse(null);
    this.scatter = factor == null ? heldOut.inputForm() : null;
  }

  /**
   * Returns rows to score.
   *
   * @param intercept whether the models have one
   * @param training the moments that the models are fitted to
   * @param heldOut the moments of the rows to score
   */
  public static HeldOut of(Intercept intercept, Moments training, Moments heldOut) {
    return new HeldOut(intercept, training, heldOut);
  }

  /**
   * Weighted sums of squared errors of every model on every lambda of the path.
   *
   * <p>{@code SSE = S_yy - 2 b's_xy + b'S_xx b + W r^2} with S the held-out scatter about its own
   * means and {@code r = (mean_y - mean_y,train) - (mean_x - mean_x,train)'b} the mean residual
   * (without an intercept {@code r = mean_y - mean_x'b}). It loses {@code log10(S_yy / SSE)}
   * digits: NaN where that leaves none to rely on ({@link RidgePath#isLost}). With a factor F of
   * the rows, or the rows themselves, it is {@code |F_y - F_x b|^2 + W r^2}: nothing cancels. Cost:
   * {@code d^2} flops per lambda, or {@code 2 d} for each row of F.
   *
   * @param target the target's number
   * @param models the models of that target
   */
  public Vec sumSquares(int target, PathCoefficients models) {
    Matrix b = heldOut.units().ofCoefficients(models.matrix());
    double[] sums = factor == null ? subtracted(target, b) : factored(target, b);
    double noise = NormalEquations.relativeNoise(heldOut);
    double syy = heldOut.squares(b.rows() + target);
    for (int l = 0; l < sums.length; l++) {
      double shift = shifts[b.rows() + target];
      for (int j = 0; j < b.rows(); j++) {
        shift -= b.get(j, l) * shifts[j];
      }
      double sum = Math.max(0, sums[l] + heldOut.weightSum() * shift * shift);
      boolean lost = factor == null && RidgePath.isRounding(sum, syy, noise);
      sums[l] = lost ? Double.NaN : sum;
    }
    return Vec.owning(sums);
  }

  /** {@code S_yy - 2 b's_xy + b'S_xx b}. */
  private double[] subtracted(int target, Matrix b) {
    double syy = heldOut.squares(b.rows() + target);
    Matrix cross = heldOut.crossScatter();
    double[] quadratic = scatter.at(b);
    for (int l = 0; l < quadratic.length; l++) {
      double product = 0;
      for (int j = 0; j < b.rows(); j++) {
        product += b.get(j, l) * cross.get(j, target);
      }
      quadratic[l] = syy - 2 * product + quadratic[l];
    }
    return quadratic;
  }

  /** {@code |F_y - F_x b|^2}. */
  private double[] factored(int target, Matrix b) {
    int r = factor.rows();
    Matrix fitted = Blas.times(factor.columns(0, b.rows()), b);
    double[] sums = new double[b.columns()];
    for (int l = 0; l < sums.length; l++) {
      for (int i = 0; i < r; i++) {
        double residual = factor.get(i, b.rows() + target) - fitted.get(i, l);
        sums[l] += residual * residual;
      }
    }
    return sums;
  }

  private static double[] meanDifferences(Intercept intercept, Moments training, Moments heldOut) {
    Moments fitted = training.in(heldOut.units());
    double[] differences = new double[heldOut.inputs() + heldOut.targets()];
    for (int j = 0; j < differences.length; j++) {
      differences[j] =
          intercept == Intercept.FREE ? heldOut.unitMeanDifference(fitted, j) : heldOut.unitMean(j);
    }
    return differences;
  }
}
