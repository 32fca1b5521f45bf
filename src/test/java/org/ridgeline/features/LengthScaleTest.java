package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.ridgeline.linalg.Vec;

class LengthScaleTest {
  private static final double[] LINE = {0, 1, 3, 7}; // distances 1, 2, 3, 4, 6, 7

  @Test
  void isTheMedianOfAllPairs() {
    InputScaling none = InputScaling.none(1);
    assertEquals(3.5, LengthScale.median(none, 4, LINE));
    assertEquals(2, LengthScale.median(none, 3, LINE));
  }

  @Test
  void pairsOfEqualRowsDoNotCount() {
    double[] repeated = {0, 0, 0, 0, 1, 3, 7};
    assertEquals(3, LengthScale.median(InputScaling.none(1), 7, repeated));
  }

  @Test
  void isInUnitsOfTheScaledInputs() {
    InputScaling tenth = InputScaling.of(Vec.of(5), Vec.of(10));
    assertEquals(0.35, LengthScale.median(tenth, 4, LINE), 1e-15);
    assertEquals(0.4, LengthScale.median(tenth.clippedAt(0.4), 4, LINE), 1e-15);
  }

  @Test
  void gridSurroundsTheMedian() {
    assertEquals(Vec.of(0.35 * 2, 0.7 * 2, 1.4 * 2), LengthScale.grid(2));
  }
}
