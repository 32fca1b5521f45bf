package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SymEigenTest {
  @Test
  void vectorsAreOrthonormalAndRebuildTheMatrix() {
    for (int p : new int[] {1, 2, 3, 10, 77}) {
      double[] packed = new Random(p).doubles(SymMatrix.packedLength(p), -1, 1).toArray();
      check(SymMatrix.owning(p, packed));
    }
  }

  @Test
  void repeatedAndZeroEigenvaluesKeepTheVectorsOrthonormal() {
    int p = 30;
    Matrix b = RandomMatrix.of(4, p, 3); // rank 4
    check(SymMatrix.fromLower(p, Blas.transposedTimes(b, b).data()));
    check(SymMatrix.zeros(p));
    SymMatrix identity = SymMatrix.zeros(p);
    for (int j = 0; j < p; j++) {
      identity.packed()[identity.offset(j)] = 1;
    }
    check(identity);
  }

  @Test
  void hugeAndTinyMatricesAreDecomposed() {
    for (double unit : new double[] {1e-200, 1e-100, 1e100, 1e200}) {
      double[] packed = new Random(8).doubles(SymMatrix.packedLength(8), -unit, unit).toArray();
      check(SymMatrix.owning(8, packed));
    }
  }

  @Test
  void knownEigenvaluesComeOutAscending() {
    // second differences: 2 - 2 cos (k pi / (p + 1))
    int p = 12;
    SymMatrix a = SymMatrix.zeros(p);
    for (int j = 0; j < p; j++) {
      a.packed()[a.offset(j)] = 2;
      if (j + 1 < p) {
        a.packed()[a.offset(j) + 1] = -1;
      }
    }
    Vec values = SymEigen.of(a).values();
    for (int k = 1; k <= p; k++) {
      assertEquals(2 - 2 * Math.cos(k * Math.PI / (p + 1)), values.get(k - 1), 1e-14);
    }
  }

  @Test
  void orderZeroIsDecomposed() {
    assertEquals(0, SymEigen.of(SymMatrix.zeros(0)).values().size());
  }

  /** Errors are a small multiple of {@code p eps} times the norm. */
  private static void check(SymMatrix a) {
    int p = a.order();
    SymEigen eigen = SymEigen.of(a);
    Matrix v = eigen.vectors();
    double norm = 0;
    for (double value : eigen.values().toArray()) {
      norm = Math.max(norm, Math.abs(value));
    }
    for (int i = 0; i < p; i++) {
      assertTrue(i == 0 || eigen.values().get(i - 1) <= eigen.values().get(i));
      for (int j = 0; j < p; j++) {
        double element = 0;
        double product = 0;
        for (int k = 0; k < p; k++) {
          element += v.get(i, k) * eigen.values().get(k) * v.get(j, k);
          product += v.get(k, i) * v.get(k, j);
        }
        assertEquals(a.get(i, j), element, 1e-14 * p * norm, "p " + p);
        assertEquals(i == j ? 1 : 0, product, 1e-14 * p, "p " + p);
      }
    }
  }
}
