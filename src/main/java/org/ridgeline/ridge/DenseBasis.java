package org.ridgeline.ridge;

import java.util.Arrays;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymEigen;

/**
 * The basis of an R with an operator, from the eigenvectors of R.
 *
 * @param penalized P, d x r
 * @param free N, d x k
 */
record DenseBasis(Matrix penalized, Matrix free) implements PenaltyBasis {

  /** Decomposes R; eigenvalues up to {@code d eps} of the largest are 0. */
  static DenseBasis of(Penalty penalty, Matrix operator, boolean[] absent) {
    int d = absent.length;
    boolean[] isPresent = new boolean[d];
    for (int j = 0; j < d; j++) {
      isPresent[j] = !absent[j];
    }
    int[] present = PenaltyBasis.positions(isPresent);
    double[] roots =
        Arrays.stream(present).mapToDouble(j -> Math.sqrt(penalty.factor(j))).toArray();
    Matrix l = operator.columnsAt(present).scaledColumns(roots);
    SymEigen eigen = SymEigen.ofInPlace(Blas.transposedTimes(l, l));
    double[] values = eigen.values().toArray();
    double largest = values.length == 0 ? 0 : values[values.length - 1];
    int k = 0;
    while (k < values.length && values[k] <= 4 * values.length * Math.ulp(1.0) * largest) {
      k++;
    }
    Matrix penalized = Matrix.zeros(d, values.length - k);
    Matrix free = Matrix.zeros(d, k);
    for (int c = 0; c < values.length; c++) {
      for (int i = 0; i < present.length; i++) {
        double v = eigen.vectors().get(i, c);
        if (c < k) {
          free.set(present[i], c, v);
        } else {
          penalized.set(present[i], c - k, v / Math.sqrt(values[c]));
        }
      }
    }
    return new DenseBasis(penalized, free);
  }

  @Override
  public int order() {
    return penalized.columns();
  }

  @Override
  public int freeOrder() {
    return free.columns();
  }

  @Override
  public Matrix times(Matrix v) {
    return Blas.times(penalized, v);
  }

  @Override
  public Matrix transposedTimes(Matrix v) {
    return Blas.transposedTimes(penalized, v);
  }

  @Override
  public Matrix appliedTo(Matrix a) {
    return Blas.times(a, penalized);
  }

  @Override
  public double[] formDiagonal(Matrix m) {
    return penalized.columnProducts(m);
  }

  @Override
  public Matrix freeTimes(Matrix t) {
    return Blas.times(free, t);
  }

  @Override
  public Matrix freeTransposedTimes(Matrix v) {
    return Blas.transposedTimes(free, v);
  }

  @Override
  public Matrix freeAppliedTo(Matrix a) {
    return Blas.times(a, free);
  }

  @Override
  public double[] squaredRows(Matrix x) {
    Matrix rows = penalized.minus(Blas.times(free, x));
    double[] squares = new double[rows.rows()];
    for (int c = 0; c < rows.columns(); c++) {
      for (int j = 0; j < squares.length; j++) {
        squares[j] += rows.get(j, c) * rows.get(j, c);
      }
    }
    return squares;
  }
}
