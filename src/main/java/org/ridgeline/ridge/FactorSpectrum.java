package org.ridgeline.ridge;

import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Svd;
import org.ridgeline.linalg.Vec;

/**
 * The singular values s of a {@link FactorProblem} {@code A = U diag(s) V'} and its targets in the
 * left singular vectors, {@code g = U'B}: residuals are sums of squares, without the cancellation
 * of {@code q - b'c}.
 */
final class FactorSpectrum implements Spectrum {
  private final RidgeProblem problem;
  private final double[] singular; // ascending
  private final Matrix vectors; // V
  private final Matrix left; // g, r x m
  private final double[] outside; // |B - U U'B|^2 of each target
  private final Optional<ExactResidual> exact;

  private FactorSpectrum(
      RidgeProblem problem, double[] singular, Matrix vectors, Matrix left, double[] outside) {
    this.problem = problem;
    this.singular = singular;
    this.vectors = vectors;
    this.left = left;
    this.outside = outside;
    this.exact = ExactResidual.of(problem);
  }

  /**
   * Decomposes A itself, or A' where that is the taller one.
   *
   * @throws IllegalArgumentException when the moments have no factor
   */
  static FactorSpectrum of(RidgeProblem problem) {
    FactorProblem least = problem.factorProblem();
    Matrix a = least.inputs();
    boolean wide = a.rows() < a.columns();
    Svd svd = Svd.ofInPlace(wide ? a.transposed() : a.copy());
    Matrix u = wide ? svd.rightTransposed().transposed() : svd.left();
    Matrix v = wide ? svd.left() : svd.rightTransposed().transposed();
    Matrix g = Blas.transposedTimes(u, least.targets());
    double[] outside = outside(least.targets(), Blas.times(u, g));
    int r = svd.values().size();
    int[] ascending = new int[r];
    Arrays.setAll(ascending, j -> r - 1 - j);
    double[] singular = Arrays.stream(ascending).mapToDouble(svd.values()::get).toArray();
    return new FactorSpectrum(
        problem, singular, v.columnsAt(ascending), g.rowsAt(ascending), outside);
  }

  private static double[] outside(Matrix targets, Matrix inside) {
    double[] outside = new double[targets.columns()];
    for (int t = 0; t < outside.length; t++) {
      for (int i = 0; i < inside.rows(); i++) {
        double rest = targets.get(i, t) - inside.get(i, t);
        outside[t] += rest * rest;
      }
    }
    return outside;
  }

  @Override
  public SolverKind kind() {
    return problem.spec().solver() == SolverKind.TSQR ? SolverKind.TSQR : SolverKind.DUAL;
  }

  /** {@code s^2}. */
  @Override
  public Vec values() {
    return Vec.of(singular).map(s -> s * s);
  }

  @Override
  public int order() {
    return vectors.rows();
  }

  @Override
  public Matrix vectors() {
    return vectors;
  }

  @Override
  public Matrix vectors(int count) {
    return vectors.columns(0, count);
  }

  /** {@code u = s g}. */
  @Override
  public Matrix projected() {
    return left.map((j, t, g) -> singular[j] * g);
  }

  @Override
  public Matrix solutions(int target, Vec lambdas, Eigenvalues e) {
    return Blas.times(vectors, e.filtered(projected().columnCopy(target), lambdas));
  }

  /** The square of the bound up to which a singular value is rounding noise. */
  @Override
  public double noise() {
    double largest = singular.length == 0 ? 0 : singular[singular.length - 1];
    double bound = problem.relativeNoise() * largest;
    return bound * bound;
  }

  @Override
  public double residualSumSquares(int target, double lambda, Eigenvalues e) {
    return sumSquares(target, lambda, e, 2);
  }

  @Override
  public double penalizedSumSquares(int target, double lambda, Eigenvalues e) {
    return sumSquares(target, lambda, e, 1);
  }

  /**
   * {@code |B - U U'B|^2 + sum_j (lambda / (e_j + lambda))^power g_j^2}; unused values explain
   * nothing. Where the columns can reproduce any target, what is outside of U or unused is
   * rounding.
   */
  private double sumSquares(int target, double lambda, Eigenvalues e, int power) {
    boolean interpolates = e.interpolates();
    int first = e.firstUsed(lambda);
    double sum = interpolates ? 0 : outside[target];
    for (int j = interpolates ? first : 0; j < singular.length; j++) {
      double g = left.get(j, target);
      double kept = j < first ? 1 : lambda / (singular[j] * singular[j] + lambda);
      sum += (power == 2 ? kept * kept : kept) * g * g;
    }
    return sum;
  }

  @Override
  public PathCoefficients refined(RidgeSystem system, int target, PathCoefficients models) {
    return exact.map(residual -> residual.refined(problem, system, target, models)).orElse(models);
  }
}
