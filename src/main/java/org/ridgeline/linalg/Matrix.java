package org.ridgeline.linalg;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.base.Check;

/** A dense matrix, column-major: element (i, j) is {@code data()[i + j * rows()]}. */
public final class Matrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int columns;
  private final double[] data;

  private Matrix(int rows, int columns, double[] data) {
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /** Returns a matrix of zeros. */
  public static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new double[length(rows, columns)]);
  }

  /** Returns the identity matrix. */
  public static Matrix identity(int order) {
    Matrix identity = zeros(order, order);
    for (int j = 0; j < order; j++) {
      identity.set(j, j, 1);
    }
    return identity;
  }

  /**
   * Returns a matrix that owns {@code data}, column-major.
   *
   * @throws IllegalArgumentException when the length is not {@code rows * columns}
   */
  public static Matrix owning(int rows, int columns, double[] data) {
    Check.that(
        data.length == length(rows, columns),
        "Cannot make a %d x %d matrix: expected %d values, got %d",
        rows,
        columns,
        length(rows, columns),
        data.length);
    return new Matrix(rows, columns, data);
  }

  /** Returns a one-column matrix of these values, which are copied. */
  public static Matrix column(double... values) {
    return new Matrix(values.length, 1, values.clone());
  }

  private static int length(int rows, int columns) {
    Check.that(
        rows >= 0 && columns >= 0, "Cannot make a %d x %d matrix: negative size", rows, columns);
    long length = (long) rows * columns;
    Check.that(
        length <= Integer.MAX_VALUE - 8,
        "Cannot make a %d x %d matrix: %d values exceed a Java array",
        rows,
        columns,
        length);
    return (int) length;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** The element in row {@code i}, column {@code j}. */
  public double get(int i, int j) {
    return data[i + j * rows];
  }

  /** Sets the element in row {@code i}, column {@code j}. */
  public void set(int i, int j, double value) {
    data[i + j * rows] = value;
  }

  /** The storage itself, column-major; writing to it changes the matrix. */
  public double[] data() {
    return data;
  }

  /** A copy of column {@code j}. */
  public double[] columnCopy(int j) {
    return Arrays.copyOfRange(data, j * rows, (j + 1) * rows);
  }

  /** A copy of the columns from {@code from} (inclusive) to {@code to} (exclusive). */
  public Matrix columns(int from, int to) {
    return new Matrix(rows, to - from, Arrays.copyOfRange(data, from * rows, to * rows));
  }

  /** A copy. */
  public Matrix copy() {
    return new Matrix(rows, columns, data.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix m
        && rows == m.rows
        && columns == m.columns
        && Arrays.equals(data, m.data);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return rows + " x " + columns + " " + Arrays.toString(data);
  }
}
