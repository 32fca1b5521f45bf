package org.ridgeline.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.ridgeline.base.Check;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.moments.Retention;
import org.ridgeline.ridge.SolverTable;

/**
 * Predicts the bytes of a run from its size alone.
 *
 * <p>With {@code T = 8 p (p + 1) / 2} bytes for a packed triangle of p = d + m columns:
 *
 * <pre>
 * a task, all folds      k (8 p^2 + block) + T
 * a task, rows by fold   8 p^2 + T + k blocks
 * results                parts T, or k T when tasks merge them
 * driver, receiving      results + k T
 * driver, solving        (2 k + 1) T + threads x 4 x 8 d^2
 * </pre>
 *
 * <p>Where the n rows are kept for the dual, {@code R = 8 n p} and L lambdas of m targets:
 *
 * <pre>
 * a task                 k (32 p + block) + 2 R / tasks of a JVM
 * results                R + 24 p k tasks
 * driver, receiving      results + R + 24 p k
 * driver, solving        R + 24 p (2 k + 1) + 8 d L m (k + 1) + threads x (8 R + 16 d L)
 * </pre>
 *
 * <p>A penalty with factors adds {@code 4 R} to a thread where rows are kept, else {@code 8 d^2}.
 * One with a matrix, such as a prior, adds {@code 6 x 8 d^2} or {@code 3 x 8 d^2}, and {@code 8
 * d^2} to the driver.
 *
 * <p>Feature maps put their D features in the place of d. A task then holds {@code 8 p^2} for every
 * map of a pass, one block of mapped rows and the weights; the driver keeps k T for every map and k
 * T for the leading columns of one of them. The driver keeps the folds and the suffix merges of
 * their training parts; triangular factors add {@code 8 p^2} to every T; every solving thread holds
 * the system, its eigenvectors and three squares of work space less one that is shared.
 */
public final class Planner {
  private static final int SQUARES_PER_THREAD = 4;

  /** The rows as they were read, centered, scaled and transposed, their vectors, work space. */
  private static final int ROWS_PER_THREAD = 8;

  /** The rows in the coordinates of a penalty with factors, and what is free of it. */
  private static final int ROWS_OF_COLUMNS = 4;

  /** The matrix of a system in the coordinates of a penalty with factors. */
  private static final int SQUARES_OF_COLUMNS = 1;

  /** The matrix of the penalty, its eigenvectors and their work space, before there is a system. */
  private static final int SQUARES_OF_MATRIX = 6;

  /** What is left of them beside the system, and its matrix in their coordinates. */
  private static final int SQUARES_BESIDE_SYSTEM = 3;

  /** The models of a path in standardized and in original units. */
  private static final int PATHS_PER_THREAD = 2;

  /** The means, in two parts, and the sums of squares. */
  private static final long SUMS_OF_COLUMN = 3 * Double.BYTES;

  /** The eigenvectors, the models made of them, and those on their way in bytes. */
  private static final int COPIES_OF_ROTATION = 3;

  private static final int WIDEST = 46_340; // p^2 doubles in one Java array

  private Planner() {}

  /** The bytes of a run. */
  private record Bytes(AggregationPlan aggregation, long driver, long task, long results) {
    static Bytes of(Workload work, Machine machine) {
      AggregationPlan aggregation = AggregationPlan.choose(work, machine);
      long results = aggregation.resultBytes(work);
      int threads = solverThreads(work, machine);
      long solving = residentBytes(work) + threads * threadBytes(work);
      long moments = work.sums() * (work.folds() * foldBytes(work) + keptBytes(work));
      long receiving = results + moments + work.sums() * work.mapBytes();
      long sending = residentBytes(work) + COPIES_OF_ROTATION * rotationBytes(work);
      return new Bytes(
          aggregation,
          Math.max(Math.max(solving, receiving), sending),
          Math.max(aggregation.taskBytes(work, machine), rotationBytes(work)),
          results);
    }

    boolean fit(Workload work, Machine machine) {
      return !isTooWide(work)
          && !hasTooManyRows(work)
          && driver <= machine.driverBudget()
          && results <= machine.maxResultSize()
          && task <= machine.taskBudget();
    }
  }

