package org.ridgeline.spark;

/** Whether the first level of a categorical column gets a column of its own. */
public enum FirstLevel {
  /** No: the intercept stands for it. */
  DROP,
  /** Yes: there is no intercept. */
  KEEP
}
