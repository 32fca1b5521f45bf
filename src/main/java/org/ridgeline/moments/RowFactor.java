package org.ridgeline.moments;

import java.io.Serializable;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;

/**
 * Rows F with {@code F'F = S}, kept beside the scatter S of the same rows: they have the digits
 * that forming S squares away.
 */
sealed interface RowFactor extends Serializable permits TriangularFactor, LongFactor {
  /** Adds the rows of a block as they were read, in the units of their columns. */
  default void read(RowBlock block) {}

  /**
   * Adds the same rows, centered and weighted, one after the other in {@code values}, and Chan's
   * row for the shift of the mean.
   */
  default void add(int count, double[] values) {}

  /**
   * Adds the rows of {@code other}, which is of the same kind.
   *
   * @param row Chan's row for the difference of the means
   */
  void merge(RowFactor other, double[] row);

  /** Multiplies column j by {@code 2^exponents[j]}. */
  void scaleInPlace(int[] exponents);

  /** Returns an independent copy. */
  RowFactor copy();

  /** Returns the factor of these columns, in this order. */
  RowFactor columns(int[] positions);

  /** Returns F about the means of the rows. */
  Optional<Matrix> aboutMeans(Means means);

  /**
   * Returns rows F with {@code F'F = S + W mean mean'}: about 0.
   *
   * @param weightSum W
   */
  Optional<Matrix> aboutZero(Means means, double weightSum);

  /** Returns what the elements of {@link #aboutMeans} have lost to rounding, where it is known. */
  default Optional<Matrix> remainder() {
    return Optional.empty();
  }

  /** Returns the triangular factor of the same rows, where this determines it. */
  default Optional<TriangularFactor> triangular() {
    return Optional.empty();
  }
}
