package org.ridgeline.ml;

/** What the label of a model is. */
enum Targets {
  /** One number: predictions are numbers. */
  NUMBER,
  /** An array or a vector: predictions are arrays. */
  ARRAY
}
