package org.ridgeline.spark;

import org.ridgeline.base.Check;

/**
 * Some rows as numbers, all valid: row-major, inputs first, then targets, with the weight and fold
 * of each. The storage is reused: a chunk is good until its stream advances.
 */
public final class RowChunk {
  private static final int MOST_ROWS = 256;
  private static final int FEWEST_ROWS = 16;
  private static final int VALUES = 1 << 15;

  private final int width;
  private final double[] values;
  private final double[] weights;
  private final int[] folds;
  private final long[] numbers;
  private int rows;

  /** Creates an empty chunk for rows of {@code width} values. */
  RowChunk(int width) {
    this(width, Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, VALUES / Math.max(1, width))));
  }

  /** Creates an empty chunk for so many rows of {@code width} values. */
  RowChunk(int width, int capacity) {
    Check.that(width > 0, "Cannot read rows of %d columns: at least one is needed", width);
    this.width = width;
    this.values = new double[capacity * width];
    this.weights = new double[capacity];
    this.folds = new int[capacity];
    this.numbers = new long[capacity];
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** d + m, the number of values of a row. */
  public int width() {
    return width;
  }

  /** The storage: row r starts at {@code r * width()}. */
  public double[] values() {
    return values;
  }

  /** The weight of row {@code r}; 1 when the data have no weights. */
  public double weight(int r) {
    return weights[r];
  }

  /**
   * The fold of row {@code r}: its number, or for folds by column the position of its label in
   * {@link ChunkStream#foldLabels()}.
   */
  public int fold(int r) {
    return folds[r];
  }

  /** The position of row {@code r} in its partition, counted from 0, invalid rows included. */
  public long number(int r) {
    return numbers[r];
  }

  int capacity() {
    return weights.length;
  }

  void setWeight(int r, double weight) {
    weights[r] = weight;
  }

  void setFold(int r, int fold) {
    folds[r] = fold;
  }

  void setNumber(int r, long number) {
    numbers[r] = number;
  }

  void setRows(int count) {
    rows = count;
  }

  /** Copies row {@code from} over row {@code to}. */
  void move(int from, int to) {
    System.arraycopy(values, from * width, values, to * width, width);
    weights[to] = weights[from];
    folds[to] = folds[from];
    numbers[to] = numbers[from];
  }
}
