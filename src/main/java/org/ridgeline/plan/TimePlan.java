package org.ridgeline.plan;

import java.util.OptionalDouble;
import org.ridgeline.moments.Retention;

/**
 * Predicts the seconds of a run, from the known schema to the chosen model, out of its size and a
 * measured {@link Speed}. With s slots, n rows, p = D + m columns of the moments:
 *
 * <pre>
 * reading      bytes of the numbers / (0.45 GB/s s); text: bytes of the file / (45 MB/s s)
 * a pass       reading + n maps (p^2 + 2 d D) / (0.85 flops s) + 0.2 s + 5 ms for a task
 * a system     half an eigendecomposition; for one lambda 7 factorizations
 * solving      (k / threads, rounded up, + 1) systems, for every map and width
 * the dual     n p in place of n p^2; a system is 6 n^2 d flops, 2 n d L m and one of order n
 * a prior      an eigendecomposition and 8 d^3 flops for each system
 * residuals    a pass of 2 n d L m flops; leave-one-out: 2 n d (d + 2 L m); refinement: reading
 * </pre>
 *
 * <p>The rates of reading were measured on uncached Parquet (snappy, doubles, page cache) and on
 * CSV, on x86-64 with AVX2; 0.85 is what two threads on two cores keep of twice the speed of one.
 * Over a network, reading may be what takes longest: then the prediction is too low.
 */
final class TimePlan {
  private static final double NUMBERS_PER_SECOND = 0.45e9; // bytes
  private static final double TEXT_PER_SECOND = 45e6; // bytes
  private static final double SHARED = 0.85;
  private static final double JOB_SECONDS = 0.2;
  private static final double TASK_SECONDS = 0.005;
  private static final double COSINE_FLOPS = 40; // what a cosine costs, in flops of an update
  private static final int FACTORIZATIONS_PER_LAMBDA = 7;
  private static final int MOST_BY_CHOLESKY = 1;
  private static final double REDUCTION = 0.5; // of an eigendecomposition, with all it is used for

  private final Workload work;
  private final Machine machine;
  private final Speed speed;
  private final double n;

  private TimePlan(Workload work, double n, Machine machine, Speed speed) {
    this.work = work;
    this.machine = machine;
    this.speed = speed;
    this.n = n;
  }

  /**
   * Returns the seconds of a run whose systems are solved by {@code threads} threads; empty where
   * nothing tells how many rows there are.
   */
  static OptionalDouble seconds(Workload work, Machine machine, Speed speed, int threads) {
    if (work.expectedRows().isEmpty()) {
      return OptionalDouble.empty();
    }
    TimePlan plan = new TimePlan(work, work.expectedRows().getAsDouble(), machine, speed);
    return OptionalDouble.of(plan.passes() + plan.solving(threads));
  }

  private double passes() {
    int reads = AggregationPlan.choose(work, machine).passes(work.sums());
    double prePass = work.mapping().isPresent() ? pass(0) : 0;
    double d = work.outputs();
    double models = (double) work.lambdas() * work.targets();
    Workload.Extras extras = work.extras();
    return prePass
        + reads * pass(0)
        + updates() / rate()
        + extras.residuals() * pass(2 * n * d * models)
        + extras.leaveOneOut() * pass(2 * n * rank() * (d + 2 * models))
        + extras.refinements() * pass(0);
  }

  /** Returns a pass that computes so many flops. */
  private double pass(double flops) {
    return work.reading().bytesOf(n, work.rowWidth())
            / (work.reading().isText() ? TEXT_PER_SECOND : NUMBERS_PER_SECOND)
            / busySlots()
        + flops / rate()
        + JOB_SECONDS
        + TASK_SECONDS * work.tasks() / machine.slots();
  }

  private double updates() {
    double p = work.width();
    double each = work.extras().keep() == Retention.ROWS ? p : p * p;
    double mapped =
        work.mapping().isPresent() ? (2.0 * work.inputs() + COSINE_FLOPS) * work.outputs() : 0;
    return n * work.sums() * (each + mapped);
  }

  private double rate() {
    int busy = busySlots();
    return speed.flops() * (busy == 1 ? 1 : SHARED * busy);
  }

  private int busySlots() {
    return Math.min(machine.slots(), work.tasks());
  }

  private double solving(int threads) {
    double system = (work.extras().keep() == Retention.ROWS ? dualSystem() : system()) + form();
    int asked = work.extras().splits() > 0 ? work.extras().splits() : work.folds();
    int rounds = work.folds() == 1 ? 0 : (asked + threads - 1) / threads;
    double share = threads == 1 ? 1 : SHARED;
    return work.systems() * (rounds / share + 1) * system;
  }

  private double system() {
    double d = work.outputs();
    double cube = d * d * d;
    return work.lambdas() > MOST_BY_CHOLESKY
        ? REDUCTION * cube * speed.eigenSeconds()
        : work.lambdas() * FACTORIZATIONS_PER_LAMBDA * cube / (3 * speed.flops());
  }

  private double dualSystem() {
    double r = rank();
    double models = (double) work.lambdas() * work.targets();
    double products = 6 * r * n * work.outputs() + 2 * r * work.outputs() * models;
    return products / speed.flops() + r * r * r * speed.eigenSeconds();
  }

  /** Returns the coordinates of a penalty with a matrix: its eigenvectors, and four products. */
  private double form() {
    double d = work.outputs();
    double cube = d * d * d;
    return work.extras().form() == Workload.Form.MATRIX
        ? cube * speed.eigenSeconds() + 8 * cube / speed.flops()
        : 0;
  }

  /** Returns how many eigenvectors there are. */
  private double rank() {
    boolean dual = work.extras().keep() == Retention.ROWS;
    return dual ? Math.min(n, work.outputs()) : work.outputs();
  }
}
