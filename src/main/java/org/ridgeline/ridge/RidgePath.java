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
  /** Below this part of a sum of squares, what is left of it has two digits at best. */
  private static final double LEAST_PART = 1e-13;

  /**
   * How residual sums of squares were formed.
   *
   * @param kind whether they lose digits
   * @param noise the rounding of a difference in units of what it was taken from
   */
  public record Sums(Kind kind, double noise) {
    /** Whether sums of squares lose digits. */
    public enum Kind {
      /** Both are q less what is explained, which loses digits where nearly all is. */
      SUBTRACTED,
      /** The residuals' own squares are from the rows, the penalized sum is a difference. */
      MEASURED,
      /** Both are sums of squares. */
      ADDED
    }

    /** From squares only. */
    static final Sums ADDED = new Sums(Kind.ADDED, 0);

    /** By differences in a problem whose numbers have this relative noise. */
    static Sums subtracted(double noise) {
      return new Sums(Kind.SUBTRACTED, noise);
    }

    private Sums measured() {
      return kind == Kind.ADDED ? this : new Sums(Kind.MEASURED, noise);
    }
  }

  /** Whether a difference of {@code whole} and another number is rounding for the most part. */
  static boolean isRounding(double part, double whole, double noise) {
    return whole > 0 && !(part > Math.max(LEAST_PART, noise) * whole);
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
    return new RidgePath(
        coefficients, traces, exact, penalizedRss, targetSumSquares, sums.measured());
  }

  /** Whether nothing to rely on is left of the residual sum of squares of lambda {@code l}. */
  public boolean isLost(int l) {
    return sums.kind() == Sums.Kind.SUBTRACTED
        && isRounding(rss.get(l), targetSumSquares, sums.noise());
  }

  /** Whether nothing to rely on is left of the penalized sum of squares of lambda {@code l}. */
  public boolean isPenalizedLost(int l) {
    return sums.kind() != Sums.Kind.ADDED
        && isRounding(penalizedRss.get(l), targetSumSquares, sums.noise());
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
    return sums.kind() == Sums.Kind.SUBTRACTED ? digitsLost(targetSumSquares, rss.get(l)) : 0;
  }

  /** {@code log10(whole / part)}, between 0 and 16. */
  public static double digitsLost(double whole, double part) {
    return part > 0 ? Math.max(0, Math.min(16, Math.log10(whole / part))) : 16;
  }
}
