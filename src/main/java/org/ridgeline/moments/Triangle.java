package org.ridgeline.moments;

import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;

/** S as it was summed up, and where it was asked for a factor of the same rows. */
final class Triangle implements Scatter {
  private static final long serialVersionUID = 1L;

  private final SymMatrix scatter;
  private RowFactor factor; // null unless asked for

  /** Creates a value that owns its arguments; the factor may be null. */
  Triangle(SymMatrix scatter, RowFactor factor) {
    this.scatter = scatter;
    this.factor = factor;
  }

  /** The factor, or null where there is none. */
  RowFactor rowFactor() {
    return factor;
  }

  /** The triangular factor, or null where there is none. */
  TriangularFactor triangularFactor() {
    return factor == null ? null : factor.triangular().orElse(null);
  }

  /**
   * Adds {@code S_o + between delta delta'}.
   *
   * @param delta the difference of the means
   */
  void merge(Triangle other, double between, double[] delta) {
    double[] s = scatter.packed();
    double[] t = other.scatter.packed();
    int p = delta.length;
    for (int j = 0, at = 0; j < p; j++) {
      double shift = between * delta[j];
      for (int i = j; i < p; i++, at++) {
        s[at] += t[at] + shift * delta[i];
      }
    }
    mergeFactor(other, Math.sqrt(between), delta);
  }

  private void mergeFactor(Triangle other, double root, double[] delta) {
    boolean alike =
        factor != null && other.factor != null && factor.getClass() == other.factor.getClass();
    RowFactor more = alike ? other.factor : other.triangularFactor();
    factor = alike ? factor : triangularFactor(); // the digits that both have
    if (factor != null && more != null) {
      factor.merge(more, Arrays.stream(delta).map(x -> root * x).toArray());
    } else {
      factor = null;
    }
  }

  @Override
  public double square(int j) {
    return scatter.get(j, j);
  }

  @Override
  public double get(int i, int j, Means means) {
    return scatter.get(i, j);
  }

  @Override
  public double[] times(double[] c, Means means) {
    return scatter.times(c);
  }

  @Override
  public Matrix block(int r0, int r1, int c0, int c1, Means means) {
    boolean square = r0 == c0 && r1 == c1;
    return square ? scatter.toFull(r0, r1) : scatter.block(r0, r1, c0, c1);
  }

  @Override
  public SymMatrix triangle(Means means) {
    return scatter;
  }

  @Override
  public Optional<Matrix> factor(Means means) {
    return factor == null ? Optional.empty() : factor.aboutMeans(means);
  }

  @Override
  public Optional<Matrix> factorAboutZero(Means means, double weightSum) {
    return factor == null ? Optional.empty() : factor.aboutZero(means, weightSum);
  }

  @Override
  public void scaleInPlace(int[] exponents) {
    scatter.scaleInPlace(exponents);
    if (factor != null) {
      factor.scaleInPlace(exponents);
    }
  }

  @Override
  public Triangle copy() {
    return new Triangle(scatter.copy(), factor == null ? null : factor.copy());
  }

  /** {@code S_xx f^2}, {@code S_xy f}, {@code S_yy}; a factor stays only if it is easily cut. */
  @Override
  public Triangle leading(int leading, double multiplier, int inputs) {
    int p = leading + scatter.order() - inputs;
    SymMatrix part = SymMatrix.zeros(p);
    double[] to = part.packed();
    double[] from = scatter.packed();
    for (int j = 0, at = 0; j < p; j++) {
      double column = j < leading ? multiplier : 1;
      int source = scatter.offset(j < leading ? j : inputs + j - leading);
      for (int i = j; i < leading; i++, at++) {
        to[at] = from[source + i - j] * column * multiplier;
      }
      int count = p - Math.max(j, leading);
      int rest = j < leading ? source + inputs - j : source;
      for (int i = 0; i < count; i++, at++) {
        to[at] = from[rest + i] * column;
      }
    }
    return new Triangle(part, null);
  }

  @Override
  public Triangle columns(int[] positions) {
    return new Triangle(scatter.at(positions), factor == null ? null : factor.columns(positions));
  }
}
