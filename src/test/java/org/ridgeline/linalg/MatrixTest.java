package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MatrixTest {
  private final Matrix matrix = Matrix.owning(2, 3, new double[] {1, 2, 3, 4, 5, 6});

  @Test
  void elementsAreStoredColumnByColumn() {
    assertEquals(4, matrix.get(1, 1));
    assertArrayEquals(new double[] {5, 6}, matrix.columnCopy(2));
    assertEquals(Matrix.owning(2, 2, new double[] {3, 4, 5, 6}), matrix.columns(1, 3));
    assertEquals(Matrix.owning(2, 1, new double[] {7, 8}), Matrix.column(7, 8));
  }

  @Test
  void aCopyIsIndependent() {
    Matrix copy = matrix.copy();
    assertEquals(matrix, copy);
    assertEquals(matrix.hashCode(), copy.hashCode());
    copy.set(0, 0, 9);
    assertEquals(1, matrix.get(0, 0));
    assertNotEquals(matrix, copy);
    assertNotEquals(matrix, Matrix.owning(3, 2, matrix.data()));
    assertEquals("2 x 3 [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]", matrix.toString());
  }

  @Test
  void partsAreTakenInTheGivenOrder() {
    assertEquals(Matrix.owning(2, 2, new double[] {5, 6, 1, 2}), matrix.columnsAt(2, 0));
    assertEquals(Matrix.owning(1, 3, new double[] {2, 4, 6}), matrix.rowsAt(1));
    int[] rows = {1, 0};
    assertEquals(Matrix.owning(2, 2, new double[] {6, 5, 4, 3}), matrix.at(rows, new int[] {2, 1}));
    assertEquals(Matrix.owning(3, 2, new double[] {1, 3, 5, 2, 4, 6}), matrix.transposed());
    assertArrayEquals(new double[] {1, 4}, matrix.diagonal());
  }

  @Test
  void blocksArePutTogether() {
    Matrix other = Matrix.owning(2, 1, new double[] {7, 8});
    Matrix wide = Matrix.owning(2, 4, new double[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertEquals(wide, matrix.beside(other));
    Matrix row = Matrix.owning(1, 3, new double[] {7, 8, 9});
    assertEquals(Matrix.owning(3, 3, new double[] {1, 2, 7, 3, 4, 8, 5, 6, 9}), matrix.above(row));
    Matrix changed = matrix.copy();
    changed.setColumns(1, other);
    changed.setColumn(2, 9);
    assertEquals(Matrix.owning(2, 3, new double[] {1, 2, 7, 8, 9, 6}), changed);
    assertEquals(matrix, matrix.beside(Matrix.zeros(2, 0)).above(Matrix.zeros(0, 3)));
  }

  @Test
  void arithmeticLeavesItsArgumentsAlone() {
    Matrix before = matrix.copy();
    Matrix twice = Matrix.owning(2, 3, new double[] {2, 4, 6, 8, 10, 12});
    assertEquals(twice, matrix.plus(matrix));
    assertEquals(matrix, twice.minus(matrix));
    assertEquals(twice, matrix.scaledColumns(2, 2, 2));
    assertEquals(
        Matrix.owning(2, 3, new double[] {1, 2, 6, 8, 15, 18}), matrix.scaledColumns(1, 2, 3));
    assertEquals(Matrix.zeros(2, 3), matrix.plus(-1, matrix));
    assertEquals(Matrix.owning(2, 3, new double[] {4, 2, 3, 7, 5, 6}), matrix.plusDiagonal(3));
    assertEquals(
        Matrix.owning(2, 3, new double[] {0, 10, 1, 11, 2, 12}),
        matrix.map((i, j, v) -> 10 * i + j));
    assertArrayEquals(new double[] {5, 25, 61}, matrix.columnProducts(matrix));
    assertEquals(before, matrix);
  }

  @Test
  void onlyNumbersAreFinite() {
    assertTrue(matrix.isFinite());
    assertFalse(Matrix.column(1, Double.NaN).isFinite());
    assertFalse(Matrix.column(Double.NEGATIVE_INFINITY).isFinite());
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Matrix column = Matrix.column(7, 8, 9);
    assertEquals("Cannot add 3 x 1 to 2 x 3", refusal(() -> matrix.plus(column)));
    assertEquals("Cannot stack 2 x 3 above 3 x 1", refusal(() -> matrix.above(column)));
    assertEquals(
        "Cannot put 3 x 1 into columns 3 on of 2 x 4", refusal(() -> matrix.beside(column)));
    assertEquals(
        "Cannot put 3 values into a column of 2", refusal(() -> matrix.setColumn(0, 7, 8, 9)));
  }

  @Test
  void impossibleSizesAreRefused() {
    assertEquals(
        "Cannot make a 50000 x 50000 matrix: 2500000000 values exceed a Java array",
        refusal(() -> Matrix.zeros(50_000, 50_000)));
    assertEquals("Cannot make a 2 x -1 matrix: negative size", refusal(() -> Matrix.zeros(2, -1)));
    assertEquals(
        "Cannot make a 2 x 2 matrix: expected 4 values, got 3",
        refusal(() -> Matrix.owning(2, 2, new double[3])));
  }

  @Test
  void vectorsDoNotShareWhatTheyCopied() {
    double[] values = {1, 2, 3};
    Vec vec = Vec.of(values);
    values[0] = 9;
    vec.toArray()[1] = 9;
    assertEquals(Vec.of(1, 2, 3), vec);
    assertEquals(Vec.of(2, 3), vec.slice(1, 3));
    assertEquals(vec.hashCode(), Vec.of(1, 2, 3).hashCode());
    assertEquals("[1.0, 2.0, 3.0]", vec.toString());
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
