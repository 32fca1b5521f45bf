package org.ridgeline.forecast;

import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;

/**
 * What one set of training rows says about any number of rows, at each lambda. With nu = n - i free
 * rows (i = 1 with an intercept), e the eigenvalues of G and {@code g = lambda / (e + lambda)}:
 *
 * <pre>
 * t     = 1 - df1 / nu                 v = 1 - (2 df1 - df2e) / nu
 * kappa = lambda / (nu t)              the renormalized penalty per row
 * df2   = nu (1 - t^2 / v)             of the population; where df1 is at most nu / 2, the same as
 *         (df2e - df1^2 / nu) / v
 * M     = RSS / (nu v)                 noise + squared bias
 * Q     = (RSS + lambda |b|^2) / (nu t)
 * </pre>
 *
 * <p>t and v are sums of g and its squares, which do not cancel. M and Q are NaN where nothing to
 * rely on is left of the residual sum of squares, and all are NaN where no row is left free.
 *
 * @param rows n, the rows or the sum of frequencies
 * @param free nu
 * @param lambdas the lambdas, sum convention
 * @param df1 {@code tr H}, also that of the population at kappa
 * @param df2 {@code tr [Sigma (Sigma + kappa)^-1]^2} of the population
 * @param kappa the renormalized penalty
 * @param level M
 * @param objective Q
 * @param eigenvalues of G, ascending; empty where the solver has none
 */
public record TrainingCurve(
    double rows,
    double free,
    Vec lambdas,
    Vec df1,
    Vec df2,
    Vec kappa,
    Vec level,
    Vec objective,
    Vec eigenvalues) {

  /** Returns the curve of one target of a solved problem. */
  static TrainingCurve of(RidgeProblem problem, RidgeSystem system, RidgePath path) {
    double nu = problem.freeRows();
    Vec lambdas = path.lambdas();
    Vec squares = secondResidualDf(system, path);
    int count = lambdas.size();
    double[] df2 = new double[count];
    double[] kappa = new double[count];
    double[] level = new double[count];
    double[] objective = new double[count];
    for (int l = 0; l < count; l++) {
      double left = path.residualDf().get(l); // nu t
      double leftSquared = squares.get(l); // nu v
      double t = left / nu;
      double v = leftSquared / nu;
      double df1 = path.df().get(l);
      df2[l] =
          df1 > nu / 2 ? nu * (1 - t * t / v) : (path.traces().df2().get(l) - df1 * df1 / nu) / v;
      kappa[l] = lambdas.get(l) / left;
      level[l] = path.isLost(l) ? Double.NaN : path.rss().get(l) / leftSquared;
      objective[l] = path.isPenalizedLost(l) ? Double.NaN : path.penalizedRss().get(l) / left;
    }
    return new TrainingCurve(
        problem.observations(),
        nu,
        lambdas,
        path.df(),
        Vec.owning(df2),
        Vec.owning(kappa),
        Vec.owning(level),
        Vec.owning(objective),
        system instanceof EigenSystem eigen ? eigen.eigenvalues() : Vec.of());
  }

  /** {@code nu v}. */
  private static Vec secondResidualDf(RidgeSystem system, RidgePath path) {
    if (system instanceof EigenSystem eigen) {
      return eigen.secondResidualDf(path.lambdas());
    }
    double[] left = path.residualDf().toArray();
    for (int l = 0; l < left.length; l++) {
      left[l] = Math.max(0, left[l] - (path.df().get(l) - path.traces().df2().get(l)));
    }
    return Vec.owning(left);
  }

  /** The number of lambdas. */
  int size() {
    return lambdas.size();
  }

  /** Whether df1 and kappa can be had between the lambdas of the grid. */
  boolean isContinuous() {
    return eigenvalues.size() > 0;
  }

  /** df1 at any lambda &gt; 0. */
  double df1At(double lambda) {
    double sum = 0;
    for (int j = 0; j < eigenvalues.size(); j++) {
      double e = eigenvalues.get(j);
      sum += e / (e + lambda);
    }
    return sum;
  }

  /** kappa at any lambda &gt; 0. */
  double kappaAt(double lambda) {
    double left = free - eigenvalues.size();
    int zeros = 0;
    double sum = 0;
    for (int j = 0; j < eigenvalues.size(); j++) {
      double e = eigenvalues.get(j);
      zeros += e == 0 ? 1 : 0;
      sum += e == 0 ? 0 : lambda / (e + lambda);
    }
    return lambda / (left + zeros + sum);
  }
}
