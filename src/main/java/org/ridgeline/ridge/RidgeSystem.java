package org.ridgeline.ridge;

import java.util.List;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * One problem, ready to be solved for any lambda. Every implementation obeys the same contract:
 * solutions satisfy {@code (G + lambda I) b = c} to {@code eps / rcond}, coefficients of absent
 * columns are 0, degrees of freedom fall from the rank (lambda = 0) to 0 (lambda to infinity), and
 * what cannot be solved to useful digits is refused.
 */
public interface RidgeSystem {
  /** Returns the method that solves it: never {@link SolverKind#AUTO}. */
  SolverKind kind();

  /**
   * Solves for every target.
   *
   * @param lambdas one list of lambdas per target; equal lists are solved together
   * @return one set of models per target
   * @throws SingularException when a lambda leaves fewer than three digits, naming one that does
   *     not
   */
  List<PathCoefficients> solve(List<Vec> lambdas);

  /**
   * Solves for every target, with degrees of freedom and residual sums of squares.
   *
   * @see #solve
   */
  List<RidgePath> paths(List<Vec> lambdas);

  /**
   * {@code (G + lambda R)^-1 B} in standardized coordinates, R the identity for plain ridge.
   *
   * @param right B, d x k
   */
  Matrix solve(double lambda, Matrix right);

  /**
   * Returns the forms of the unit vectors: the diagonals of {@code A^-1} and {@code A^-1 G A^-1}.
   */
  QuadraticForms diagonalForms(double lambda);

  /**
   * Returns the forms of any vectors.
   *
   * @param v d x k, one vector per column, in standardized coordinates
   */
  QuadraticForms forms(double lambda, Matrix v);

  /** Estimates the reciprocal condition number of {@code G + lambda I} as it was solved. */
  double rcond(double lambda);

  /** Returns the numerical rank of G. */
  int rank();

  /** Returns the range of lambdas worth trying. */
  LambdaRange range();
}
