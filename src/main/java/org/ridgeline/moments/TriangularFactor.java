package org.ridgeline.moments;

import java.io.Serializable;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.linalg.Matrix;

/**
 * The triangular factor F of centred rows, {@code F'F = S}, by orthogonal transformations alone: it
 * keeps the digits that forming S squares away. Factors merge: the factor of stacked rows is the
 * factor of their stacked factors (Demmel, Grigori, Hoemmen, Langou 2012), here with one more row
 * for the difference of the means, as in Chan's formula.
 */
final class TriangularFactor implements Serializable {
  private static final long serialVersionUID = 1L;

  private Matrix factor;

  TriangularFactor(int order) {
    this.factor = Matrix.zeros(order, order);
  }

  private TriangularFactor(Matrix factor) {
    this.factor = factor;
  }

  /** Returns the factor that owns this upper triangular matrix. */
  static TriangularFactor owning(Matrix upper) {
    return new TriangularFactor(upper);
  }

  /** Adds {@code count} centred rows, which stand one after the other in {@code values}. */
  void add(int count, double[] values) {
    int p = factor.columns();
    Matrix stacked = stack(count);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < p; j++) {
        stacked.set(p + i, j, values[i * p + j]);
      }
    }
    factor = Lapack.triangularFactor(stacked);
  }

  /** Adds the rows of another factor, and one row more. */
  void merge(TriangularFactor other, double[] row) {
    int p = factor.columns();
    Matrix stacked = stack(p + 1);
    for (int j = 0; j < p; j++) {
      for (int i = 0; i <= j; i++) {
        stacked.set(p + i, j, other.factor.get(i, j));
      }
      stacked.set(2 * p, j, row[j]);
    }
    factor = Lapack.triangularFactor(stacked);
  }

  /** F above {@code more} empty rows. */
  private Matrix stack(int more) {
    int p = factor.columns();
    Matrix stacked = Matrix.zeros(p + more, p);
    for (int j = 0; j < p; j++) {
      for (int i = 0; i <= j; i++) {
        stacked.set(i, j, factor.get(i, j));
      }
    }
    return stacked;
  }

  /** The factor of these columns of the rows. */
  TriangularFactor columns(int[] positions) {
    int p = factor.columns();
    Matrix chosen = Matrix.zeros(p, positions.length);
    for (int j = 0; j < positions.length; j++) {
      System.arraycopy(factor.data(), positions[j] * p, chosen.data(), j * p, p);
    }
    return new TriangularFactor(Lapack.triangularFactor(chosen));
  }

  TriangularFactor copy() {
    return new TriangularFactor(factor.copy());
  }

  /** F, p x p, upper triangular: not to be written to. */
  Matrix matrix() {
    return factor;
  }
}
