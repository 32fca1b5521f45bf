package org.ridgeline.spark;

import java.io.Serializable;

/** What a task tells the driver besides its sums. */
final class TaskSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InvalidTally invalid;
  private final boolean tooManyFolds;

  TaskSummary(InvalidTally invalid, boolean tooManyFolds) {
    this.invalid = invalid;
    this.tooManyFolds = tooManyFolds;
  }

  InvalidTally invalid() {
    return invalid;
  }

  /** Whether the fold column has more values than a task may hold accumulators. */
  boolean tooManyFolds() {
    return tooManyFolds;
  }
}
