package org.ridgeline.spark;

import java.util.Arrays;
import org.ridgeline.base.Check;
import org.ridgeline.moments.Nonzeros;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.moments.SparseLayout;

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
  private final SparseLayout layout; // null: every column is stored in full
  private final Nonzeros nonzeros; // null: the same
  private int rows;

  /** Creates an empty chunk for rows of {@code width} values. */
  RowChunk(int width) {
    this(width, rowsFor(width), null);
  }

  private static int rowsFor(int width) {
    return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, VALUES / Math.max(1, width)));
  }

  /** Creates an empty chunk for rows some columns of which are stored by their nonzeros. */
  static RowChunk of(SparseLayout layout) {
    return new RowChunk(layout.stored(), rowsFor(layout.stored()), layout);
  }

  /** Creates an empty chunk for so many rows of {@code width} values. */
  RowChunk(int width, int capacity) {
    this(width, capacity, null);
  }

  private RowChunk(int width, int capacity, SparseLayout layout) {
    this.layout = layout;
    this.nonzeros = layout == null ? null : new Nonzeros(capacity);
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

  /** The number of values of a row that are stored in full: d + m without nonzeros. */
  public int width() {
    return width;
  }

  /** The storage: row r starts at {@code r * width()}. */
  public double[] values() {
    return values;
  }

  /** What the rows have besides; null where every column is stored in full. */
  Nonzeros nonzeros() {
    return nonzeros;
  }

  /** Returns all values of row {@code r}, inputs first, then targets. */
  double[] row(int r) {
    double[] stored = Arrays.copyOfRange(values, r * width, (r + 1) * width);
    if (layout == null) {
      return stored;
    }
    double[] row = new double[layout.columns()];
    for (int i = 0; i < width; i++) {
      row[layout.column(i)] = stored[i];
    }
    for (int i = 0; i < nonzeros.count(r); i++) {
      row[nonzeros.columns(r)[i]] = nonzeros.values(r)[i];
    }
    return row;
  }

  /** Appends row {@code r} to a block, which must have room. */
  void appendTo(RowBlock block, int r) {
    if (nonzeros != null) {
      block.nonzeros().set(block.rows(), nonzeros, r);
    }
    block.append(values, r * width, weights[r]);
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
    if (nonzeros != null) {
      nonzeros.set(to, nonzeros, from);
    }
  }
}
