package org.ridgeline.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpeedProbeTest {
  @Test
  void theSpeedIsMeasuredOnceAndQuickly() {
    SpeedProbe.atOrder(100);
    long start = System.nanoTime();
    assertEquals(SpeedProbe.atOrder(101).flops(), SpeedProbe.atOrder(101).flops());
    assertTrue(System.nanoTime() - start < 5_000_000_000L);
    assertTrue(SpeedProbe.atOrder(20_000).flops() > 1e7, "never by a problem of that size");
  }
}
