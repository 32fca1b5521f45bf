package org.ridgeline.dataset;

/** What happens to a level of a categorical column that was not there in training. */
public enum UnseenLevel {
  /** The row is invalid. */
  ERROR,
  /** All columns of the category are 0. */
  ZERO
}
