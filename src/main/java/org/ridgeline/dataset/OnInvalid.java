package org.ridgeline.dataset;

/** What happens to a row with a null, NaN, infinite or otherwise invalid cell. */
public enum OnInvalid {
  /** The run fails, naming column, count and first example. */
  ERROR,
  /** The row is left out, with a warning. */
  DROP
}
