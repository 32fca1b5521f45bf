package org.ridgeline.ridge;

import java.util.Optional;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/** The error of models on rows they have not seen, from those rows' moments alone. */
public final class HeldOut {
  private HeldOut() {}

  /**
   * Weighted sums of squared errors of every model on every lambda of the path.
   *
   * <p>{@code SSE = S_yy - 2 b's_xy + b'S_xx b + W r^2} with S the held-out scatter about its own
   * means and {@code r = (mean_y - mean_y,train) - (mean_x - mean_x,train)'b} the mean residual
   * (without an intercept {@code r = mean_y - mean_x'b}). It loses {@code log10(S_yy / SSE)}
   * digits: NaN where that leaves none to rely on ({@link RidgePath#isLost}); with a factor of the
   * rows nothing cancels. Cost: {@code 2 d^2} flops per lambda.
   *
   * @param intercept whether the models have one
   * @param training the moments that the models were fitted to
   * @param heldOut the moments of the rows to score
   * @param scatter {@code S_xx} of the held-out rows in their units, both triangles
   * @param target the target's number
   * @param models the models of that target
   */
  public static Vec sumSquares(
      Intercept intercept,
      Moments training,
      Moments heldOut,
      Matrix scatter,
      int target,
      PathCoefficients models) {
    int d = heldOut.inputs();
    Matrix b = heldOut.units().ofCoefficients(models.matrix());
    Matrix sb = Blas.times(scatter, b);
    Matrix means = meanDifferences(intercept, training, heldOut);
    double[] sums = new double[b.columns()];
    Optional<double[]> exact = heldOut.factor().map(factor -> factored(factor, target, b));
    double noise = NormalEquations.relativeNoise(heldOut);
    double syy = heldOut.scatter().get(d + target, d + target);
    for (int l = 0; l < sums.length; l++) {
      double quadratic = 0;
      double cross = 0;
      double shift = means.get(d + target, 0);
      for (int j = 0; j < d; j++) {
        double bj = b.get(j, l);
        quadratic += bj * sb.get(j, l);
        cross += bj * heldOut.scatter().get(d + target, j);
        shift -= bj * means.get(j, 0);
      }
      double about = // the mean residual
          exact.isPresent() ? exact.get()[l] : syy - 2 * cross + quadratic;
      double sum = Math.max(0, about + heldOut.weightSum() * shift * shift);
      boolean lost = exact.isEmpty() && RidgePath.isRounding(sum, syy, noise);
      sums[l] = lost ? Double.NaN : sum;
    }
    return Vec.owning(sums);
  }

  /** {@code |F_y - F_x b|^2} with the factor F of the held-out rows: nothing cancels in it. */
  private static double[] factored(Matrix factor, int target, Matrix b) {
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

  private static Matrix meanDifferences(Intercept intercept, Moments training, Moments heldOut) {
    Moments fitted = training.in(heldOut.units());
    int p = heldOut.inputs() + heldOut.targets();
    Matrix differences = Matrix.zeros(p, 1);
    for (int j = 0; j < p; j++) {
      differences.set(
          j,
          0,
          intercept == Intercept.FREE
              ? heldOut.unitMeanDifference(fitted, j)
              : heldOut.unitMean(j));
    }
    return differences;
  }
}
