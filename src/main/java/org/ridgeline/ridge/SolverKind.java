package org.ridgeline.ridge;

import org.ridgeline.base.Words;

/** How the systems {@code (G + lambda I) b = c} are solved. */
public enum SolverKind {
  /** By the table in {@link SolverTable}. */
  AUTO,
  /** One equilibrated Cholesky factorization per lambda. */
  CHOLESKY,
  /** One tridiagonal form for all lambdas; eigenvectors only for what needs them. */
  EIGEN,
  /** The singular values of a triangular factor of the rows: no squared condition number. */
  TSQR,
  /** The singular values of the rows themselves: for fewer rows than columns. */
  DUAL;

  /** The name used in options and reports, in lower case. */
  public String label() {
    return Words.of(this);
  }
}
