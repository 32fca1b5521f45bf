package org.ridgeline.ridge;

/** The scale s_j of a column in the penalty {@code lambda (s_j b_j)^2}. */
public enum Scaling {
  /** Weighted standard deviation about the mean, divisor W. */
  POPULATION,
  /** Standard deviation about the mean, divisor n - 1; defined without weights only. */
  SAMPLE,
  /** 1: the penalty applies to the coefficients as they are. */
  NONE
}
