package org.ridgeline.ridge;

import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.Moments;

/**
 * A ridge problem as least squares, {@code |B - A v|^2 + lambda |v|^2}, from the triangular factor
 * of the rows: as many rows as the factor has, and {@code A'A = G}, {@code A'B = C}.
 *
 * @param inputs A, p x order
 * @param targets B, p x m
 */
record FactorProblem(Matrix inputs, Matrix targets) {

  /** The standardised problem of a factor of centred rows. */
  static FactorProblem of(RidgeProblem problem, Matrix centred) {
    int d = problem.inputs();
    int p = centred.columns();
    Matrix factor =
        problem.spec().intercept() == Intercept.NONE
            ? aboutZero(centred, problem.moments())
            : centred;
    Matrix a = Matrix.zeros(p, d);
    Matrix b = Matrix.zeros(p, p - d);
    for (int j = 0; j < p; j++) {
      for (int i = 0; i <= j; i++) {
        if (j >= d) {
          b.set(i, j - d, factor.get(i, j));
        } else if (!problem.isAbsent(j)) {
          a.set(i, j, factor.get(i, j) / problem.scales().get(j));
        }
      }
    }
    return new FactorProblem(a, b);
  }

  /** Adds the means' own row, {@code sqrt(W) mean}. */
  private static Matrix aboutZero(Matrix centred, Moments moments) {
    int p = centred.columns();
    Matrix stacked = Matrix.zeros(p + 1, p);
    double root = Math.sqrt(moments.weightSum());
    for (int j = 0; j < p; j++) {
      for (int i = 0; i <= j; i++) {
        stacked.set(i, j, centred.get(i, j));
      }
      stacked.set(p, j, root * moments.mean(j));
    }
    return Lapack.triangularFactor(stacked);
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
