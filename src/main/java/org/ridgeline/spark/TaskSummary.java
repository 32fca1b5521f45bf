package org.ridgeline.spark;

import java.io.Serializable;

/** What a task tells the driver besides its sums. */
final class TaskSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InvalidTally invalid;
  private final boolean tooManyFolds;
  private final long clipped;

  /**
   * Creates a summary.
   *
   * @param clipped how many values of map inputs were clipped
   */
  TaskSummary(InvalidTally invalid, boolean tooManyFolds, long clipped) {
    this.invalid = invalid;
    this.tooManyFolds = tooManyFolds;
    this.clipped = clipped;
  }

  InvalidTally invalid() {
    return invalid;
  }

  /** How many values of map inputs were clipped. */
  long clipped() {
    return clipped;
  }

  /** Whether the fold column has more values than a task may hold accumulators. */
  boolean tooManyFolds() {
    return tooManyFolds;
  }
}
