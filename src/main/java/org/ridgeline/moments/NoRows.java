package org.ridgeline.moments;

import java.util.Optional;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;

/** The scatter of no rows, of either kind. */
final class NoRows implements Scatter {
  private static final long serialVersionUID = 1L;

  private final int order;

  NoRows(int order) {
    this.order = order;
  }

  @Override
  public double square(int j) {
    return 0;
  }

  @Override
  public double get(int i, int j, Means means) {
    return 0;
  }

  @Override
  public double[] times(double[] c, Means means) {
    return new double[order];
  }

  @Override
  public Matrix block(int r0, int r1, int c0, int c1, Means means) {
    return Matrix.zeros(r1 - r0, c1 - c0);
  }

  @Override
  public SymMatrix triangle(Means means) {
    return SymMatrix.zeros(order);
  }

  @Override
  public Optional<Matrix> factor(Means means) {
    return Optional.empty();
  }

  @Override
  public Optional<Matrix> factorAboutZero(Means means, double weightSum) {
    return Optional.empty();
  }

  @Override
  public void scaleInPlace(int[] exponents) {}

  @Override
  public NoRows copy() {
    return this;
  }

  @Override
  public NoRows leading(int leading, double multiplier, int inputs) {
    return new NoRows(leading + order - inputs);
  }

  @Override
  public NoRows columns(int[] positions) {
    return new NoRows(positions.length);
  }
}
