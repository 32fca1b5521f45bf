package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.moments.RowBlock;

/** Rows of one fold on their way through a shuffle, or the summary of the task that sends them. */
final class RowBatch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final double[] values;
  private final double[] weights;
  private final TaskSummary summary;

  private RowBatch(int rows, double[] values, double[] weights, TaskSummary summary) {
    this.rows = rows;
    this.values = values;
    this.weights = weights;
    this.summary = summary;
  }

  /** A copy of the rows of {@code block}. */
  static RowBatch of(RowBlock block) {
    int rows = block.rows();
    double[] weights = new double[rows];
    for (int r = 0; r < rows; r++) {
      weights[r] = block.weight(r);
    }
    return new RowBatch(rows, Arrays.copyOf(block.values(), rows * block.width()), weights, null);
  }

  static RowBatch of(TaskSummary summary) {
    return new RowBatch(0, new double[0], new double[0], summary);
  }

  /** The summary, or null. */
  TaskSummary summary() {
    return summary;
  }

  /** Appends the rows to {@code block}, which must have room. */
  void appendTo(RowBlock block) {
    for (int r = 0; r < rows; r++) {
      block.append(values, r * block.width(), weights[r]);
    }
  }
}
