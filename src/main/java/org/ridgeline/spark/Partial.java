package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Optional;
import org.ridgeline.moments.MomentsSlice;

/** What a task of the moments pass emits: sums of one fold under a key, or its summary. */
final class Partial implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PartKey key;
  private final MomentsSlice slice;
  private final TaskSummary summary;

  private Partial(PartKey key, MomentsSlice slice, TaskSummary summary) {
    this.key = key;
    this.slice = slice;
    this.summary = summary;
  }

  static Partial sums(PartKey key, MomentsSlice slice) {
    return new Partial(key, slice, null);
  }

  static Partial summary(int partition, TaskSummary summary) {
    return new Partial(new PartKey("", -1, partition, 0), null, summary);
  }

  PartKey key() {
    return key;
  }

  MomentsSlice slice() {
    return slice;
  }

  /** The summary, when this is one. */
  Optional<TaskSummary> summary() {
    return Optional.ofNullable(summary);
  }
}
