package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CounterRandomTest {
  /** Known answers of the authors' Random123 library: kat_vectors, philox4x32 10. */
  @Test
  void knownAnswersOfPhilox() {
    assertEquals(0xe169c58d_6627e8d5L, new CounterRandom(0).bits(0, 0));
    assertEquals(0x41c83b0e_408f276dL, new CounterRandom(-1).bits(-1, -1));
    long seed = 0x299f31d0_a4093822L;
    assertEquals(
        0x94fdcceb_d16cfe09L,
        new CounterRandom(seed).bits(0x03707344_13198a2eL, 0x85a308d3_243f6a88L));
  }

  /** By root finding on the distribution function with 40 digits (mpmath). */
  @Test
  void normalQuantilesOfAnotherProgram() {
    double[][] known = {
      {0.975, 1.9599639845400538},
      {0.9, 1.2815515655446006},
      {1e-3, -3.0902323061678136},
      {1e-10, -6.361340902404057},
      {1e-16, -8.222082216130435},
      {0.3, -0.5244005127080408}
    };
    for (double[] pair : known) {
      assertEquals(pair[1], NormalQuantile.at(pair[0]), 1e-15 * Math.abs(pair[1]));
    }
  }

  @Test
  void drawsDependOnTheirIndexOnly() {
    CounterRandom random = new CounterRandom(3);
    double late = random.gaussian(2, 1L << 40);
    random.gaussian(2, 5);
    assertEquals(late, random.gaussian(2, 1L << 40));
    assertNotEquals(late, random.gaussian(1, 1L << 40));
    assertNotEquals(late, new CounterRandom(4).gaussian(2, 1L << 40));
  }

  @Test
  void uniformIsInsideTheOpenInterval() {
    CounterRandom random = new CounterRandom(11);
    double mean = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      double u = random.uniform(0, i);
      assertTrue(u > 0 && u < 1);
      mean += u / n;
    }
    assertEquals(0.5, mean, 4 / Math.sqrt(12.0 * n));
    double largest = ((-1L >>> 12) + 0.5) * 0x1p-52;
    assertTrue(largest < 1 && 1 - largest == 0x1p-53);
  }

  @Test
  void normalAndChiSquareDrawsHaveTheirMoments() {
    CounterRandom random = new CounterRandom(5);
    int n = 200_000;
    double[] sums = new double[5];
    for (int i = 0; i < n; i++) {
      double g = random.gaussian(0, i);
      double c = random.chiSquare(3, 1, 3L * i);
      sums[0] += g / n;
      sums[1] += g * g / n;
      sums[2] += g * g * g * g / n;
      sums[3] += c / n;
      sums[4] += (c - 3) * (c - 3) / n;
    }
    double root = Math.sqrt(n);
    assertEquals(0, sums[0], 4 / root);
    assertEquals(1, sums[1], 4 * Math.sqrt(2) / root);
    assertEquals(3, sums[2], 4 * Math.sqrt(96) / root);
    assertEquals(3, sums[3], 4 * Math.sqrt(6) / root);
    assertEquals(6, sums[4], 4 * Math.sqrt(252) / root);
  }
}
