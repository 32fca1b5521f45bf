package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ridgeline.linalg.Vec;

class InputScalingTest {
  private static final InputScaling SCALING = InputScaling.of(Vec.of(10, -1), Vec.of(2, 0.5));

  @Test
  void centersThenScales() {
    double[] out = new double[4];
    assertEquals(0, SCALING.apply(new double[] {7, 12, 0}, 1, out, 2));
    assertArrayEquals(new double[] {0, 0, 1, 2}, out);
    assertTrue(SCALING.clip().isEmpty());
  }

  @Test
  void clipsBothSidesAndCounts() {
    double[] out = new double[2];
    InputScaling clipped = SCALING.clippedAt(1.5);
    assertEquals(1, clipped.apply(new double[] {13, -4}, 0, out, 0));
    assertArrayEquals(new double[] {1.5, -1.5}, out);
    assertEquals(1.5, clipped.clip().orElseThrow());
    assertEquals(1, clipped.apply(new double[] {Double.NaN, 1e300}, 0, out, 0));
    assertArrayEquals(new double[] {Double.NaN, 1.5}, out);
  }

  @Test
  void noneChangesNothing() {
    double[] out = new double[3];
    InputScaling.none(3).apply(new double[] {1e308, -2, 3}, 0, out, 0);
    assertArrayEquals(new double[] {1e308, -2, 3}, out);
  }
}