  /**
   * Returns the plan of a run that reads the data {@code passes} times when all feature maps fit
   * one pass.
   */
  public static RunPlan plan(Workload work, Machine machine, int passes) {
    Bytes bytes = Bytes.of(work, machine);
    List<Remedy> advice = advice(work, machine, bytes);
    return new RunPlan(
        work.rows(),
        work.inputs(),
        work.mapping().isPresent() ? OptionalInt.of(work.outputs()) : OptionalInt.empty(),
        passes - 1 + bytes.aggregation().passes(work.sums()),
        bytes.driver(),
        bytes.task(),
        bytes.results(),
        OptionalDouble.empty(),
        solverThreads(work, machine),
        bytes.aggregation(),
        advice.isEmpty(),
        advice);
  }

  /** Returns the same with the seconds that it will take at a measured speed. */
  public static RunPlan timed(Workload work, Machine machine, int passes, Speed speed) {
    RunPlan plan = plan(work, machine, passes);
    return plan.withSeconds(TimePlan.seconds(work, machine, speed, plan.solverThreads()));
  }

  /**
   * Returns the largest even width of the feature maps of {@code work} that fits, everything else
   * being the same; empty when not even 2 does.
   *
   * @throws IllegalArgumentException when there is no map
   */
  public static OptionalInt widest(Workload work, Machine machine) {
    Check.that(work.mapping().isPresent(), "Cannot look for the widest feature map: there is none");
    int low = 0; // 2 low fits, or low is 0
    int high = (WIDEST - work.targets()) / 2 + 1; // 2 high does not fit
    while (high - low > 1) {
      int middle = (low + high) / 2;
      Workload narrower = work.withOutputs(2 * middle);
      if (Bytes.of(narrower, machine).fit(narrower, machine)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low == 0 ? OptionalInt.empty() : OptionalInt.of(2 * low);
  }

  private static List<Remedy> advice(Workload work, Machine machine, Bytes bytes) {
    List<Remedy> advice = new ArrayList<>();
    if (bytes.fit(work, machine)) {
      return advice;
    }
    if (work.mapping().isPresent()) {
      OptionalInt widest = widest(work, machine);
      advice.add(
          widest.isPresent()
              ? Remedy.of(
                  "use at most %s, the largest that fits", Option.WIDTH.to(widest.getAsInt()))
              : Remedy.of("no width fits (%s)", Option.WIDTH));
    } else if (isTooWide(work)) {
      advice.add(
          Remedy.of("use at most %d columns, by %s", WIDEST - work.targets(), Option.FEATURES));
    }
    if (hasTooManyRows(work)) {
      advice.add(
          Remedy.of(
              "the dual takes at most %,d rows: use %s",
              SolverTable.MOST_ROWS, Option.SOLVER.to("auto")));
      return advice;
    }
    if (hasMatrix(work)) {
      advice.add(
          Remedy.of("leave out the prior, a matrix of %,d x %,d", work.outputs(), work.outputs()));
    }
    adviseDriver(bytes.driver(), machine, advice);
    adviseResults(bytes.results(), machine, advice);
    adviseTask(bytes.task(), machine, advice);
    return advice;
  }

  /**
   * Refuses a plan that does not fit.
   *
   * @throws DoesNotFitException with the advice
   */
  public static void require(RunPlan plan) {
    if (!plan.fits()) {
      throw new DoesNotFitException(
          String.format(
              Locale.ROOT,
              "%s: the driver needs %s, a task %s, results are %s",
              plan.width().isPresent()
                  ? "width " + plan.width().getAsInt() + " does not fit"
                  : plan.d() + " features do not fit",
              megabytes(plan.driverBytes()),
              megabytes(plan.executorBytesPerTask()),
              megabytes(plan.resultBytes())),
          Remedy.all(plan.advice()));
    }
  }

  /**
   * Returns how many systems the driver can solve at once: no more than folds + 1, than processors,
   * than memory allows; at least one.
   */
  public static int solverThreads(Workload work, Machine machine) {
    long left = machine.driverBudget() - residentBytes(work);
    long byMemory = Math.max(1, left / threadBytes(work));
    return (int) Math.min(byMemory, Math.min(machine.driverCores(), work.folds() + 1));
  }

  private static long residentBytes(Workload work) {
    long triangles = 2L * work.folds() + 1;
    if (work.mapping().isPresent()) {
      triangles += (long) work.sums() * work.folds();
    }
    long models = keepsRows(work) ? (work.folds() + 1L) * pathBytes(work) : 0;
    models += hasMatrix(work) ? squareBytes(work) : 0;
    return triangles * foldBytes(work) + work.sums() * (work.mapBytes() + keptBytes(work)) + models;
  }

  private static boolean keepsRows(Workload work) {
    return work.extras().keep() == Retention.ROWS;
  }

  private static boolean hasMatrix(Workload work) {
    return work.extras().form() == Workload.Form.MATRIX;
  }

  /** Whether a matrix that is needed has more numbers than an array. */
  private static boolean isTooWide(Workload work) {
    return work.width() > WIDEST && (!keepsRows(work) || hasMatrix(work));
  }

  private static boolean hasTooManyRows(Workload work) {
    return work.keptRows() > SolverTable.MOST_ROWS;
  }

  /** Returns the rows of one sum where they are kept: their merges share them. */
  private static long keptBytes(Workload work) {
    return AggregationPlan.rowBytes(work);
  }

  /** Returns the models of every lambda and target. */
  private static long pathBytes(Workload work) {
    return (long) Double.BYTES * work.outputs() * work.lambdas() * work.targets();
  }

  /** Returns the moments of one fold, and the triangular factor where it is kept. */
  private static long foldBytes(Workload work) {
    if (keepsRows(work)) {
      return SUMS_OF_COLUMN * work.width();
    }
    return AggregationPlan.triangleBytes(work.width()) + AggregationPlan.factorBytes(work);
  }

  /**
   * Returns all models in the basis of the eigenvectors, which leaving rows out needs everywhere.
   */
  private static long rotationBytes(Workload work) {
    long models = (long) work.lambdas() * work.targets();
    long vectors = keepsRows(work) ? work.keptRows() : work.outputs();
    return work.extras().leaveOneOut() == 0
        ? 0
        : Double.BYTES
            * (work.outputs() * vectors + 2L * models * Math.min(vectors, work.outputs()));
  }

  private static long threadBytes(Workload work) {
    boolean factored = work.extras().form() == Workload.Form.COLUMNS;
    if (keepsRows(work)) {
      int rows = ROWS_PER_THREAD + (factored ? ROWS_OF_COLUMNS : 0);
      return rows * AggregationPlan.rowBytes(work)
          + PATHS_PER_THREAD * pathBytes(work) / work.targets()
          + (hasMatrix(work) ? SQUARES_OF_MATRIX * squareBytes(work) : 0);
    }
    int squares =
        SQUARES_PER_THREAD
            + (factored ? SQUARES_OF_COLUMNS : 0)
            + (hasMatrix(work) ? SQUARES_BESIDE_SYSTEM : 0);
    return squares * squareBytes(work);
  }

  private static long squareBytes(Workload work) {
    return (long) Double.BYTES * work.outputs() * work.outputs();
  }

  private static void adviseDriver(long bytes, Machine machine, List<Remedy> advice) {
    if (bytes > machine.driverBudget()) {
      double share = (double) machine.driverBudget() / machine.driverHeap();
      advice.add(
          Remedy.of(
              "give the driver more memory: %s",
              Option.DRIVER_MEMORY.to(gigabytes(bytes / share))));
    }
  }

  private static void adviseResults(long bytes, Machine machine, List<Remedy> advice) {
    if (bytes > machine.maxResultSize()) {
      advice.add(
          Remedy.of("allow larger results: %s", Option.MAX_RESULT_SIZE.to(gigabytes(1.2 * bytes))));
    }
  }

  private static void adviseTask(long bytes, Machine machine, List<Remedy> advice) {
    if (bytes <= machine.taskBudget()) {
      return;
    }
    double share = (double) machine.taskBudget() / machine.executorHeap();
    Option memory =
        machine.place() == Machine.Place.LOCAL ? Option.DRIVER_MEMORY : Option.EXECUTOR_MEMORY;
    advice.add(
        Remedy.of(
            "give each of %d tasks in a JVM more memory: %s, or run fewer at once",
            machine.tasksPerExecutor(), memory.to(gigabytes(bytes / share))));
  }

  private static String gigabytes(double bytes) {
    return (long) Math.ceil(bytes / (1L << 30)) + "g";
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + " MB";
  }
}
