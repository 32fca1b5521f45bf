package org.ridgeline.ridge;

import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The eigenvalues {@code e} and eigenvectors V of G, from G itself or from a factor of the rows,
 * with the target in their coordinates.
 */
sealed interface Spectrum permits GramSpectrum, FactorSpectrum {
  /** Which method found it. */
  SolverKind kind();

  /** e, ascending, r of them. */
  Vec values();

  /** The order of G. */
  int order();

  /** V, order x r, one eigenvector per column: where it is not there yet, it is computed. */
  Matrix vectors();

  /** The first so many columns of V. */
  Matrix vectors(int count);

  /** {@code u = V'c}, r x m. */
  Matrix projected();

  /**
   * Returns {@code b = (G + lambda I)^-1 c}, one column per lambda, without the directions that do
   * not take part.
   *
   * @param e the eigenvalues as they are used
   */
  Matrix solutions(int target, Vec lambdas, Eigenvalues e);

  /** The bound up to which an eigenvalue is rounding noise. */
  double noise();

  /**
   * Returns RSS.
   *
   * @param e the eigenvalues as they are used
   */
  double residualSumSquares(int target, double lambda, Eigenvalues e);

  /** Returns {@code RSS + lambda |b_z|^2}. */
  double penalizedSumSquares(int target, double lambda, Eigenvalues e);

  /** Returns models with the rounding of V taken away, where the rows' factor allows it. */
  PathCoefficients refined(RidgeSystem system, int target, PathCoefficients models);
}
