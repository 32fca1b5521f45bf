package org.ridgeline.ridge;

/** What a weight says about its row. */
public enum WeightKind {
  /** How precise it is: n counts every row, also those of weight 0. */
  PRECISION,
  /** How often it was seen: n is the sum of weights. */
  FREQUENCY
}
