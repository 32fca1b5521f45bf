package org.ridgeline.forecast;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.SymEigen;
import org.ridgeline.linalg.SymMatrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;

/**
 * The error of ridge regression on new rows, foretold from the population instead of from data: its
 * deterministic equivalent in n, of rows whose columns have the covariance {@code Sigma = V diag(e)
 * V'} and the covariances g with the target, {@code u = V'g}. With {@code nu = n - i} (i = 1 with
 * an intercept),
 *
 * <pre>
 * df1(kappa) = sum e / (e + kappa)             df2(kappa) = sum [e / (e + kappa)]^2
 * kappa (nu - df1(kappa)) = lambda
 * M(kappa)   = Var(y) - sum u^2 (e + 2 kappa) / (e + kappa)^2       noise + squared bias
 * E          = M(kappa) (1 + i / n) / (1 - df2(kappa) / nu)
 * </pre>
 *
 * <p>For {@code Sigma = I} this is the closed form of Hastie, Montanari, Rosset and Tibshirani
 * (Annals of Statistics 2022, corollary 5) at d / nu, noise included. Without a penalty kappa is 0
 * for more than d free rows, and E is infinite at exactly d. Costs O(d) per step of a bisection.
 */
public final class PopulationRisk {
  private final Vec eigenvalues;
  private final Vec projections;
  private final double targetVariance;

  private PopulationRisk(Vec eigenvalues, Vec projections, double targetVariance) {
    this.eigenvalues = eigenvalues;
    this.projections = projections;
    this.targetVariance = targetVariance;
  }

  /**
   * Returns the risk of these columns.
   *
   * @param covariance Sigma, d x d; eigenvalues that are negative by rounding count as 0
   * @param withTarget g, d covariances with the target
   * @param targetVariance Var(y), noise included
   */
  public static PopulationRisk of(SymMatrix covariance, Vec withTarget, double targetVariance) {
    int d = covariance.order();
    Check.that(
        withTarget.size() == d,
        "Cannot foretell a risk: %d columns have %d covariances with the target",
        d,
        withTarget.size());
    SymEigen eigen = SymEigen.of(covariance);
    double[] e = eigen.values().toArray();
    double[] u = new double[d];
    for (int j = 0; j < d; j++) {
      e[j] = Math.max(0, e[j]);
      for (int i = 0; i < d; i++) {
        u[j] += eigen.vectors().get(i, j) * withTarget.get(i);
      }
    }
    return new PopulationRisk(Vec.owning(e), Vec.owning(u), targetVariance);
  }

  /**
   * Returns the risk of d independent columns of variance 1.
   *
   * @param signal {@code |beta|^2}
   * @param noise the variance of what they do not explain
   */
  public static PopulationRisk isotropic(int d, double signal, double noise) {
    double[] ones = new double[d];
    double[] u = new double[d];
    Arrays.fill(ones, 1);
    Arrays.fill(u, Math.sqrt(signal / d));
    return new PopulationRisk(Vec.owning(ones), Vec.owning(u), signal + noise);
  }

  /**
   * Returns E, the mean squared error on new rows, their noise included.
   *
   * @param rows n, more than i
   * @param lambda sum convention, 0 allowed
   */
  public double at(double rows, double lambda, Intercept intercept) {
    int i = intercept.degreesOfFreedom();
    double free = rows - i;
    Check.that(free > 0 && lambda >= 0, "Cannot foretell the risk of %s rows at %s", rows, lambda);
    double kappa = kappa(free, lambda);
    double used = sum(e -> square(e / (e + kappa)));
    return used < free
        ? level(kappa) * (1 + i / rows) / (1 - used / free)
        : Double.POSITIVE_INFINITY;
  }

  /** M. */
  private double level(double kappa) {
    double level = targetVariance;
    for (int j = 0; j < eigenvalues.size(); j++) {
      double e = eigenvalues.get(j);
      if (e > 0) {
        level -= square(projections.get(j) / (e + kappa)) * (e + 2 * kappa);
      }
    }
    return level;
  }

  /** kappa, by bisection of its logarithm; 0 where nothing asks for more. */
  private double kappa(double free, double lambda) {
    if (lambda == 0 && sum(e -> 1) <= free) {
      return 0;
    }
    double low = Math.log(Double.MIN_NORMAL);
    double high = Math.log((sum(e -> e) + lambda) / free) + 1; // as df1 <= sum e / kappa
    for (double middle = (low + high) / 2; low < middle && middle < high; ) {
      double kappa = Math.exp(middle);
      if (kappa * (free - sum(e -> e / (e + kappa))) < lambda) {
        low = middle;
      } else {
        high = middle;
      }
      middle = (low + high) / 2;
    }
    return Math.exp(high);
  }

  /** Over the positive eigenvalues. */
  private double sum(DoubleUnaryOperator of) {
    double sum = 0;
    for (int j = 0; j < eigenvalues.size(); j++) {
      sum += eigenvalues.get(j) > 0 ? of.applyAsDouble(eigenvalues.get(j)) : 0;
    }
    return sum;
  }

  private static double square(double x) {
    return x * x;
  }
}
