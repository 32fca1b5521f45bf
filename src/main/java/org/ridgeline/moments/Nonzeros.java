package org.ridgeline.moments;

import java.util.Arrays;

/** The columns and values of rows that are not 0, of each row in the order of its columns. */
public final class Nonzeros {
  private static final int FIRST = 4;

  private final int[][] columns;
  private final double[][] values;
  private final int[] counts;

  /** Creates a place for so many rows, all of zeros. */
  public Nonzeros(int rows) {
    this.columns = new int[rows][FIRST];
    this.values = new double[rows][FIRST];
    this.counts = new int[rows];
  }

  /** Makes row {@code r} one of zeros. */
  public void clear(int r) {
    counts[r] = 0;
  }

  /** How many values row {@code r} has. */
  public int count(int r) {
    return counts[r];
  }

  /** The columns of row {@code r}: shared, as many as {@link #count} says are used. */
  public int[] columns(int r) {
    return columns[r];
  }

  /** The values of row {@code r}: shared, as many as {@link #count} says are used. */
  public double[] values(int r) {
    return values[r];
  }

  /** Puts a value into row {@code r}, in place of one that is there. */
  public void put(int r, int column, double value) {
    int at = counts[r];
    while (at > 0 && columns[r][at - 1] >= column) {
      at--;
    }
    if (at < counts[r] && columns[r][at] == column) {
      values[r][at] = value;
      return;
    }
    reserve(r, counts[r] + 1);
    System.arraycopy(columns[r], at, columns[r], at + 1, counts[r] - at);
    System.arraycopy(values[r], at, values[r], at + 1, counts[r] - at);
    columns[r][at] = column;
    values[r][at] = value;
    counts[r]++;
  }

  private void reserve(int r, int count) {
    if (count > columns[r].length) {
      int length = Math.max(count, 2 * columns[r].length);
      columns[r] = Arrays.copyOf(columns[r], length);
      values[r] = Arrays.copyOf(values[r], length);
    }
  }

  /** Makes row {@code r} a copy of a row of {@code other}. */
  public void set(int r, Nonzeros other, int row) {
    set(r, other.columns[row], other.values[row], 0, other.counts[row]);
  }

  /** Makes row {@code r} a copy of values from {@code from} on, in the order of their columns. */
  public void set(int r, int[] theirColumns, double[] theirValues, int from, int count) {
    reserve(r, count);
    System.arraycopy(theirColumns, from, columns[r], 0, count);
    System.arraycopy(theirValues, from, values[r], 0, count);
    counts[r] = count;
  }
}
