package org.ridgeline.moments;

import org.ridgeline.base.Check;

/**
 * A buffer of weighted rows, row-major: the unit of work of the pass over the data. It keeps one
 * spare row of storage, where {@link MomentsAccumulator} puts the correction for the shift of the
 * mean.
 */
public final class RowBlock {
  private final int capacity;
  private final int width;
  private final double[] values;
  private final double[] weights;
  private final Nonzeros nonzeros; // null: every column is stored in full
  private int rows;
  private boolean weighted;

  /**
   * Creates an empty block.
   *
   * @param capacity how many rows fit
   * @param width the number of columns, inputs first, then targets
   */
  public RowBlock(int capacity, int width) {
    this(capacity, width, null);
  }

  /**
   * Creates an empty block of rows some columns of which are stored by their nonzeros.
   *
   * @param capacity how many rows fit
   * @param layout which columns
   */
  public RowBlock(int capacity, SparseLayout layout) {
    this(capacity, layout.stored(), new Nonzeros(capacity));
  }

  private RowBlock(int capacity, int width, Nonzeros nonzeros) {
    Check.that(
        capacity > 0 && width > 0 && (capacity + 1L) * width <= Integer.MAX_VALUE - 8,
        "Cannot make a block of %d rows x %d columns: it must have 1 to 2^31 values",
        capacity,
        width);
    this.nonzeros = nonzeros;
    this.capacity = capacity;
    this.width = width;
    this.values = new double[(capacity + 1) * width];
    this.weights = new double[capacity];
  }

  /**
   * How many rows of this width make a block that feeds a level-3 kernel and still fits the
   * processor's cache: 256 up to about 1000 columns, then fewer, at least 64.
   */
  public static int rowsFor(int width) {
    return Math.max(64, Math.min(256, (1 << 18) / Math.max(1, width)));
  }

  /** The same where the rows are only kept, which no kernel is needed for: down to one row. */
  public static int rowsFor(int width, Retention keep) {
    return keep == Retention.ROWS
        ? Math.max(1, Math.min(256, (1 << 18) / Math.max(1, width)))
        : rowsFor(width);
  }

  /** The number of rows now held. */
  public int rows() {
    return rows;
  }

  /** The number of columns that are stored in full. */
  public int width() {
    return width;
  }

  /** Whether no further row fits. */
  public boolean isFull() {
    return rows == capacity;
  }

  /** Whether a weight other than 1 was appended. */
  boolean isWeighted() {
    return weighted;
  }

  /** The storage: row r starts at {@code r * width()}. */
  public double[] values() {
    return values;
  }

  /** What the rows have besides; null where every column is stored in full. */
  public Nonzeros nonzeros() {
    return nonzeros;
  }

  /** The weight of row {@code r}. */
  public double weight(int r) {
    return weights[r];
  }

  double[] weights() {
    return weights;
  }

  /** Appends a copy of {@code row}. */
  public void append(double[] row, double weight) {
    append(row, 0, weight);
  }

  /**
   * Appends a copy of the {@code width()} values of {@code source} that start at {@code offset}.
   */
  public void append(double[] source, int offset, double weight) {
    System.arraycopy(source, offset, values, rows * width, width);
    claimRow(weight);
  }

  /**
   * Takes the next row and returns where it starts in {@link #values()}; the caller writes its
   * {@code width()} values there.
   */
  public int claimRow(double weight) {
    Check.that(rows < capacity, "Cannot append to a full block of %d rows: clear it first", rows);
    weights[rows] = weight;
    weighted |= weight != 1.0;
    return rows++ * width;
  }

  /** Whether every magnitude is below this; NaN is not. Cost: 0.3 ns a value. */
  boolean isBelow(double limit) {
    int end = rows * width;
    for (int i = 0; i < end; i++) {
      if (!(Math.abs(values[i]) < limit)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the largest magnitude of each column, without rows of weight 0; NaN where one is. */
  double[] largestMagnitudes() {
    double[] largest = new double[width];
    for (int r = 0, at = 0; r < rows; r++, at += width) {
      for (int j = 0; j < width && weights[r] > 0; j++) {
        largest[j] = Math.max(largest[j], Math.abs(values[at + j]));
      }
    }
    return largest;
  }

  /** Empties the block. */
  public void clear() {
    rows = 0;
    weighted = false;
  }
}
