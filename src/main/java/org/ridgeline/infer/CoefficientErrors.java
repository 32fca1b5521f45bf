package org.ridgeline.infer;

import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.QuadraticForms;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;

/**
 * The uncertainty of the coefficients of one model, in original units; NaN where it is undefined.
 *
 * <pre>
 * posterior  Cov(b_z) = s2 A^-1         s2 = (RSS + lambda |b_z|^2) / (n - i): the prior
 *            b_z ~ N(0, s2 / lambda) and the data (Hoerl, Kennard 1970; Lindley, Smith 1972)
 * sampling   Cov(b_z) = s2 A^-1 G A^-1  s2 = RSS / (n - 2 tr H + tr HH'): over samples of y, about
 *            E[b], which the penalty has moved from the truth
 * </pre>
 *
 * <p>The intercept {@code a = ybar - xbar'b} has variance {@code s2 / W + xbar' Cov(b) xbar}. A
 * constant column has standard error 0 and the prior's own deviation.
 *
 * @param posteriorSd of each coefficient
 * @param standardError of each coefficient
 * @param interceptPosteriorSd of the intercept; 0 without one
 * @param interceptStandardError of the intercept; 0 without one
 */
public record CoefficientErrors(
    Vec posteriorSd,
    Vec standardError,
    double interceptPosteriorSd,
    double interceptStandardError) {

  /**
   * Computes the errors of one fit.
   *
   * @param system the solved problem
   * @param problem the same problem
   * @param path the fits of one target
   * @param l which of them
   */
  public static CoefficientErrors of(
      RidgeSystem system, RidgeProblem problem, RidgePath path, int l) {
    return of(system, problem, path, l, system.diagonalForms(path.lambdas().get(l)));
  }

  /** Computes them from the forms of the unit vectors, {@code system.diagonalForms(lambda)}. */
  static CoefficientErrors of(
      RidgeSystem system, RidgeProblem problem, RidgePath path, int l, QuadraticForms diagonal) {
    double lambda = path.lambdas().get(l);
    double posterior = posteriorVariance(problem, path, l);
    double sampling = path.samplingVariance(l);
    Vec scales = problem.scales();
    boolean intercept = problem.spec().intercept() == Intercept.FREE;
    double perWeight = 1 / problem.moments().weightSum();
    QuadraticForms means = system.forms(lambda, standardizedMeans(problem));
    return new CoefficientErrors(
        deviations(posterior, withAbsent(problem, diagonal.posterior(), 1 / lambda), scales),
        deviations(sampling, withAbsent(problem, diagonal.sampling(), 0), scales),
        intercept ? deviation(posterior, perWeight + means.posterior().get(0)) : 0,
        intercept ? deviation(sampling, perWeight + means.sampling().get(0)) : 0);
  }

  /** {@code (RSS + lambda |b_z|^2) / (n - i)}: the residual variance at the evidence's maximum. */
  public static double posteriorVariance(RidgeProblem problem, RidgePath path, int l) {
    double free = problem.freeRows();
    return free > 0 && !path.isPenalizedLost(l) ? path.penalizedRss().get(l) / free : Double.NaN;
  }

  private static Matrix standardizedMeans(RidgeProblem problem) {
    Moments moments = problem.moments();
    Matrix means = Matrix.zeros(problem.inputs(), 1);
    for (int j = 0; j < problem.inputs(); j++) {
      boolean counts = !problem.isAbsent(j);
      means.set(j, 0, counts ? moments.unitMean(j) / problem.unitScale(j) : 0);
    }
    return means;
  }

  /** Returns the forms with those of absent columns, which the prior alone determines. */
  private static Vec withAbsent(RidgeProblem problem, Vec forms, double absent) {
    double[] all = forms.toArray();
    for (int j = 0; j < all.length; j++) {
      boolean plain = problem.isAbsent(j) && problem.spec().penalty().isIdentity();
      all[j] = plain ? absent : all[j];
    }
    return Vec.owning(all);
  }

  private static Vec deviations(double variance, Vec forms, Vec scales) {
    double[] result = new double[forms.size()];
    for (int j = 0; j < result.length; j++) {
      result[j] = deviation(variance, forms.get(j)) / scales.get(j);
    }
    return Vec.owning(result);
  }

  private static double deviation(double variance, double form) {
    double product = variance * form;
    return Double.isFinite(product) ? Math.sqrt(product) : Double.NaN;
  }
}
