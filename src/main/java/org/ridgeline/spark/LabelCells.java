package org.ridgeline.spark;

/** What a label column may hold. */
public enum LabelCells {
  /** A number. */
  NUMBERS,
  /** A number; or an array of numbers or a vector, whose elements are targets. */
  ARRAYS
}
