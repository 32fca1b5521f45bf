/**
 * Dense linear algebra: checked values over {@code double[]}, a facade over netlib's BLAS and
 * LAPACK, and the factorizations that ridge needs.
 *
 * <p>Notation: {@code p} is the order of a symmetric matrix, {@code L} a lower triangle, {@code V
 * diag(e) V'} an eigendecomposition. Matrices are column-major; symmetric matrices keep their lower
 * triangle, packed column by column.
 *
 * <pre>{@code
 * SymMatrix a = SymMatrix.fromLower(2, new double[] {4, 2, 0, 3});
 * Cholesky chol = Cholesky.of(a).orElseThrow();
 * Matrix x = chol.solve(Matrix.column(8, 7));   // A x = b
 * double digitsKept = -Math.log10(Math.ulp(1.0) / chol.rcond());
 * }</pre>
 */
package org.ridgeline.linalg;
