package org.ridgeline.moments;

import java.io.Serializable;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;

/**
 * The centered scatter S of some rows: itself, in {@code 4 p^2} bytes, or the rows that it is the
 * scatter of, in {@code 8 n p}. Rows are not centered, so they need their means. All is in the
 * units of the columns.
 */
sealed interface Scatter extends Serializable permits NoRows, Triangle, GatheredRows {
  /** S_jj. */
  double square(int j);

  /** S_ij. */
  double get(int i, int j, Means means);

  /** {@code S c}. */
  double[] times(double[] c, Means means);

  /** Rows {@code [r0, r1)} and columns {@code [c0, c1)} of S. */
  Matrix block(int r0, int r1, int c0, int c1, Means means);

  /** S itself: of rows it is computed. */
  SymMatrix triangle(Means means);

  /** Returns F with {@code F'F = S}; empty when it was not kept. */
  Optional<Matrix> factor(Means means);

  /**
   * Returns F with {@code F'F = S + W mean mean'}; empty when it was not kept.
   *
   * @param weightSum W
   */
  Optional<Matrix> factorAboutZero(Means means, double weightSum);

  /** Multiplies column j of the rows by {@code 2^exponents[j]}. */
  void scaleInPlace(int[] exponents);

  /** Returns an independent value. */
  Scatter copy();

  /** The scatter of the first inputs, multiplied, and of all targets. */
  Scatter leading(int leading, double multiplier, int inputs);

  /** The scatter of these columns, in this order. */
  Scatter columns(int[] positions);
}
