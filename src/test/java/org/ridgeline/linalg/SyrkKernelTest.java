package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SyrkKernelTest {
  @FunctionalInterface
  private interface Update {
    void apply(int p, int m, double[] b, double[] c);
  }

  @Test
  void theKernelEqualsThreeLoopsForEverySmallSize() {
    everySize(SyrkKernel::syrkLower);
  }

  @Test
  void theBackendEqualsThreeLoopsForEverySmallSize() {
    everySize(Blas::syrkLower);
  }

  /** Products of m terms of size 1 in any order differ by m roundings: 1e-14 for m up to 13. */
  private static void everySize(Update update) {
    for (int p = 1; p <= 19; p++) {
      for (int m = 0; m <= 13; m++) {
        check(update, p, m, 1e-14);
      }
    }
    check(update, 131, 259, 1e-12);
  }

  private static void check(Update update, int p, int m, double tolerance) {
    Random random = new Random(100L * p + m);
    double[] b = random.doubles((long) p * m, -1, 1).toArray();
    double[] c = random.doubles((long) p * p, -1, 1).toArray();
    double[] expected = c.clone();
    for (int j = 0; j < p; j++) {
      for (int i = j; i < p; i++) {
        for (int k = 0; k < m; k++) {
          expected[i + j * p] += b[i + k * p] * b[j + k * p];
        }
      }
    }
    update.apply(p, m, b, c);
    for (int j = 0; j < p; j++) {
      for (int i = 0; i < p; i++) {
        String where = "p " + p + " m " + m + " element " + i + "," + j;
        // above the diagonal nothing may be written
        assertEquals(expected[i + j * p], c[i + j * p], i < j ? 0 : tolerance, where);
      }
    }
  }
}
