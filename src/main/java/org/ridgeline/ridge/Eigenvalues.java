package org.ridgeline.ridge;

import java.util.Arrays;
import java.util.Locale;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.Words;
import org.ridgeline.linalg.Vec;

/**
 * The eigenvalues of G as they are used: which are rounding noise, which take part at a lambda, and
 * the traces of the hat matrix that follow from them. The three cases are listed in {@link
 * EigenSystem}.
 */
final class Eigenvalues {
  private static final double GAP = 1e4;
  private static final double USEFUL = 10;

  private final RidgeProblem problem;
  private final SolverKind kind;
  private final double[] values; // ascending; the noise of an exact null space set to 0
  private final double noise;
  private final int noisy; // how many eigenvalues are noise
  private final boolean exactNullSpace;

  /**
   * Judges eigenvalues.
   *
   * @param kind how they were found
   * @param found the eigenvalues, ascending
   * @param noise the bound up to which one is rounding noise
   */
  Eigenvalues(RidgeProblem problem, SolverKind kind, Vec found, double noise) {
    this.problem = problem;
    this.kind = kind;
    this.values = found.toArray();
    this.noise = noise;
    int d = values.length;
    int below = 0;
    while (below < d && values[below] <= noise) {
      below++;
    }
    this.noisy = below;
    this.exactNullSpace =
        below == d
            || (values[below] >= GAP * noise
                && (below == 0
                    || problem.spec().scaling() == Scaling.MAPPED
                    || smallestSquare(problem) >= GAP * noise));
    for (int j = 0; j < d; j++) {
      values[j] = j < below && exactNullSpace ? 0 : Math.max(values[j], 0);
    }
  }

  /** The smallest positive diagonal element of G. */
  private static double smallestSquare(RidgeProblem problem) {
    double[] diagonal = problem.coordinates().gramDiagonal();
    return Arrays.stream(diagonal).filter(g -> g > 0).min().orElse(0);
  }

  /** r, how many there are. */
  int size() {
    return values.length;
  }

  /** e_j, ascending. */
  double get(int j) {
    return values[j];
  }

  /** How many are rounding noise: the first ones. */
  int noisy() {
    return noisy;
  }

  int rank() {
    return values.length - noisy + problem.unpenalized();
  }

  double rcond(double lambda) {
    int d = values.length;
    int first = firstUsed(lambda);
    return first == d ? 1 : (values[first] + lambda) / (values[d - 1] + lambda);
  }

  LambdaRange range() {
    double trace = 0;
    double traceInverse = 0;
    for (int j = 0; j < values.length; j++) {
      trace += values[j];
      traceInverse += j < noisy ? 0 : 1 / values[j];
    }
    return trace > 0
        ? LambdaRange.of(trace, traceInverse, 10 * USEFUL * noise)
        : new LambdaRange(1e-3, 1e-3, 1e3); // nothing but constant columns: any lambda will do
  }

  Traces traces(Vec grid) {
    return new Traces(
        grid.map(this::degreesOfFreedom),
        grid.map(this::residualDegreesOfFreedom),
        grid.map(this::secondTrace),
        grid.map(this::logDeterminant));
  }

  /** {@code sum_j e_j / (e_j + lambda)}. */
  double degreesOfFreedom(double lambda) {
    double sum = problem.unpenalized();
    for (int j = firstUsed(lambda); j < values.length; j++) {
      sum += values[j] / (values[j] + lambda);
    }
    return sum;
  }

  /**
   * {@code n - i - k - rank + sum_j lambda / (e_j + lambda)}: what is left, without cancellation.
   */
  private double residualDegreesOfFreedom(double lambda) {
    int first = firstUsed(lambda);
    double sum = problem.freeRows() - (values.length - first);
    for (int j = first; j < values.length; j++) {
      sum += lambda / (values[j] + lambda);
    }
    return Math.max(0, sum);
  }

  /** {@code sum_j e_j^2 / (e_j + lambda)^2}. */
  private double secondTrace(double lambda) {
    double sum = problem.unpenalized();
    for (int j = firstUsed(lambda); j < values.length; j++) {
      double factor = values[j] / (values[j] + lambda);
      sum += factor * factor;
    }
    return sum;
  }

  /** {@code sum_j ln (1 + e_j / lambda)}. */
  private double logDeterminant(double lambda) {
    double sum = 0;
    for (int j = firstUsed(lambda); j < values.length; j++) {
      sum += Math.log1p(values[j] / lambda);
    }
    return sum;
  }

  /** {@code rows - i - k}: the most that the rank can be. */
  private long mostRank() {
    return problem.moments().rows()
        - problem.spec().intercept().degreesOfFreedom()
        - problem.unpenalized();
  }

  /** Whether the columns can reproduce any target. */
  boolean interpolates() {
    return exactNullSpace && values.length - noisy >= mostRank();
  }

  /**
   * Returns the first eigenvalue that takes part at this lambda.
   *
   * @throws SingularException when lambda leaves fewer than three digits
   */
  int firstUsed(double lambda) {
    if (noisy == values.length || exactNullSpace) {
      return noisy;
    }
    if (values[0] + lambda >= USEFUL * noise) {
      return 0;
    }
    if (values.length >= mostRank()) {
      return noisy;
    }
    Scaling scaling = problem.spec().scaling();
    Remedy remedy = Remedy.of("use lambda >= %.2g", USEFUL * noise);
    throw new SingularException(
        String.format(
            Locale.ROOT,
            "Cannot solve at lambda = %s to useful digits: the %s (rcond %.1e)",
            lambda,
            scaling == Scaling.NONE || scaling == Scaling.MAPPED
                ? "columns are nearly collinear or of very different size"
                : "standardized columns are nearly collinear",
            (values[0] + lambda) / (values[values.length - 1] + lambda)),
        kind == SolverKind.EIGEN
            ? remedy.plus(" or %s", Option.SOLVER.to(Words.of(SolverKind.TSQR)))
            : remedy);
  }
}
