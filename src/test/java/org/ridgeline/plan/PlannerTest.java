package org.ridgeline.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Remedy;
import org.ridgeline.moments.Retention;
import org.ridgeline.spark.InputSplits;

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
  void whatDoesNotFitIsRefusedWithWhatWouldFit() {
    RunPlan plan = Planner.plan(work(30_000), local(4 * GIGABYTE), 1);
    assertFalse(plan.fits());
    DoesNotFitException refused =
        assertThrows(DoesNotFitException.class, () -> Planner.require(plan));
    assertEquals(Remedy.all(plan.advice()), refused.explanation().remedy().orElseThrow());
    assertTrue(
        refused.getMessage().contains("; give the driver more memory: spark.driver.memory 107g; "),
        refused.getMessage());
    assertTrue(
        refused.getMessage().contains("; allow larger results: spark.driver.maxResultSize "),
        refused.getMessage());
  }

  @Test
  void widerThanAnArrayIsRefused() {
    RunPlan plan = Planner.plan(work(50_000), local(1L << 50), 1);
    assertEquals("use at most 46339 columns, by features", plan.advice().get(0).toString());
  }

  @Test
  void keptRowsTakeTheirOwnBytesAndNoSquares() {
    Workload.Extras rows = new Workload.Extras(Retention.ROWS, 0, 0, 0);
    Workload work = new Workload(OptionalLong.of(60), 100_000, 1, 5, 100, 4).withExtras(rows);
    Machine machine = local(4 * GIGABYTE);
    RunPlan plan = Planner.plan(work, machine, 1);
    assertTrue(plan.fits(), plan.toString());
    long p = 100_001;
    long kept = 60 * 8 * p;
    assertEquals(kept + 5 * 4 * 3 * 8 * p, plan.resultBytes());
    long blocks = 5 * (4 * 8 * p + 8 * 3 * p);
    assertEquals(blocks + 2 * kept / machine.tasksPerExecutor(), plan.executorBytesPerTask());
    long path = 8L * 100_000 * 100;
    long resident = kept + 11 * 24 * p + 6 * path;
    assertEquals(resident + plan.solverThreads() * (8 * kept + 2 * path), plan.driverBytes());
    Workload loo = work.withRows(2_000).withExtras(new Workload.Extras(Retention.ROWS, 0, 1, 0));
    RunPlan left = Planner.plan(loo, cluster(GIGABYTE, 64 * GIGABYTE, GIGABYTE), 1);
    long rotation = 8L * 2_000 * (100_000 + 200);
    assertTrue(left.executorBytesPerTask() >= rotation, left.toString());
    assertTrue(left.executorBytesPerTask() < 3 * rotation, left.toString());
    RunPlan many = Planner.plan(work.withRows(10_001), machine, 1);
    assertFalse(many.fits());
    assertEquals("[the dual takes at most 10,000 rows: use solver auto]", many.advice().toString());
  }

  @Test
  void factorsOfColumnsTakeRowsAndAPriorTakesSquares() {
    Workload.Extras rows = new Workload.Extras(Retention.ROWS, 0, 0, 0);
    Workload work = new Workload(OptionalLong.of(100), 10_000, 1, 5, 100, 4);
    Machine machine = local(GIGABYTE);
    RunPlan plain = Planner.plan(work.withExtras(rows), machine, 1);
    RunPlan factored = Planner.plan(work.withExtras(rows.with(Workload.Form.COLUMNS)), machine, 1);
    assertTrue(factored.fits());
    long kept = 100 * 8 * 10_001;
    assertEquals(factored.solverThreads(), plain.solverThreads());
    assertEquals(plain.driverBytes() + plain.solverThreads() * 4L * kept, factored.driverBytes());
    RunPlan prior = Planner.plan(work.withExtras(rows.with(Workload.Form.MATRIX)), machine, 1);
    assertEquals(1, prior.solverThreads());
    long squares = 8L * 10_000 * 10_000;
    long onePlain = plain.driverBytes() - (plain.solverThreads() - 1) * (8 * kept + 16 * 1_000_000);
    assertEquals(onePlain + 7 * squares, prior.driverBytes());
    String refused =
        assertThrows(DoesNotFitException.class, () -> Planner.require(prior)).getMessage();
    assertTrue(
        refused.contains("; leave out the prior, a matrix of 10,000 x 10,000; give the driver"),
        refused);
  }

  @Test
  void aPenaltyTakesSquaresBesideTheScatter() {
    Machine machine = local(64 * GIGABYTE);
    Workload work = work(2_000).withRows(5_000);
    long square = 8L * 2_000 * 2_000;
    RunPlan plain = Planner.plan(work, machine, 1);
    Workload factors = work.withExtras(Workload.Extras.NONE.with(Workload.Form.COLUMNS));
    Workload prior = work.withExtras(Workload.Extras.NONE.with(Workload.Form.MATRIX));
    int threads = plain.solverThreads();
    assertEquals(
        plain.driverBytes() + threads * square, Planner.plan(factors, machine, 1).driverBytes());
    assertEquals(
        plain.driverBytes() + (3 * threads + 1) * square,
        Planner.plan(prior, machine, 1).driverBytes());
    Speed speed = new Speed(1e9, 1e-8);
    double more =
        Planner.timed(prior, machine, 1, speed).seconds().getAsDouble()
            - Planner.timed(work, machine, 1, speed).seconds().getAsDouble();
    assertTrue(more > 8e9 * 1e-8, "" + more);
  }

  @Test
  void aPriorIsNoWiderThanAnArray() {
    Workload.Extras rows = new Workload.Extras(Retention.ROWS, 0, 0, 0);
    Workload wide = new Workload(OptionalLong.of(60), 50_000, 1, 5, 100, 4);
    Machine machine = local(1L << 50);
    assertTrue(Planner.plan(wide.withExtras(rows.with(Workload.Form.COLUMNS)), machine, 1).fits());
    assertFalse(Planner.plan(wide.withExtras(rows.with(Workload.Form.MATRIX)), machine, 1).fits());
  }

  @Test
  void featureMapsTakeThePlaceOfTheInputs() {
    Workload mapped = work(20).withMaps(1, 2_000);
    RunPlan plan = Planner.plan(mapped, local(16 * GIGABYTE), 1);
    long p = 2_001;
    long triangle = 8 * p * (p + 1) / 2;
    long weights = 8L * 20 * 2_000;
    assertEquals(20, plan.d());
    assertEquals(2_000, plan.width().getAsInt());
    assertEquals(1, plan.passes());
    assertEquals(5 * triangle, plan.resultBytes());
    long blocks = 5 * 8 * 132 * 21 + 8 * 132 * p;
    assertEquals(8 * p * p + blocks + triangle + weights, plan.executorBytesPerTask());
    assertEquals(16 * triangle + weights + 2 * 4 * 8L * 2_000 * 2_000, plan.driverBytes());
    RunPlan centers = Planner.plan(work(20).withCenters(1, 2_000), local(16 * GIGABYTE), 1);
    assertEquals(plan.driverBytes() + 8L * 2_000 * 2_000, centers.driverBytes());
  }

  @Test
  void mapsThatDoNotFitSideBySideTakeMorePasses() {
    Workload three = work(20).withMaps(3, 2_000);
    assertEquals(1, Planner.plan(three, local(16 * GIGABYTE), 1).passes());
    Machine small = cluster(3 * GIGABYTE / 10, 16 * GIGABYTE, GIGABYTE);
    RunPlan plan = Planner.plan(three, small, 2);
    assertTrue(plan.fits(), plan.toString());
    assertEquals(2, plan.aggregation().mapsPerPass());
    assertEquals(3, plan.passes(), "two for three maps, one for what comes after");
    Machine narrow = cluster(16 * GIGABYTE, 16 * GIGABYTE, 100 << 20);
    RunPlan results = Planner.plan(three, narrow, 1);
    assertTrue(results.fits(), results.toString());
    assertEquals(3, results.passes());
  }

  @Test
  void theLargestWidthFitsAndTheNextDoesNot() {
    Machine[] machines = {
      local(GIGABYTE),
      local(4 * GIGABYTE),
      local(64 * GIGABYTE),
      local(1L << 50),
      cluster(GIGABYTE / 2, 16 * GIGABYTE, GIGABYTE),
      cluster(64 * GIGABYTE, 64 * GIGABYTE, GIGABYTE / 50)
    };
    for (Machine machine : machines) {
      for (int maps = 1; maps <= 3; maps++) {
        Workload work = work(20).withMaps(maps, 46_000);
        int widest = Planner.widest(work, machine).getAsInt();
        RunPlan fitting = Planner.plan(work.withMaps(maps, widest), machine, 1);
        assertTrue(fitting.fits(), fitting.toString());
        RunPlan beyond = Planner.plan(work.withMaps(maps, widest + 2), machine, 1);
        assertFalse(beyond.fits(), beyond.toString());
        assertEquals(
            "use at most width " + widest + ", the largest that fits",
            beyond.advice().get(0).toString());
      }
    }
    RunPlan refused = Planner.plan(work(20).withMaps(1, 30_000), local(GIGABYTE), 1);
    assertTrue(
        assertThrows(DoesNotFitException.class, () -> Planner.require(refused))
            .getMessage()
            .startsWith("width 30000 does not fit: "));
    RunPlan nothing = Planner.plan(work(20).withMaps(1, 100), local(1_000), 1);
    assertEquals("no width fits (width)", nothing.advice().get(0).toString());
  }

  @Test
  void triangularFactorsAndTheRotationAreCounted() {
    Machine machine = local(4 * GIGABYTE);
    long p = 100;
    long triangle = 8 * p * (p + 1) / 2;
    long square = 8 * p * p;
    Workload factors = work(99).withExtras(new Workload.Extras(Retention.FACTOR, 0, 0, 0));
    RunPlan plan = Planner.plan(factors, machine, 1);
    assertEquals(8 * 5 * (triangle + square), plan.resultBytes());
    assertEquals(
        5 * (8L * 100 * 100 + square + 8 * 257 * 100) + triangle, plan.executorBytesPerTask());
    assertEquals((8 * 5 + 5) * (triangle + square), plan.driverBytes());
    Workload wide = work(1_999).withExtras(new Workload.Extras(Retention.FACTOR, 0, 0, 0));
    assertEquals(
        AggregationPlan.Merging.COLLECT,
        Planner.plan(wide, local(64 * GIGABYTE), 1).aggregation().merging());
    Workload loo = work(2_000).withExtras(new Workload.Extras(Retention.SCATTER, 0, 1, 0));
    long rotation = 8L * 2_000 * (2_000 + 2 * 100);
    long moments = 11 * 8L * 2_001 * 2_002 / 2;
    assertEquals(
        Math.max(moments + 3 * rotation, moments + 2 * 4 * 8L * 2_000 * 2_000),
        Planner.plan(loo, local(64 * GIGABYTE), 2).driverBytes());
  }

  /** The formula of the Javadoc, by hand, at 40 GF and 2 ns for each d^3 of an eigenproblem. */
  @Test
  void secondsAreReadingUpdatesAndSystems() {
    Speed speed = new Speed(40e9, 2e-9);
    Machine machine = local(16 * GIGABYTE);
    double reading = 1e6 * 8 * 501 / 0.45e9 / 2;
    double updates = 1e6 * 501 * 501 / (0.85 * 2 * 40e9);
    double pass = reading + 0.2 + 0.005 * 8 / 2;
    double system = 125e6 * 2e-9 / 2;
    Workload work = work(500).withRows(1_000_000);
    assertEquals(
        pass + updates + (3 / 0.85 + 1) * system,
        TimePlan.seconds(work, machine, speed, 2).orElseThrow(),
        1e-9);
    Workload loo = work.withExtras(new Workload.Extras(Retention.SCATTER, 0, 1, 1));
    double rotations = 2e6 * 500 * (500 + 2 * 100) / (0.85 * 2 * 40e9);
    assertEquals(
        3 * pass + updates + rotations + (3 / 0.85 + 1) * system,
        TimePlan.seconds(loo, machine, speed, 2).orElseThrow(),
        1e-9);
    Workload halves = work.withMaps(2, 400).withWidths(java.util.List.of(200, 400));
    double wide = 64e6 * 2e-9 / 2;
    double mapped = 2e6 * (401.0 * 401 + (2 * 500 + 40) * 400) / (0.85 * 2 * 40e9);
    assertEquals(
        2 * pass + mapped + 2 * 1.125 * (3 / 0.85 + 1) * wide,
        TimePlan.seconds(halves, machine, speed, 2).orElseThrow(),
        1e-9);
  }

  @Test
  void aSpeedIsPositive() {
    assertThrows(IllegalArgumentException.class, () -> new Speed(0, 1));
  }

  private static Machine cluster(long executorHeap, long driverHeap, long results) {
    return new Machine(Machine.Place.CLUSTER, 2, 2, 4, driverHeap, executorHeap, results);
  }

  @Test
  void splitsDependOnBytesAndWidthOnly() {
    assertEquals(1, InputSplits.count(1_000, 10, 5));
    assertEquals(2, InputSplits.count(7L << 20, 10, 5));
    assertEquals(4, InputSplits.count(100L << 20, 10, 5));
    assertEquals(25, InputSplits.count(800L << 20, 101, 5));
    assertEquals(7, InputSplits.count(800L << 20, 5_000, 5));
  }

  @Test
  void tasksGrowWithSlotsAndBytesButNotWithSplits() {
    long gigabyte = 1L << 30;
    for (int splits : new int[] {16, 400, 100_000}) {
      assertEquals(6, InputSplits.tasks(splits, gigabyte, 500, 5, 2), "200 MB for a task");
      assertEquals(16, InputSplits.tasks(splits, 1_000 * gigabyte, 500, 5, 2), "8 for a slot");
      assertEquals(2, InputSplits.tasks(splits, gigabyte, 2_000, 5, 2), "800 MB for a task");
      assertEquals(4, InputSplits.tasks(splits, 0, 500, 5, 2), "of unknown size");
    }
    assertEquals(800, InputSplits.tasks(5_000, 640 * gigabyte, 2_000, 5, 100));
    assertEquals(3, InputSplits.tasks(3, 1_000 * gigabyte, 500, 5, 100), "no more than splits");
    assertEquals(1, InputSplits.tasks(1, 1, 1, 1, 8));
  }
}
