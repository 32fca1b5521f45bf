package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.moments.Nonzeros;
import org.ridgeline.moments.RowBlock;

/** Rows of one fold on their way through a shuffle, or the summary of the task that sends them. */
final class RowBatch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final double[] values;
  private final double[] weights;
  private final int[] counts; // of the nonzeros of each row; of length 0 without any
  private final int[] columns;
  private final double[] nonzeros;
  private final TaskSummary summary;

  private RowBatch(
      int rows, double[] values, double[] weights, Nonzeros sparse, TaskSummary summary) {
    this.counts = new int[sparse == null ? 0 : rows];
    Arrays.setAll(counts, r -> sparse.count(r));
    int all = Arrays.stream(counts).sum();
    this.columns = new int[all];
    this.nonzeros = new double[all];
    for (int r = 0, at = 0; r < counts.length; at += counts[r++]) {
      System.arraycopy(sparse.columns(r), 0, columns, at, counts[r]);
      System.arraycopy(sparse.values(r), 0, nonzeros, at, counts[r]);
    }
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
    double[] values = Arrays.copyOf(block.values(), rows * block.width());
    return new RowBatch(rows, values, weights, block.nonzeros(), null);
  }

  static RowBatch of(TaskSummary summary) {
    return new RowBatch(0, new double[0], new double[0], null, summary);
  }

  /** The summary, or null. */
  TaskSummary summary() {
    return summary;
  }

  /** Appends the rows to {@code block}, which must have room. */
  void appendTo(RowBlock block) {
    for (int r = 0, at = 0; r < rows; r++) {
      if (counts.length > 0) {
        block.nonzeros().set(block.rows(), columns, nonzeros, at, counts[r]);
        at += counts[r];
      }
      block.append(values, r * block.width(), weights[r]);
    }
  }
}
