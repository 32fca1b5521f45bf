package org.ridgeline.ridge;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;

/**
 * {@code T = P - N X} with {@code X = (N'GN)^-1 N'GP}, so that {@code T'GN = 0}: the penalized part
 * of coefficients, cleared of the free one. It is kept as P, N and X, and applied as such: of a
 * diagonal penalty nothing is larger than X, k x r.
 */
final class StandardTransform implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double USEFUL = 10;

  private final PenaltyBasis basis;
  private final Cholesky freeFactor; // of N'GN
  private final Matrix projection; // X

  private StandardTransform(PenaltyBasis basis, Cholesky freeFactor, Matrix projection) {
    this.basis = basis;
    this.freeFactor = freeFactor;
    this.projection = projection;
  }

  /**
   * Clears P of the free directions.
   *
   * @param freeProducts {@code N'GN}, which is overwritten
   * @param mixedProducts {@code N'GP}
   * @param noise the relative noise of these
   * @throws SingularException when the data do not determine the free directions
   */
  static StandardTransform of(
      PenaltyBasis basis, Matrix freeProducts, Matrix mixedProducts, double noise) {
    Cholesky factor =
        Cholesky.ofInPlace(freeProducts)
            .filter(known -> known.rcond() >= USEFUL * noise)
            .orElseThrow(StandardTransform::undetermined);
    return new StandardTransform(basis, factor, factor.solve(mixedProducts));
  }

  /** The refusal of free directions that the data do not determine. */
  static SingularException undetermined() {
    return new SingularException(
        "Cannot fit: the data do not determine what the penalty leaves free (collinear"
            + " unpenalized columns, or too few rows); penalize more columns");
  }

  /** r. */
  int order() {
    return basis.order();
  }

  /** k. */
  int free() {
    return basis.freeOrder();
  }

  /** {@code T v}. */
  Matrix times(Matrix v) {
    Matrix penalized = basis.times(v);
    return free() == 0 ? penalized : penalized.minus(basis.freeTimes(Blas.times(projection, v)));
  }

  /** {@code T'v}. */
  Matrix transposedTimes(Matrix v) {
    Matrix penalized = basis.transposedTimes(v);
    return free() == 0
        ? penalized
        : penalized.minus(Blas.transposedTimes(projection, basis.freeTransposedTimes(v)));
  }

  /** {@code a T}. */
  Matrix appliedTo(Matrix a) {
    Matrix penalized = basis.appliedTo(a);
    return free() == 0
        ? penalized
        : penalized.minus(Blas.times(basis.freeAppliedTo(a), projection));
  }

  /** {@code N (N'GN)^-1 N'b}. */
  Matrix freeSolution(Matrix b) {
    return basis.freeTimes(freeFactor.solve(basis.freeTransposedTimes(b)));
  }

  /** {@code v'N (N'GN)^-1 N'v} of every column. */
  double[] freeForms(Matrix v) {
    Matrix w = freeFactor.whiten(basis.freeTransposedTimes(v));
    return w.columnProducts(w);
  }

  /** {@code N L^-T} with {@code LL' = N'GN}, d x k. */
  Matrix freeDirections() {
    return basis.freeTimes(freeFactor.whiten(Matrix.identity(free())).transposed());
  }

  /** The squared lengths of the rows of T. */
  double[] squaredRows() {
    return basis.squaredRows(projection);
  }

  /** The largest element of a diagonal; 0 where there is none. */
  static double largest(double[] diagonal) {
    return Arrays.stream(diagonal).reduce(0, Math::max);
  }
}
