package org.ridgeline.ridge;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.ridgeline.linalg.Matrix;

/**
 * Coordinates in which a penalty {@code b'Rb} is a sum of squares: {@code b = P v + N t} with
 * {@code P'RP = I} and {@code RN = 0}, so that the penalty is {@code |v|^2} and t is free.
 *
 * <p>Columns that have left the problem have no part in it; only a diagonal R keeps their rows of
 * P, so that their deviation is that of the prior.
 */
sealed interface PenaltyBasis extends Serializable permits ColumnBasis, DenseBasis {

  /**
   * Finds the basis.
   *
   * @param absent the columns that have left the problem
   */
  static PenaltyBasis of(Penalty penalty, boolean[] absent) {
    return penalty
        .operator()
        .<PenaltyBasis>map(operator -> DenseBasis.of(penalty, operator, absent))
        .orElseGet(() -> ColumnBasis.of(penalty, absent));
  }

  /** r, the number of columns of P. */
  int order();

  /** k, the number of columns of N. */
  int freeOrder();

  /** {@code P v}. */
  Matrix times(Matrix v);

  /** {@code P'v}. */
  Matrix transposedTimes(Matrix v);

  /** {@code a P}. */
  Matrix appliedTo(Matrix a);

  /** The diagonal of {@code P'm}, m d x r. */
  double[] formDiagonal(Matrix m);

  /** {@code N t}. */
  Matrix freeTimes(Matrix t);

  /** {@code N'v}. */
  Matrix freeTransposedTimes(Matrix v);

  /** {@code a N}. */
  Matrix freeAppliedTo(Matrix a);

  /**
   * The squared lengths of the rows of {@code P - N x}.
   *
   * @param x k x r
   */
  double[] squaredRows(Matrix x);

  /** Returns the positions for which {@code chosen} is true. */
  static int[] positions(boolean[] chosen) {
    return IntStream.range(0, chosen.length).filter(j -> chosen[j]).toArray();
  }
}
