package org.ridgeline.linalg;

/**
 * The eigendecomposition {@code A = V diag(e) V'} of a symmetric matrix, eigenvalues ascending.
 *
 * <p>Absolute error of each eigenvalue: a small multiple of {@code p * eps * |e|_max}. Cost: about
 * 16 Cholesky factorizations; {@code 8 (3 p^2)} bytes while it runs.
 *
 * @param values the eigenvalues, ascending
 * @param vectors the orthonormal eigenvectors, one per column
 */
public record SymEigen(Vec values, Matrix vectors) {

  /** Decomposes a copy of {@code a}. */
  public static SymEigen of(SymMatrix a) {
    return ofInPlace(a.toFull(0, a.order()));
  }

  /** Decomposes {@code a}, whose content is lost. Only the lower triangle is read. */
  public static SymEigen ofInPlace(Matrix a) {
    Tridiagonal reduced = Tridiagonal.ofInPlace(a);
    Matrix vectors = reduced.restoredInPlace(reduced.eigenvectors());
    return new SymEigen(reduced.eigenvalues(), vectors);
  }
}
