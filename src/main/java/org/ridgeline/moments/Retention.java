package org.ridgeline.moments;

/** What a pass keeps of the rows. */
public enum Retention {
  /** Their moments. */
  MOMENTS,
  /** Their moments and triangular factors, for solving without squared condition numbers. */
  FACTORS,
  /** Their moments and, up to a number of them, the rows themselves, for the dual solution. */
  ROWS
}
