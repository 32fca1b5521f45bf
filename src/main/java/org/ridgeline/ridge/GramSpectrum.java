package org.ridgeline.ridge;

import java.util.Arrays;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Tridiagonal;
import org.ridgeline.linalg.Vec;

/**
 * The eigenvalues of the moments' own matrix {@code G = Q T Q'}, T tridiagonal, and models in the
 * basis of T: {@code b = Q t} with {@code (T + lambda I) t = Q'c}. In a regular problem this is all
 * that models need. Where directions are left out, or residuals of columns that can reproduce any
 * target, the eigenvectors of T are computed, {@code T = S diag(e) S'}, and {@code V = Q S} only
 * for what asks for them.
 */
final class GramSpectrum implements Spectrum {
  private final Coordinates coordinates;
  private final Tridiagonal reduced;
  private final Matrix rotated; // Q'c
  private final Vec values;
  private final double noise;
  private Matrix inner; // S; null until it is needed
  private Matrix projected; // S'Q'c; null until it is needed
  private Matrix vectors; // V; null until it is needed

  private GramSpectrum(RidgeProblem problem) {
    this.coordinates = problem.coordinates();
    this.reduced = Tridiagonal.ofInPlace(coordinates.gram());
    this.rotated = reduced.rotated(coordinates.right());
    this.values = reduced.eigenvalues();
    int d = values.size();
    this.noise = problem.noise(d == 0 ? 0 : Math.max(values.get(d - 1), 0));
  }

  /** Reduces the problem. */
  static GramSpectrum of(RidgeProblem problem) {
    return new GramSpectrum(problem);
  }

  @Override
  public SolverKind kind() {
    return SolverKind.EIGEN;
  }

  @Override
  public Vec values() {
    return values;
  }

  @Override
  public int order() {
    return reduced.order();
  }

  /** Whether every direction takes part, so that models follow from T alone. */
  private static boolean isRegular(Vec lambdas, Eigenvalues e) {
    return !e.interpolates()
        && Arrays.stream(lambdas.toArray()).allMatch(lambda -> e.firstUsed(lambda) == 0);
  }

  private Matrix inner() {
    if (inner == null) {
      inner = reduced.eigenvectors();
    }
    return inner;
  }

  @Override
  public Matrix vectors() {
    if (vectors == null) {
      vectors = vectors(order());
    }
    return vectors;
  }

  @Override
  public Matrix vectors(int count) {
    return reduced.restoredInPlace(inner().columns(0, count));
  }

  @Override
  public Matrix projected() {
    if (projected == null) {
      projected = Blas.transposedTimes(inner(), rotated);
    }
    return projected;
  }

  @Override
  public Matrix solutions(int target, Vec lambdas, Eigenvalues e) {
    return reduced.restoredInPlace(inBasis(target, lambdas, e));
  }

  /** The solutions in the basis of T. */
  private Matrix inBasis(int target, Vec lambdas, Eigenvalues e) {
    if (isRegular(lambdas, e)) {
      return reduced.solve(rotated.columnCopy(target), lambdas);
    }
    return Blas.times(inner(), e.filtered(projected().columnCopy(target), lambdas));
  }

  @Override
  public double noise() {
    return noise;
  }

  /**
   * {@code q - t'Q'c - lambda t't}; where the columns can reproduce any target, {@code sum_j
   * lambda^2 u_j^2 / (e_j (e_j + lambda)^2)}, which does not cancel.
   */
  @Override
  public double residualSumSquares(int target, double lambda, Eigenvalues e) {
    if (e.interpolates()) {
      return interpolated(target, lambda, e, 2);
    }
    Matrix t = inBasis(target, Vec.of(lambda), e);
    double explained = explained(target, t);
    double penalty = lambda * t.columnProducts(t)[0];
    return Math.max(0, coordinates.start(target) - explained - penalty);
  }

  /**
   * {@code q - t'Q'c}; where the columns can reproduce any target, {@code sum_j lambda u_j^2 / (e_j
   * (e_j + lambda))}.
   */
  @Override
  public double penalizedSumSquares(int target, double lambda, Eigenvalues e) {
    return e.interpolates()
        ? interpolated(target, lambda, e, 1)
        : Math.max(
            0, coordinates.start(target) - explained(target, inBasis(target, Vec.of(lambda), e)));
  }

  /** {@code t'Q'c}. */
  private double explained(int target, Matrix t) {
    return t.columnProducts(Matrix.column(rotated.columnCopy(target)))[0];
  }

  /** {@code sum_j (lambda / (e_j + lambda))^power u_j^2 / e_j}. */
  private double interpolated(int target, double lambda, Eigenvalues e, int power) {
    double sum = 0;
    for (int j = e.firstUsed(lambda); j < e.size(); j++) {
      double u = projected().get(j, target);
      double kept = lambda / (e.get(j) + lambda);
      sum += (power == 2 ? kept * kept : kept) * u * u / e.get(j);
    }
    return sum;
  }

  @Override
  public PathCoefficients refined(RidgeSystem system, int target, PathCoefficients models) {
    return models;
  }
}
