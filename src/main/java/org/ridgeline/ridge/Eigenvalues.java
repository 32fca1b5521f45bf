package org.ridgeline.ridge;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.Words;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The eigenvalues of G as they are used: which are rounding noise, which take part at a lambda, and
 * the traces of the hat matrix that follow from them. The three cases are listed in {@link
 * EigenSystem}.
 */
final class Eigenvalues {
  private static final double GAP = 1e4;
  private static final double USEFUL = 10;
  private static final double ROUNDED_UP = 1.06; // two digits of more are no less

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
   * @param dependent whether the first so many eigenvectors are exact dependences between columns
   */
  Eigenvalues(
      RidgeProblem problem, SolverKind kind, Vec found, double noise, IntPredicate dependent) {
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
        below == 0
            ? d == 0 || values[0] >= GAP * noise
            : hasGap() && (isKnown() || dependent.test(below));
    for (int j = 0; j < d; j++) {
      values[j] = j < below && exactNullSpace ? 0 : Math.max(values[j], 0);
    }
  }

  /** Whether what is not noise is far above it, and no column as a whole is noise. */
  private boolean hasGap() {
    return noisy == values.length
        || (values[noisy] >= GAP * noise
            && (problem.spec().scaling() == Scaling.MAPPED
                || smallestSquare(problem) >= GAP * noise));
  }

  /**
   * Whether the null space needs no proof: there are as few rows as to make it, or as many columns
   * of zeros, or it was found in the digits of the rows themselves, or the columns are mapped
   * features: parts of a kernel, which the minimum norm approximates best without the noise.
   */
  private boolean isKnown() {
    return kind != SolverKind.EIGEN
        || values.length >= mostRank()
        || noisy <= zeros()
        || problem.spec().scaling() == Scaling.MAPPED;
  }

  /** The number of columns of zeros. */
  int zeros() {
    double[] diagonal = problem.coordinates().gramDiagonal();
    return (int) Arrays.stream(diagonal).filter(g -> g == 0).count();
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

  /**
   * {@code n - i - k - rank + sum_j (lambda / (e_j + lambda))^2 = n - i - 2 tr H + tr HH'}, without
   * cancellation.
   */
  double secondResidualTrace(double lambda) {
    int first = firstUsed(lambda);
    double sum = problem.freeRows() - (values.length - first);
    for (int j = first; j < values.length; j++) {
      double kept = lambda / (values[j] + lambda);
      sum += kept * kept;
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

  /** {@code u_j / (e_j + lambda)}, one column per lambda; 0 where e_j does not take part. */
  Matrix filtered(double[] projected, Vec lambdas) {
    Matrix filtered = Matrix.zeros(values.length, lambdas.size());
    for (int l = 0; l < lambdas.size(); l++) {
      double lambda = lambdas.get(l);
      for (int j = firstUsed(lambda); j < values.length; j++) {
        filtered.set(j, l, projected[j] / (values[j] + lambda));
      }
    }
    return filtered;
  }

  /** {@code rows - i - k}: the most that the rank can be. */
  long mostRank() {
    return problem.moments().rows()
        - problem.spec().intercept().degreesOfFreedom()
        - problem.unpenalized();
  }

  /** Whether the columns can reproduce any target. */
  boolean interpolates() {
    return exactNullSpace && values.length - noisy >= mostRank();
  }

  /** Whether a lambda is so small that noise would decide what it leaves of a noisy direction. */
  boolean isBelowNoise(double lambda) {
    return lambda < USEFUL * noise;
  }

  /** The smallest lambda that leaves three digits: 0 where every lambda does. */
  double smallestLambda() {
    boolean any =
        noisy == values.length
            || exactNullSpace
            || values[0] >= USEFUL * noise
            || values.length >= mostRank();
    return any ? 0 : ROUNDED_UP * USEFUL * noise;
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
    Remedy remedy = Remedy.of("use lambda >= %.2g", ROUNDED_UP * USEFUL * noise);
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
