package org.ridgeline.ridge;

import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymEigen;
import org.ridgeline.linalg.Vec;

/** The eigendecomposition {@code G = V diag(e) V'} of the moments' own matrix. */
final class GramSpectrum implements Spectrum {
  private final Coordinates coordinates;
  private final SymEigen eigen;
  private final Matrix projected;
  private final double noise;

  private GramSpectrum(RidgeProblem problem) {
    this.coordinates = problem.coordinates();
    this.eigen = SymEigen.ofInPlace(coordinates.gram());
    this.projected = Blas.transposedTimes(eigen.vectors(), coordinates.right());
    int d = eigen.values().size();
    this.noise = problem.noise(d == 0 ? 0 : Math.max(eigen.values().get(d - 1), 0));
  }

  /** Decomposes the problem. */
  static GramSpectrum of(RidgeProblem problem) {
    return new GramSpectrum(problem);
  }

  @Override
  public SolverKind kind() {
    return SolverKind.EIGEN;
  }

  @Override
  public Vec values() {
    return eigen.values();
  }

  @Override
  public Matrix vectors() {
    return eigen.vectors();
  }

  @Override
  public Matrix projected() {
    return projected;
  }

  @Override
  public double noise() {
    return noise;
  }

  /**
   * {@code q - sum_j u_j^2 (e_j + 2 lambda) / (e_j + lambda)^2}; where the columns can reproduce
   * any target, {@code sum_j lambda^2 u_j^2 / (e_j (e_j + lambda)^2)}, which does not cancel.
   */
  @Override
  public double residualSumSquares(int target, double lambda, Eigenvalues e) {
    boolean interpolates = e.interpolates();
    double sum = interpolates ? 0 : coordinates.start(target);
    for (int j = e.firstUsed(lambda); j < e.size(); j++) {
      double penalized = e.get(j) + lambda;
      double ratio = projected.get(j, target) / penalized;
      sum +=
          interpolates
              ? lambda * ratio * (lambda * ratio) / e.get(j)
              : -ratio * ratio * (penalized + lambda);
    }
    return Math.max(0, sum);
  }

  /**
   * {@code q - sum_j u_j^2 / (e_j + lambda)}; where the columns can reproduce any target, {@code
   * sum_j lambda u_j^2 / (e_j (e_j + lambda))}.
   */
  @Override
  public double penalizedSumSquares(int target, double lambda, Eigenvalues e) {
    boolean interpolates = e.interpolates();
    double sum = interpolates ? 0 : coordinates.start(target);
    for (int j = e.firstUsed(lambda); j < e.size(); j++) {
      double u = projected.get(j, target);
      double penalized = e.get(j) + lambda;
      sum += u * u / penalized * (interpolates ? lambda / e.get(j) : -1);
    }
    return Math.max(0, sum);
  }

  @Override
  public PathCoefficients refined(RidgeSystem system, int target, PathCoefficients models) {
    return models;
  }
}
