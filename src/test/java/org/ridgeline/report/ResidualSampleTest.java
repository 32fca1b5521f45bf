package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

class ResidualSampleTest {
  private static final double SECOND = 1e9;

  /** Looking through all rows for each error took 40 s for the largest sample. */
  @Test
  void theTableOfTheLargestSampleReadsEachRowAFewTimes() {
    RunFiles files = TinyRun.files(TinyRun.report(2), 4_000);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    ResidualSample sample = ResidualSample.of(files, "y");
    sample.table();
    double seconds = (threads.getCurrentThreadCpuTime() - start) / SECOND;
    assertEquals(4_000, sample.size());
    assertTrue(sample.isHeldOut());
    assertTrue(seconds < 3, "seconds of this thread's processor time " + seconds);
  }
}
