package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SymMatrixTest {
  /** 70 is more than two tiles of the mirroring loop. */
  private static final int P = 70;

  private static SymMatrix random() {
    return SymMatrix.owning(P, new Random(1).doubles(SymMatrix.packedLength(P), -1, 1).toArray());
  }

  @Test
  void packingIsTheLowerTriangleColumnByColumn() {
    SymMatrix a = SymMatrix.fromLower(3, new double[] {1, 2, 3, -9, 4, 5, -9, -9, 6});
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, a.packed());
    assertArrayEquals(new double[] {1, 4, 6}, a.diagonal());
    assertEquals(5, a.get(2, 1));
    assertEquals(5, a.get(1, 2));
    assertEquals(3, a.offset(1));
    assertEquals(5, a.offset(2));
  }

  @Test
  void rowsAndColumnsAreTakenInTheGivenOrder() {
    SymMatrix a = random();
    int[] positions = {12, 3, 69};
    assertEquals(a.toFull(0, P).at(positions, positions), a.at(positions).toFull(0, 3));
  }

  @Test
  void squaresAndRectanglesAgreeWithTheElements() {
    SymMatrix a = random();
    Matrix full = a.toFull(3, P);
    Matrix block = a.block(60, P, 2, 9);
    for (int i = 0; i < P - 3; i++) {
      for (int j = 0; j < P - 3; j++) {
        assertEquals(a.get(i + 3, j + 3), full.get(i, j));
      }
    }
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 7; j++) {
        assertEquals(a.get(i + 60, j + 2), block.get(i, j));
      }
    }
    assertEquals(a, SymMatrix.fromLower(P, a.toFull(0, P).data()));
  }

  @Test
  void timesEqualsTwoLoops() {
    SymMatrix a = random();
    double[] x = new Random(2).doubles(P, -1, 1).toArray();
    double[] product = a.times(x);
    for (int i = 0; i < P; i++) {
      double sum = 0;
      for (int j = 0; j < P; j++) {
        sum += a.get(i, j) * x[j];
      }
      assertEquals(sum, product[i], 1e-13); // 70 terms of size 1
    }
  }

  @Test
  void aCopyIsIndependent() {
    SymMatrix a = random();
    SymMatrix copy = a.copy();
    assertEquals(a, copy);
    assertEquals(a.hashCode(), copy.hashCode());
    copy.packed()[7]++;
    assertNotEquals(a, copy);
  }

  @Test
  void offsetsDoNotOverflowAtTheLargestOrder() {
    assertEquals(2_147_450_880, SymMatrix.packedLength(65_535));
    assertEquals(
        "Cannot pack a symmetric matrix of order 65536: the order must be from 0 to 65535",
        assertThrows(IllegalArgumentException.class, () -> SymMatrix.packedLength(65_536))
            .getMessage());
  }

  @Test
  void wrongLengthsAreRefused() {
    assertEquals(
        "Cannot make a symmetric matrix of order 3: expected 6 packed values, got 9",
        assertThrows(IllegalArgumentException.class, () -> SymMatrix.owning(3, new double[9]))
            .getMessage());
    assertEquals(
        "Cannot multiply: expected 3 values, got 2",
        assertThrows(IllegalArgumentException.class, () -> SymMatrix.zeros(3).times(new double[2]))
            .getMessage());
  }
}
