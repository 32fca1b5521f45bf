package org.ridgeline.ridge;

/** The scale s_j of a column in the penalty {@code lambda (s_j b_j)^2}. */
public enum Scaling {
  /** Weighted standard deviation about the mean, divisor W. */
  POPULATION,
  /** Standard deviation about the mean, divisor n - 1; defined without weights only. */
  SAMPLE,
  /** 1: the penalty applies to the coefficients as they are. */
  NONE,
  /**
   * 1, for the features of a map. Their sizes are part of the kernel: a column far below the
   * rounding of the largest is a part of the kernel far below its rounding, not a column in a small
   * unit. So the solver is not chosen by the spread of the columns.
   */
  MAPPED
}
