package org.ridgeline.ridge;

import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The fits of one target for L lambdas, with their statistics from the training moments.
 *
 * @param coefficients the models
 * @param traces of the hat matrices
 * @param rss weighted residual sums of squares, never negative
 * @param penalizedRss {@code RSS + lambda |b_z|^2}, the minimized objective
 * @param targetSumSquares q, the weighted sum of squares that the model explains
 */
public record RidgePath(
    PathCoefficients coefficients,
    Traces traces,
    Vec rss,
    Vec penalizedRss,
    double targetSumSquares) {

  /** The lambdas, sum convention. */
  public Vec lambdas() {
    return coefficients.lambdas();
  }

  /** Degrees of freedom of the slopes; the intercept adds 1. */
  public Vec df() {
    return traces.df();
  }

  /** {@code n - i - df}: see {@link Traces}. */
  public Vec residualDf() {
    return traces.residualDf();
  }

  /**
   * The residual variance of fit {@code l}, {@code RSS / (n - 2 tr H + tr HH')}, H with the
   * intercept: unbiased where the bias of the fit is small. NaN where no degrees of freedom are
   * left.
   */
  public double samplingVariance(int l) {
    double left = residualDf().get(l) - df().get(l) + traces.df2().get(l);
    return left > 0 ? rss.get(l) / left : Double.NaN;
  }

  /** Returns this path with other models for the same lambdas. */
  public RidgePath withCoefficients(PathCoefficients models) {
    return new RidgePath(models, traces, rss, penalizedRss, targetSumSquares);
  }

  /** Returns this path with other residual sums of squares. */
  public RidgePath withRss(Vec exact) {
    return new RidgePath(coefficients, traces, exact, penalizedRss, targetSumSquares);
  }

  /** Returns this path with other coefficients of fit {@code l}. */
  public RidgePath withModel(int l, Vec b, double intercept) {
    Matrix matrix = coefficients.matrix().copy();
    matrix.setColumn(l, b.toArray());
    double[] intercepts = coefficients.intercepts().toArray();
    intercepts[l] = intercept;
    PathCoefficients changed = new PathCoefficients(lambdas(), matrix, Vec.owning(intercepts));
    return new RidgePath(changed, traces, rss, penalizedRss, targetSumSquares);
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
