package org.ridgeline.ridge;

/** The meaning of weights. */
public enum WeightKind {
  /** The precision of a row: n counts every row, also those of weight 0. */
  PRECISION,
  /** The frequency of a row: n is the sum of weights. */
  FREQUENCY
}
