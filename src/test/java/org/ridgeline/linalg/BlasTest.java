package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BlasTest {
  @Test
  void productsEqualThreeLoops() {
    Matrix a = RandomMatrix.of(5, 7, 1);
    Matrix b = RandomMatrix.of(7, 3, 2);
    Matrix product = Blas.times(a, b);
    Matrix transposed = Blas.transposedTimes(transpose(a), b);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (int k = 0; k < 7; k++) {
          sum += a.get(i, k) * b.get(k, j);
        }
        assertEquals(sum, product.get(i, j), 1e-14); // 7 terms of size 1
        assertEquals(sum, transposed.get(i, j), 1e-14);
      }
    }
  }

  @Test
  void productsWithNoRowsNoColumnsOrNoTermsAreZeros() {
    assertEquals(Matrix.zeros(0, 3), Blas.times(Matrix.zeros(0, 7), RandomMatrix.of(7, 3, 1)));
    assertEquals(Matrix.zeros(5, 0), Blas.times(RandomMatrix.of(5, 7, 1), Matrix.zeros(7, 0)));
    assertEquals(Matrix.zeros(5, 3), Blas.times(Matrix.zeros(5, 0), Matrix.zeros(0, 3)));
  }

  @Test
  void differentInnerSizesAreRefused() {
    Matrix a = Matrix.zeros(2, 3);
    assertEquals(
        "Cannot multiply: the inner sizes differ, 3 against 2",
        assertThrows(IllegalArgumentException.class, () -> Blas.times(a, a)).getMessage());
    Matrix b = Matrix.zeros(3, 3);
    assertEquals(
        "Cannot multiply: the inner sizes differ, 2 against 3",
        assertThrows(IllegalArgumentException.class, () -> Blas.transposedTimes(a, b))
            .getMessage());
  }

  static Matrix transpose(Matrix a) {
    Matrix t = Matrix.zeros(a.columns(), a.rows());
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.columns(); j++) {
        t.set(j, i, a.get(i, j));
      }
    }
    return t;
  }
}
