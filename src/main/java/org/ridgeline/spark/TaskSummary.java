package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Optional;

/** What a task reports to the driver besides its sums. */
final class TaskSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InvalidTally invalid;
  private final boolean tooManyFolds;
  private final long clipped;
  private final SampledRows sample; // null: none was kept

  /**
   * Creates a summary.
   *
   * @param clipped how many values of map inputs were clipped
   */
  TaskSummary(InvalidTally invalid, boolean tooManyFolds, long clipped) {
    this(invalid, tooManyFolds, clipped, null);
  }

  private TaskSummary(
      InvalidTally invalid, boolean tooManyFolds, long clipped, SampledRows sample) {
    this.invalid = invalid;
    this.tooManyFolds = tooManyFolds;
    this.clipped = clipped;
    this.sample = sample;
  }

  /** Returns this with a sample of the rows. */
  TaskSummary with(SampledRows rows) {
    return new TaskSummary(invalid, tooManyFolds, clipped, rows);
  }

  /** The sample of the rows, where one was kept. */
  Optional<SampledRows> sample() {
    return Optional.ofNullable(sample);
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
