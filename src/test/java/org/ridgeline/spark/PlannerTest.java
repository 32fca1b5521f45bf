package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PlannerTest {
  private static final long GIGABYTE = 1L << 30;

  private static Workload work(int d) {
    return new Workload(OptionalLong.empty(), d, 1, 5, 100, 8);
  }

  private static Machine local(long heap) {
    return new Machine(Machine.Place.LOCAL, 2, 2, 2, heap, heap, GIGABYTE);
  }

  @Test
  void fourThousandFeaturesFitFourGigabytes() {
    RunPlan plan = Planner.plan(work(4_000), local(4 * GIGABYTE), 1);
    assertTrue(plan.fits(), plan.toString());
    assertEquals(1, Planner.solverThreads(work(4_000), local(2 * GIGABYTE)));
  }

  @Test
  void theBytesAreThoseOfTheArrays() {
    RunPlan plan = Planner.plan(work(99), local(4 * GIGABYTE), 1);
    long triangle = 8 * 100 * 101 / 2;
    assertEquals(8 * 5 * triangle, plan.resultBytes());
    assertEquals(5 * (8L * 100 * 100 + 8 * 257 * 100) + triangle, plan.executorBytesPerTask());
    assertEquals((8 * 5 + 5) * triangle, plan.driverBytes(), "when the results arrive");
    RunPlan wide = Planner.plan(work(1_999), local(16 * GIGABYTE), 1);
    long wideTriangle = 8L * 2_000 * 2_001 / 2;
    assertEquals(5 * wideTriangle, wide.resultBytes(), "merged by tasks");
    assertEquals(11 * wideTriangle + 2 * 4 * 8L * 1_999 * 1_999, wide.driverBytes());
  }

  @Test
  void whatDoesNotFitIsRefusedWithFlags() {
    RunPlan plan = Planner.plan(work(30_000), local(4 * GIGABYTE), 1);
    assertFalse(plan.fits());
    DoesNotFitException refused =
        assertThrows(DoesNotFitException.class, () -> Planner.require(plan));
    assertTrue(refused.getMessage().contains("--driver-memory "), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("--conf spark.driver.maxResultSize="), refused.getMessage());
  }

  @Test
  void widerThanAnArrayIsRefused() {
    RunPlan plan = Planner.plan(work(50_000), local(1L << 50), 1);
    assertTrue(plan.advice().contains("use at most 46339 columns, by --features"));
  }

  @Test
  void splitsDependOnBytesAndWidthOnly() {
    assertEquals(1, InputSplits.count(1_000, 10, 5));
    assertEquals(2, InputSplits.count(7L << 20, 10, 5));
    assertEquals(4, InputSplits.count(100L << 20, 10, 5));
    assertEquals(25, InputSplits.count(800L << 20, 101, 5));
    assertEquals(7, InputSplits.count(800L << 20, 5_000, 5));
  }
}
