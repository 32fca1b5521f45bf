package org.ridgeline.linalg;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.base.Check;

/**
 * A symmetric matrix of order p, its lower triangle packed column by column: {@code p (p + 1) / 2}
 * doubles. Orders up to 65,535 fit a Java array; LAPACK's full storage ends at 46,340.
 */
public final class SymMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int order;
  private final double[] packed;

  private SymMatrix(int order, double[] packed) {
    this.order = order;
    this.packed = packed;
  }

  /** Returns the zero matrix of this order. */
  public static SymMatrix zeros(int order) {
    return new SymMatrix(order, new double[packedLength(order)]);
  }

  /**
   * Returns a matrix that owns {@code packed}, the lower triangle column by column.
   *
   * @throws IllegalArgumentException when the length is not {@code order * (order + 1) / 2}
   */
  public static SymMatrix owning(int order, double[] packed) {
    Check.that(
        packed.length == packedLength(order),
        "Cannot make a symmetric matrix of order %d: expected %d packed values, got %d",
        order,
        packedLength(order),
        packed.length);
    return new SymMatrix(order, packed);
  }

  /** Returns the matrix whose lower triangle stands in the column-major square {@code full}. */
  public static SymMatrix fromLower(int order, double[] full) {
    SymMatrix result = zeros(order);
    for (int j = 0; j < order; j++) {
      System.arraycopy(full, j + j * order, result.packed, result.offset(j), order - j);
    }
    return result;
  }

  /**
   * The number of doubles that a packed triangle of this order takes.
   *
   * @throws IllegalArgumentException when they exceed a Java array (order above 65,535)
   */
  public static int packedLength(int order) {
    Check.that(
        order >= 0 && order <= 65_535,
        "Cannot pack a symmetric matrix of order %d: the order must be from 0 to 65535",
        order);
    return (int) ((long) order * (order + 1) / 2);
  }

  /** The number of rows and columns. */
  public int order() {
    return order;
  }

  /** The element in row {@code i}, column {@code j}. */
  public double get(int i, int j) {
    return i >= j ? packed[offset(j) + i - j] : packed[offset(i) + j - i];
  }

  /** The packed storage itself; writing to it changes the matrix. */
  public double[] packed() {
    return packed;
  }

  /** Returns where column {@code j} (its diagonal element) starts in {@link #packed()}. */
  public int offset(int j) {
    return (int) ((long) j * (2L * order - j + 1) / 2);
  }

  /** A copy of the diagonal. */
  public double[] diagonal() {
    double[] diagonal = new double[order];
    for (int j = 0; j < order; j++) {
      diagonal[j] = packed[offset(j)];
    }
    return diagonal;
  }

  /**
   * Returns the symmetric square matrix of rows and columns {@code from} (inclusive) to {@code to}
   * (exclusive), both triangles filled.
   */
  public Matrix toFull(int from, int to) {
    Matrix full = toLower(from, to);
    mirrorLower(to - from, full.data());
    return full;
  }

  /** Returns the lower triangle of {@link #toFull(int, int)}, zeros above it. */
  Matrix toLower(int from, int to) {
    int p = to - from;
    Matrix lower = Matrix.zeros(p, p);
    for (int j = 0; j < p; j++) {
      System.arraycopy(packed, offset(from + j), lower.data(), j + j * p, p - j);
    }
    return lower;
  }

  /** Copies the lower triangle of a column-major square onto its upper one, tile by tile. */
  private static void mirrorLower(int p, double[] data) {
    final int tile = 32;
    for (int j0 = 0; j0 < p; j0 += tile) {
      for (int i0 = j0; i0 < p; i0 += tile) {
        for (int j = j0; j < Math.min(j0 + tile, p); j++) {
          for (int i = Math.max(i0, j + 1); i < Math.min(i0 + tile, p); i++) {
            data[j + i * p] = data[i + j * p];
          }
        }
      }
    }
  }

  /** Returns the rectangle of rows {@code [r0, r1)} and columns {@code [c0, c1)}. */
  public Matrix block(int r0, int r1, int c0, int c1) {
    Matrix result = Matrix.zeros(r1 - r0, c1 - c0);
    for (int j = c0; j < c1; j++) {
      for (int i = r0; i < r1; i++) {
        result.set(i - r0, j - c0, get(i, j));
      }
    }
    return result;
  }

  /** Returns the rows and columns at these positions, in their order. */
  public SymMatrix at(int... positions) {
    SymMatrix result = zeros(positions.length);
    for (int j = 0, at = 0; j < positions.length; j++) {
      for (int i = j; i < positions.length; i++, at++) {
        result.packed[at] = get(positions[i], positions[j]);
      }
    }
    return result;
  }

  /** Returns {@code A x}, reading the packed triangle once. */
  public double[] times(double[] x) {
    Check.that(x.length == order, "Cannot multiply: expected %d values, got %d", order, x.length);
    double[] result = new double[order];
    for (int j = 0, at = 0; j < order; j++) {
      double sum = packed[at++] * x[j];
      for (int i = j + 1; i < order; i++, at++) {
        sum += packed[at] * x[i];
        result[i] += packed[at] * x[j];
      }
      result[j] += sum;
    }
    return result;
  }

  /** Multiplies row and column j by {@code 2^exponents[j]}: exact within the range of doubles. */
  public void scaleInPlace(int... exponents) {
    Check.that(
        exponents.length == order,
        "Cannot scale: expected %d exponents, got %d",
        order,
        exponents.length);
    for (int j = 0, at = 0; j < order; j++) {
      for (int i = j; i < order; i++, at++) {
        packed[at] = Math.scalb(packed[at], exponents[i] + exponents[j]);
      }
    }
  }

  /** A copy. */
  public SymMatrix copy() {
    return new SymMatrix(order, packed.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SymMatrix s && order == s.order && Arrays.equals(packed, s.packed);
  }

  @Override
  public int hashCode() {
    return 31 * order + Arrays.hashCode(packed);
  }
}
