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
 * @param sums how the residual sums of squares were formed
 */
public record RidgePath(
    PathCoefficients coefficients,
    Traces traces,
    Vec rss,
    Vec penalizedRss,
    double targetSumSquares,
    Sums sums) {
  /** From so many of 16 lost digits on, a sum of squares is not used: two are left at best. */
  public static final double MOST_DIGITS_LOST = 13;

  /** How residual sums of squares are formed. */
  public enum Sums {
    /** q less what is explained, which loses digits where nearly all is. */
    SUBTRACTED,
    /** The explained part as before, the residuals' own squares from the rows. */
    MEASURED,
    /** From squares only. */
    ADDED
  }

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
    return left > 0 && !isLost(l) ? rss.get(l) / left : Double.NaN;
  }

  /** Returns this path with other models for the same lambdas. */
  public RidgePath withCoefficients(PathCoefficients models) {
    return new RidgePath(models, traces, rss, penalizedRss, targetSumSquares, sums);
  }

  /** Returns this path with the residual sums of squares that the rows themselves have. */
  public RidgePath withRss(Vec exact) {
    Sums measured = sums == Sums.ADDED ? sums : Sums.MEASURED;
    return new RidgePath(coefficients, traces, exact, penalizedRss, targetSumSquares, measured);
  }

  /** Whether nothing to rely on is left of the residual sum of squares of lambda {@code l}. */
  public boolean isLost(int l) {
    return digitsLost(l) > MOST_DIGITS_LOST;
  }

  /** Whether nothing to rely on is left of the penalized sum of squares of lambda {@code l}. */
  public boolean isPenalizedLost(int l) {
    return sums != Sums.ADDED
        && digitsLost(targetSumSquares, penalizedRss.get(l)) > MOST_DIGITS_LOST;
  }

  /** Returns this path with other coefficients of fit {@code l}. */
  public RidgePath withModel(int l, Vec b, double intercept) {
    Matrix matrix = coefficients.matrix().copy();
    matrix.setColumn(l, b.toArray());
    double[] intercepts = coefficients.intercepts().toArray();
    intercepts[l] = intercept;
    PathCoefficients changed = new PathCoefficients(lambdas(), matrix, Vec.owning(intercepts));
    return new RidgePath(changed, traces, rss, penalizedRss, targetSumSquares, sums);
  }

  /**
   * The decimal digits that the residual sum of squares of lambda {@code l} lost by cancellation,
   * {@code log10(q / RSS)}; 16 when nothing is left of it, 0 where nothing cancels.
   */
  public double digitsLost(int l) {
    return sums == Sums.SUBTRACTED ? digitsLost(targetSumSquares, rss.get(l)) : 0;
  }

  /** {@code log10(whole / part)}, between 0 and 16. */
  public static double digitsLost(double whole, double part) {
    return part > 0 ? Math.max(0, Math.min(16, Math.log10(whole / part))) : 16;
  }
}
