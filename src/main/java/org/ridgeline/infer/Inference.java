package org.ridgeline.infer;

import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.QuadraticForms;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;

/**
 * The uncertainty of one model, and what its lambda amounts to in other terms.
 *
 * @param errors of the coefficients, both kinds
 * @param samplingVariance s2 of the standard errors; NaN where no degrees of freedom are left
 * @param posteriorVariance s2 of the posterior
 * @param priorVariance {@code tau2 = s2 / lambda}, posterior s2: the prior of a standardized
 *     coefficient; infinite at lambda = 0; NaN under a penalty with an operator
 * @param inputNoise {@code lambda / W}: noise of this variance, added to the standardized inputs,
 *     would shrink as lambda does; NaN under a penalty with an operator
 * @param stoppingTime when gradient flow has the same degrees of freedom; infinite at lambda = 0,
 *     empty where the eigenvalues were not computed
 * @param rank of the inputs: the degrees of freedom of least squares
 * @param featureDf the diagonal of {@code (G + lambda I)^-1 G}, whose sum is df; NaN where lambda =
 *     0 leaves it undefined, and for a penalty other than that of plain ridge
 * @param quantile the t of {@link #LEVEL} with n - i - k degrees of freedom (k directions free of
 *     the penalty): coefficients +- t times their posterior deviation are credible intervals; NaN
 *     without degrees of freedom
 */
public record Inference(
    CoefficientErrors errors,
    double samplingVariance,
    double posteriorVariance,
    double priorVariance,
    double inputNoise,
    OptionalDouble stoppingTime,
    int rank,
    Vec featureDf,
    double quantile) {
  /** The probability that credible intervals hold. */
  public static final double LEVEL = 0.95;

  /**
   * Computes everything for one model.
   *
   * @param system the solved problem
   * @param problem the same problem
   * @param path the fits of one target
   * @param l which of them
   * @param eigenvalues see {@link #eigenvalues}
   */
  public static Inference of(
      RidgeSystem system, RidgeProblem problem, RidgePath path, int l, Optional<Vec> eigenvalues) {
    double lambda = path.lambdas().get(l);
    QuadraticForms diagonal = system.diagonalForms(lambda);
    double posterior = CoefficientErrors.posteriorVariance(problem, path, l);
    double df = path.df().get(l);
    double free = problem.freeRows();
    double perCoefficient = problem.spec().penalty().hasOperator() ? Double.NaN : lambda;
    return new Inference(
        CoefficientErrors.of(system, problem, path, l, diagonal),
        path.samplingVariance(l),
        posterior,
        posterior / perCoefficient,
        perCoefficient / problem.moments().weightSum(),
        eigenvalues.isPresent()
            ? OptionalDouble.of(
                lambda > 0 ? GradientFlow.time(eigenvalues.get(), df) : Double.POSITIVE_INFINITY)
            : OptionalDouble.empty(),
        system.rank(),
        featureDf(problem, lambda, diagonal.posterior()),
        free > 0 ? StudentT.twoSided(LEVEL, free) : Double.NaN);
  }

  /** The share of least squares that so many degrees of freedom keep: df / rank, 0 for rank 0. */
  public double keptShare(double df) {
    return rank == 0 ? 0 : df / rank;
  }

  /**
   * The eigenvalues of G: those of {@code system} if it has them, else computed, for up to 1000
   * inputs; empty for a penalty other than that of plain ridge.
   */
  public static Optional<Vec> eigenvalues(RidgeSystem system, RidgeProblem problem) {
    if (!problem.spec().penalty().isIdentity()) {
      return Optional.empty();
    }
    if (system instanceof EigenSystem eigen) {
      return Optional.of(eigen.eigenvalues());
    }
    return problem.inputs() > Collinearity.MANY_INPUTS
        ? Optional.empty()
        : Optional.of(EigenSystem.of(problem).eigenvalues());
  }

  /** {@code diag(A^-1 G) = 1 - lambda diag(A^-1)}; NaN for a penalty other than plain ridge. */
  private static Vec featureDf(RidgeProblem problem, double lambda, Vec inverse) {
    boolean plain = problem.spec().penalty().isIdentity();
    double[] df = new double[inverse.size()];
    for (int j = 0; j < df.length; j++) {
      double share = plain ? Math.max(0, 1 - lambda * inverse.get(j)) : Double.NaN;
      df[j] = problem.isAbsent(j) ? 0 : share;
    }
    return Vec.owning(df);
  }
}
