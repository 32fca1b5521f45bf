package org.ridgeline.ridge;

import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;

/**
 * A ridge problem as least squares, {@code |B - A v|^2 + lambda |v|^2}, from a factor of the rows:
 * as many rows as the factor has, and {@code A'A = G}, {@code A'B = C}.
 *
 * @param inputs A, r x order
 * @param targets B, r x m
 */
record FactorProblem(Matrix inputs, Matrix targets) {

  /**
   * The standardised problem of a factor of the rows.
   *
   * @param factor centred, or about 0 where there is no intercept
   */
  static FactorProblem of(RidgeProblem problem, Matrix factor) {
    int d = problem.inputs();
    int rows = factor.rows();
    Matrix a = Matrix.zeros(rows, d);
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < rows && !problem.isAbsent(j); i++) {
        a.set(i, j, factor.get(i, j) / problem.scales().get(j));
      }
    }
    return new FactorProblem(a, factor.columns(d, factor.columns()));
  }

  /** The problem in the coordinates of a standard form. */
  FactorProblem transformed(StandardForm form) {
    Matrix b = targets.copy();
    Matrix shift = Blas.times(inputs, form.offset());
    for (int i = 0; i < b.data().length; i++) {
      b.data()[i] -= shift.data()[i];
    }
    return new FactorProblem(Blas.times(inputs, form.transform()), b);
  }
}
