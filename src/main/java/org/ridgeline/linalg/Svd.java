package org.ridgeline.linalg;

/**
 * The thin singular value decomposition {@code A = U diag(s) V'} of an n x p matrix, n >= p,
 * singular values descending. Absolute error of each: a small multiple of {@code eps s_max}.
 *
 * @param left U, n x p
 * @param values s
 * @param rightTransposed V', p x p
 */
public record Svd(Matrix left, Vec values, Matrix rightTransposed) {

  /** Decomposes {@code a}, whose content is lost. */
  public static Svd ofInPlace(Matrix a) {
    Matrix left = Matrix.zeros(a.rows(), a.columns());
    Matrix right = Matrix.zeros(a.columns(), a.columns());
    double[] values = new double[a.columns()];
    Lapack.singularValues(a, values, left, right);
    return new Svd(left, Vec.owning(values), right);
  }
}
