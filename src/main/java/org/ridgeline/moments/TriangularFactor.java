package org.ridgeline.moments;

import java.util.Optional;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.linalg.Matrix;

/**
 * The triangular factor F of centered rows, {@code F'F = S}, by orthogonal transformations alone:
 * it keeps the digits that forming S squares away. Factors merge: the factor of stacked rows is the
 * factor of their stacked factors (Demmel, Grigori, Hoemmen, Langou 2012), here with one more row
 * for the difference of the means, as in Chan's formula.
 */
final class TriangularFactor implements RowFactor {
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

  @Override
  public void add(int count, double[] values) {
    int p = factor.columns();
    Matrix stacked = stack(count);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < p; j++) {
        stacked.set(p + i, j, values[i * p + j]);
      }
    }
    factor = Lapack.triangularFactor(stacked);
  }

  @Override
  public void merge(RowFactor other, double[] row) {
    Matrix below = ((TriangularFactor) other).factor;
    int p = factor.columns();
    Matrix stacked = stack(p + 1);
    for (int j = 0; j < p; j++) {
      for (int i = 0; i <= j; i++) {
        stacked.set(p + i, j, below.get(i, j));
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

  @Override
  public void scaleInPlace(int[] exponents) {
    factor = factor.map((i, j, value) -> Math.scalb(value, exponents[j]));
  }

  @Override
  public TriangularFactor columns(int[] positions) {
    return new TriangularFactor(Lapack.triangularFactor(factor.columnsAt(positions)));
  }

  @Override
  public TriangularFactor copy() {
    return new TriangularFactor(factor.copy());
  }

  @Override
  public Optional<TriangularFactor> triangular() {
    return Optional.of(this);
  }

  /** F, p x p, upper triangular: not to be written to. */
  Matrix matrix() {
    return factor;
  }

  @Override
  public Optional<Matrix> aboutMeans(Means means) {
    return Optional.of(factor);
  }

  @Override
  public Optional<Matrix> aboutZero(Means means, double weightSum) {
    Matrix stacked = stack(1);
    double root = Math.sqrt(weightSum);
    for (int j = 0; j < factor.columns(); j++) {
      stacked.set(factor.columns(), j, root * means.get(j));
    }
    return Optional.of(stacked);
  }
}
