package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
