package org.ridgeline.select;

import java.util.OptionalDouble;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;

/**
 * Criteria from the moments of all rows, for each lambda of one target; NaN where undefined, and
 * where the sum of squares it is made of has lost its digits ({@link RidgePath#isLost}). With i = 1
 * for an intercept, {@code df_total = df + i}, {@code N = n - i}:
 *
 * <pre>
 * gcv      (RSS / W) / (1 - df_total / n)^2                       Golub, Heath, Wahba 1979
 * aic      n ln(RSS / n) + 2 df_total                              Akaike 1974
 * bic      n ln(RSS / n) + ln(n) df_total                          Schwarz 1978
 * sure     RSS - n s2 + 2 s2 df_total                              Stein 1981; Mallows' Cp is sure / s2,
 *          with s2 = RSS / (n - 2 tr H + tr HH') at the smallest gcv, H with the intercept
 * log_evidence  -1/2 (N ln(2 pi s2) + N + ln det(I + G / lambda))  MacKay 1992, the intercept
 *          integrated out under a flat prior, s2 = (RSS + lambda |b_z|^2) / N at its maximum
 * </pre>
 *
 * @param gcv generalized cross-validation
 * @param aic Akaike's criterion
 * @param bic the Bayesian information criterion
 * @param sure Stein's unbiased estimate of the sum of squared errors of the fitted values
 * @param logEvidence the logarithm of the marginal likelihood, profiled over the residual variance
 * @param sureVariance s2 of {@code sure}
 */
public record Criteria(Vec gcv, Vec aic, Vec bic, Vec sure, Vec logEvidence, double sureVariance) {

  /**
   * Computes all criteria.
   *
   * @param problem the problem of all rows
   * @param path the fits of one target to it
   */
  public static Criteria of(RidgeProblem problem, RidgePath path) {
    return of(problem, path, OptionalDouble.empty());
  }

  /**
   * Computes all criteria with a given s2 of {@code sure}, for lambdas between those of a grid.
   *
   * @param sureVariance the s2 of the grid; empty: take it from this path
   */
  static Criteria of(RidgeProblem problem, RidgePath path, OptionalDouble sureVariance) {
    Moments moments = problem.moments();
    double n = problem.observations();
    int intercept = problem.spec().intercept().degreesOfFreedom();
    int size = path.lambdas().size();
    double[][] scores = new double[4][size];
    for (int l = 0; l < size; l++) {
      double rss = path.isLost(l) ? Double.NaN : path.rss().get(l);
      double left = path.residualDf().get(l) / n;
      double total = path.df().get(l) + intercept;
      double fit = rss > 0 ? n * Math.log(rss / n) : Double.NaN;
      scores[0][l] = left > 0 ? rss / moments.weightSum() / (left * left) : Double.NaN;
      scores[1][l] = fit + 2 * total;
      scores[2][l] = fit + Math.log(n) * total;
      scores[3][l] = logEvidence(path, l, problem.freeRows());
    }
    Vec gcv = Vec.owning(scores[0]);
    double variance = sureVariance.orElseGet(() -> varianceAtBest(path, gcv));
    return new Criteria(
        gcv,
        Vec.owning(scores[1]),
        Vec.owning(scores[2]),
        sure(path, variance, n, intercept),
        Vec.owning(scores[3]),
        variance);
  }

  private static double logEvidence(RidgePath path, int l, double n) {
    double variance = path.isPenalizedLost(l) ? Double.NaN : path.penalizedRss().get(l) / n;
    double logDeterminant = path.traces().logDeterminant().get(l);
    double log = -0.5 * (n * Math.log(2 * Math.PI * variance) + n + logDeterminant);
    return Double.isFinite(log) ? log : Double.NaN;
  }

  /** s2 at the smallest gcv. */
  private static double varianceAtBest(RidgePath path, Vec gcv) {
    int best = LambdaGrid.given(path.lambdas()).best(gcv.toArray());
    return best < 0 ? Double.NaN : path.samplingVariance(best);
  }

  private static Vec sure(RidgePath path, double variance, double n, int intercept) {
    double[] sure = new double[path.lambdas().size()];
    for (int l = 0; l < sure.length; l++) {
      double rss = path.isLost(l) ? Double.NaN : path.rss().get(l);
      sure[l] = rss + variance * (2 * (path.df().get(l) + intercept) - n);
    }
    return Vec.owning(sure);
  }

  /** Returns the scores by which {@code rule} chooses, smaller is better; gcv for other rules. */
  Vec scores(Rule rule) {
    return switch (rule) {
      case AIC -> aic;
      case BIC -> bic;
      case SURE -> sure;
      case EVIDENCE -> logEvidence.map(value -> -value);
      case GCV, LOO, CV_MIN, CV_1SE, GIVEN -> gcv;
    };
  }
}
