package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TridiagonalTest {
  private static final int P = 40;
  private static final double TOLERANCE = 1e-13; // P eps, and the condition number of some tens

  /** {@code B'B} of order p, positive definite. */
  private static Matrix gram(int p) {
    Matrix b = RandomMatrix.of(3 * p, p, p);
    return Blas.transposedTimes(b, b);
  }

  @Test
  void solutionsOfEveryShiftSatisfyTheirSystem() {
    for (int p : new int[] {1, 2, 3, P}) {
      Matrix a = gram(p);
      Matrix b = RandomMatrix.of(p, 2, 7);
      Vec shifts = Vec.of(0, 0.1, 3, 1e6);
      Tridiagonal reduced = Tridiagonal.ofInPlace(a.copy());
      for (int t = 0; t < 2; t++) {
        Matrix x = reduced.restoredInPlace(reduced.solve(reduced.rotated(b).columnCopy(t), shifts));
        for (int l = 0; l < shifts.size(); l++) {
          Matrix product = Blas.times(a.plusDiagonal(shifts.get(l)), x);
          assertArrayEquals(b.columnCopy(t), product.columnCopy(l), TOLERANCE, "p " + p);
        }
      }
    }
  }

  @Test
  void eigenvaluesBelongToTheEigenvectorsOfT() {
    Tridiagonal reduced = Tridiagonal.ofInPlace(gram(P));
    double[] values = reduced.eigenvalues().toArray();
    Matrix v = reduced.restoredInPlace(reduced.eigenvectors());
    Matrix product = Blas.times(gram(P), v);
    Matrix scaled = v.scaledColumns(values);
    assertArrayEquals(scaled.data(), product.data(), TOLERANCE * values[P - 1]);
    assertArrayEquals(values, reduced.eigenvalues().toArray(), "the second call");
  }

  @Test
  void rotationsAreOrthogonalAndTheirArgumentStays() {
    Tridiagonal reduced = Tridiagonal.ofInPlace(gram(P));
    Matrix b = RandomMatrix.of(P, 3, 9);
    Matrix kept = b.copy();
    Matrix back = reduced.restoredInPlace(reduced.rotated(b));
    assertEquals(kept, b);
    assertArrayEquals(b.data(), back.data(), TOLERANCE);
  }

  @Test
  void orderZeroAndNoColumnsAreSolved() {
    Tridiagonal empty = Tridiagonal.ofInPlace(Matrix.zeros(0, 0));
    assertEquals(0, empty.eigenvalues().size());
    assertEquals(0, empty.eigenvectors().columns());
    assertEquals(2, empty.solve(new double[0], Vec.of(1, 2)).columns());
    Tridiagonal reduced = Tridiagonal.ofInPlace(gram(P));
    assertEquals(0, reduced.restoredInPlace(Matrix.zeros(P, 0)).columns());
  }
}
