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

  /** Overwrites the columns from {@code at} on with those of {@code block}. */
  public void setColumns(int at, Matrix block) {
    Check.that(
        block.rows == rows && at >= 0 && at + block.columns <= columns,
        "Cannot put %d x %d into columns %d on of %d x %d",
        block.rows,
        block.columns,
        at,
        rows,
        columns);
    System.arraycopy(block.data, 0, data, at * rows, block.data.length);
  }

  /**
   * Overwrites the head of column {@code j}, from row 0 on.
   *
   * @param values at most as many as there are rows
   */
  public void setColumn(int j, double... values) {
    Check.that(
        values.length <= rows, "Cannot put %d values into a column of %d", values.length, rows);
    System.arraycopy(values, 0, data, j * rows, values.length);
  }

  /** Returns the elements at these rows and columns, in their order. */
  public Matrix at(int[] chosenRows, int[] chosenColumns) {
    Matrix result = zeros(chosenRows.length, chosenColumns.length);
    for (int j = 0; j < chosenColumns.length; j++) {
      for (int i = 0; i < chosenRows.length; i++) {
        result.set(i, j, get(chosenRows[i], chosenColumns[j]));
      }
    }
    return result;
  }

  /** Returns the columns at these positions, in their order. */
  public Matrix columnsAt(int... positions) {
    Matrix result = zeros(rows, positions.length);
    for (int j = 0; j < positions.length; j++) {
      System.arraycopy(data, positions[j] * rows, result.data, j * rows, rows);
    }
    return result;
  }

  /** Returns the rows at these positions, in their order. */
  public Matrix rowsAt(int... positions) {
    Matrix result = zeros(positions.length, columns);
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < positions.length; i++) {
        result.set(i, j, get(positions[i], j));
      }
    }
    return result;
  }

  /** Returns {@code [A, B]}: this, and {@code right} to its right. */
  public Matrix beside(Matrix right) {
    Matrix result = zeros(rows, columns + right.columns);
    result.setColumns(0, this);
    result.setColumns(columns, right);
    return result;
  }

  /** Returns this above {@code below}. */
  public Matrix above(Matrix below) {
    Check.that(
        columns == below.columns,
        "Cannot stack %d x %d above %d x %d",
        rows,
        columns,
        below.rows,
        below.columns);
    Matrix result = zeros(rows + below.rows, columns);
    for (int j = 0; j < columns; j++) {
      System.arraycopy(data, j * rows, result.data, j * result.rows, rows);
      System.arraycopy(below.data, j * below.rows, result.data, j * result.rows + rows, below.rows);
    }
    return result;
  }

  /** Returns the transpose. */
  public Matrix transposed() {
    Matrix result = zeros(columns, rows);
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        result.set(j, i, get(i, j));
      }
    }
    return result;
  }

  /** Returns {@code A + B}. */
  public Matrix plus(Matrix other) {
    return plus(1, other);
  }

  /** Returns {@code A - B}. */
  public Matrix minus(Matrix other) {
    return plus(-1, other);
  }

  /** Returns {@code A + factor B}. */
  public Matrix plus(double factor, Matrix other) {
    Check.that(
        rows == other.rows && columns == other.columns,
        "Cannot add %d x %d to %d x %d",
        other.rows,
        other.columns,
        rows,
        columns);
    Matrix result = copy();
    for (int k = 0; k < data.length; k++) {
      result.data[k] += factor * other.data[k];
    }
    return result;
  }

  /** Returns the matrix of a function of each element and its place. */
  public Matrix map(Elementwise function) {
    Matrix result = zeros(rows, columns);
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        result.set(i, j, function.apply(i, j, get(i, j)));
      }
    }
    return result;
  }

  /** A function of an element and its place. */
  @FunctionalInterface
  public interface Elementwise {
    /** The new value of {@code value} in row {@code i}, column {@code j}. */
    double apply(int i, int j, double value);
  }

  /** Returns this with column j multiplied by {@code factors[j]}. */
  public Matrix scaledColumns(double... factors) {
    return map((i, j, value) -> value * factors[j]);
  }

  /** Returns {@code A + value I}. */
  public Matrix plusDiagonal(double value) {
    Matrix result = copy();
    for (int j = 0; j < Math.min(rows, columns); j++) {
      result.data[j + j * rows] += value;
    }
    return result;
  }

  /** A copy of the diagonal. */
  public double[] diagonal() {
    double[] diagonal = new double[Math.min(rows, columns)];
    Arrays.setAll(diagonal, j -> get(j, j));
    return diagonal;
  }

  /** The scalar products of each column with that of {@code other}: the diagonal of A'B. */
  public double[] columnProducts(Matrix other) {
    double[] products = new double[columns];
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        products[j] += get(i, j) * other.get(i, j);
      }
    }
    return products;
  }

  /** Whether every element is a number that is not infinite. */
  public boolean isFinite() {
    return Arrays.stream(data).allMatch(Double::isFinite);
  }

  /** Returns a copy. */
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
