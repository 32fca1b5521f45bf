package org.ridgeline.moments;

/** What a pass retains of the rows beside their number, weights, means and sums of squares. */
public enum Retention {
  /** Their scatter: {@code p^2}. */
  SCATTER,
  /** Their scatter and a factor of it, for solving without squared condition numbers. */
  FACTOR,
  /** Up to a number of them, the rows themselves and no scatter: {@code n p}, for the dual. */
  ROWS
}
