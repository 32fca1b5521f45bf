package org.ridgeline.moments;

import java.io.Serializable;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;

/**
 * Rows F with {@code F'F = S}, kept beside the scatter S of the same rows: they have the digits
 * that forming S squares away.
 */
sealed interface RowFactor extends Serializable permits TriangularFactor, LongFactor, GatheredRows {
  /** Looks at the rows of a block as they were read. */
  default void read(RowBlock block) {}

  /**
   * Looks at the same rows centred and weighted, one after the other in {@code values}, and Chan's
   * row for the shift of the mean.
   */
  default void add(int count, double[] values) {}

  /**
   * Adds the rows of {@code other}, which is of the same kind.
   *
   * @param row Chan's row for the difference of the means
   */
  void merge(RowFactor other, double[] row);

  /** A copy that changes by itself. */
  RowFactor copy();

  /** The same of the first inputs, multiplied, and all targets; null when that is not possible. */
  RowFactor leading(int leading, double multiplier, int inputs);

  /** The same of these columns, in this order. */
  RowFactor columns(int[] positions);

  /** F about the means; empty when the rows were too many to keep. */
  Optional<Matrix> aboutMeans(Moments moments);

  /** Rows F with {@code F'F = S + W mean mean'}: about 0. */
  Optional<Matrix> aboutZero(Moments moments);
}
