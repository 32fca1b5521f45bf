package org.ridgeline.spark;

/** Whether a pass reads the data for the model or learns something small beforehand. */
public enum PassKind {
  /** A pass that the model's sums come from. */
  DATA,
  /** A small read beforehand: a schema, lengths of arrays, levels of categories. */
  PRE
}
