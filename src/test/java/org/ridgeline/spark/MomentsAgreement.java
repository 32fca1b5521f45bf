package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/**
 * Whether two ways of summing rows agree, relative to the deviations of the columns: sums in
 * another order differ by a rounding per term.
 */
final class MomentsAgreement {
  private MomentsAgreement() {}

  static void assertClose(FoldedMoments expected, FoldedMoments actual, double tolerance) {
    assertEquals(expected.folds(), actual.folds());
    for (int f = 0; f < expected.folds(); f++) {
      assertEquals(expected.label(f), actual.label(f));
      assertClose(expected.fold(f), actual.fold(f), tolerance);
    }
  }

  private static void assertClose(Moments expected, Moments actual, double tolerance) {
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.weightSum(), actual.weightSum(), tolerance * expected.weightSum());
    int p = expected.inputs() + expected.targets();
    for (int j = 0; j < p; j++) {
      double size = Math.sqrt(expected.scatter().get(j, j) / Math.max(1, expected.weightSum()));
      assertEquals(expected.mean(j), actual.mean(j), tolerance * (size + 1e-300));
      for (int i = j; i < p; i++) {
        double scale =
            Math.sqrt(expected.scatter().get(i, i)) * Math.sqrt(expected.scatter().get(j, j));
        assertEquals(
            expected.scatter().get(i, j), actual.scatter().get(i, j), tolerance * (scale + 1e-300));
      }
    }
  }
}
