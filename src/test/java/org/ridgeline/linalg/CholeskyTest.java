package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CholeskyTest {
  private static final int P = 9;

  /** {@code B'B + I / 10}: condition number below 1000. */
  private static SymMatrix positive() {
    Matrix b = RandomMatrix.of(12, P, 5);
    Matrix a = Blas.transposedTimes(b, b);
    for (int j = 0; j < P; j++) {
      a.set(j, j, a.get(j, j) + 0.1);
    }
    return SymMatrix.fromLower(P, a.data());
  }

  private static SymMatrix scaled(SymMatrix a, double[] scale) {
    SymMatrix result = a.copy();
    for (int j = 0; j < P; j++) {
      for (int i = j; i < P; i++) {
        result.packed()[result.offset(j) + i - j] *= scale[i] * scale[j];
      }
    }
    return result;
  }

  @Test
  void solutionsSatisfyTheSystem() {
    SymMatrix a = positive();
    double[] truth = RandomMatrix.of(P, 1, 6).data();
    Matrix x = Cholesky.of(a).orElseThrow().solve(Matrix.column(a.times(truth)));
    for (int j = 0; j < P; j++) {
      assertEquals(truth[j], x.get(j, 0), 1e-12); // condition 1000 times 16 digits
    }
  }

  @Test
  void unitsFromTiniestToHugeCostNoDigits() {
    double[] scale = new double[P];
    for (int j = 0; j < P; j++) {
      scale[j] = Math.scalb(1.0, -27 + 27 * (j % 3)); // 7e-9, 1, 1e8: exact in binary
    }
    SymMatrix a = positive();
    SymMatrix wild = scaled(a, scale);
    double[] truth = RandomMatrix.of(P, 1, 6).data();
    double[] right = a.times(truth);
    for (int j = 0; j < P; j++) {
      right[j] *= scale[j];
    }
    Cholesky factor = Cholesky.of(wild).orElseThrow();
    Matrix x = factor.solve(Matrix.column(right));
    for (int j = 0; j < P; j++) {
      assertEquals(truth[j], x.get(j, 0) * scale[j], 1e-12);
    }
    assertEquals(Cholesky.of(a).orElseThrow().rcond(), factor.rcond(), 1e-12);
  }

  @Test
  void whiteningGivesTheInverseQuadraticForm() {
    SymMatrix a = positive();
    Cholesky factor = Cholesky.of(a).orElseThrow();
    Matrix b = RandomMatrix.of(P, 2, 7);
    Matrix w = factor.whiten(b);
    Matrix expected = Blas.transposedTimes(b, factor.solve(b));
    Matrix actual = Blas.transposedTimes(w, w);
    for (int i = 0; i < 4; i++) {
      assertEquals(expected.data()[i], actual.data()[i], 1e-12);
    }
  }

  @Test
  void rcondIsExactForADiagonalAndSmallForNearlyEqualColumns() {
    assertEquals(1, Cholesky.of(diagonal(1e-8, 1, 1e8)).orElseThrow().rcond(), 1e-15);
    double gap = 1e-6;
    SymMatrix close = SymMatrix.owning(2, new double[] {1, 1 - gap, 1});
    // inverse of [1 r; r 1] has 1-norm 1 / (1 - r), the matrix itself 1 + r
    assertEquals(gap / (2 - gap), Cholesky.of(close).orElseThrow().rcond(), 1e-9 * gap);
  }

  @Test
  void aZeroOnTheDiagonalIsAnAbsentVariable() {
    Matrix x = Cholesky.of(diagonal(4, 0, 9)).orElseThrow().solve(Matrix.column(8, 0, 18));
    assertEquals(Matrix.column(2, 0, 2), x);
  }

  @Test
  void indefiniteMatricesGiveNothing() {
    assertTrue(Cholesky.of(diagonal(1, -1)).isEmpty());
    assertTrue(Cholesky.of(SymMatrix.owning(2, new double[] {1, 2, 1})).isEmpty());
    assertTrue(Cholesky.of(SymMatrix.owning(2, new double[] {1, 1, 1})).isEmpty());
  }

  @Test
  void orderZeroIsSolved() {
    Cholesky factor = Cholesky.of(SymMatrix.zeros(0)).orElseThrow();
    assertEquals(1, factor.rcond());
    assertEquals(Matrix.zeros(0, 2), factor.solve(Matrix.zeros(0, 2)));
    assertEquals(Matrix.zeros(0, 2), factor.whiten(Matrix.zeros(0, 2)));
  }

  private static SymMatrix diagonal(double... values) {
    SymMatrix a = SymMatrix.zeros(values.length);
    for (int j = 0; j < values.length; j++) {
      a.packed()[a.offset(j)] = values[j];
    }
    return a;
  }
}
