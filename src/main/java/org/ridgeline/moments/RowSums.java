package org.ridgeline.moments;

/** Sums of rows that come in blocks. */
public sealed interface RowSums permits MomentsAccumulator, SparseAccumulator {
  /**
   * Adds the rows of {@code block} and clears it; its values are overwritten.
   *
   * @throws IllegalArgumentException when the block's width is not that of the sums
   */
  void addInPlace(RowBlock block);

  /** Drops the rows that it keeps, and those to come. */
  void letRowsGo();

  /** The moments of all rows so far, as an independent value. */
  Moments snapshot();
}
