package org.ridgeline.ridge;

import org.ridgeline.linalg.Vec;

/**
 * The fits of one target for L lambdas, with what the training moments say of each.
 *
 * @param coefficients the models
 * @param df degrees of freedom of the slopes, {@code tr (G + lambda I)^-1 G}; the intercept adds 1
 * @param residualDf {@code n - i - df}, i = 1 with an intercept, computed so that it keeps its
 *     digits where the model nearly interpolates; 0 where nothing is left
 * @param rss weighted residual sums of squares, never negative
 * @param targetSumSquares q, the weighted sum of squares that the model explains
 */
public record RidgePath(
    PathCoefficients coefficients, Vec df, Vec residualDf, Vec rss, double targetSumSquares) {

  /** The lambdas, sum convention. */
  public Vec lambdas() {
    return coefficients.lambdas();
  }

  /** Returns this path with other models for the same lambdas. */
  public RidgePath withCoefficients(PathCoefficients models) {
    return new RidgePath(models, df, residualDf, rss, targetSumSquares);
  }

  /** Returns this path with other residual sums of squares. */
  public RidgePath withRss(Vec exact) {
    return new RidgePath(coefficients, df, residualDf, exact, targetSumSquares);
  }

  /**
   * The decimal digits that the residual sum of squares of lambda {@code l} lost by cancellation,
   * {@code log10(q / RSS)}; 16 when nothing is left of it.
   */
  public double digitsLost(int l) {
    return digitsLost(targetSumSquares, rss.get(l));
  }

  /** {@code log10(whole / part)}, between 0 and 16. */
  public static double digitsLost(double whole, double part) {
    return part > 0 ? Math.max(0, Math.min(16, Math.log10(whole / part))) : 16;
  }
}
