package org.ridgeline.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Machine;
import org.ridgeline.spark.Planner;
import org.ridgeline.spark.RunPlan;
import org.ridgeline.spark.Workload;

/** What a training will have to do, for the planner. */
final class Workloads {
  /** Points of an automatic grid with all of its spare points. */
  private static final int AUTOMATIC = 200;

  /** What a fold column has is not known before it is read. */
  private static final int GUESSED_FOLDS = 5;

  private Workloads() {}

  /** The work of a training whose number of rows is not known. */
  static Workload of(TrainOptions options, Design design, Dataset<Row> rows) {
    int lambdas = options.fit().tuning().lambdas().values().map(Vec::size).orElse(AUTOMATIC);
    return Workload.of(rows, design, GUESSED_FOLDS, lambdas);
  }

  /**
   * The plan of a training; when a map does not fit, its advice names the largest width that would.
   */
  static RunPlan plan(TrainOptions options, Workload workload, Machine machine) {
    Optional<MapOptions> map = options.fit().map();
    boolean twice = options.fit().residuals() == FitOptions.Residuals.EXACT;
    int passes = 1 + (twice ? map.map(MapOptions::settings).orElse(1) : 0);
    if (map.isEmpty()) {
      return Planner.plan(workload, machine, passes);
    }
    MapSpec widest = map.get().base();
    int scales = map.get().scales();
    int outputs = widest.outputs(workload.inputs());
    RunPlan plan = Planner.plan(workload.withMaps(scales, outputs), machine, passes);
    if (plan.fits()) {
      return plan;
    }
    OptionalInt fitting = largestWidth(widest, scales, workload, machine);
    return fitting.isPresent()
        ? plan.advising("use --width " + fitting.getAsInt() + ", the largest that fits")
        : plan;
  }

  /** By bisection over the number of units; empty when not even one fits. */
  private static OptionalInt largestWidth(
      MapSpec widest, int scales, Workload workload, Machine machine) {
    int size = widest.unitSize(workload.inputs());
    int fits = 0;
    int fails = widest.units(workload.inputs());
    while (fails - fits > 1) {
      int middle = fits + (fails - fits) / 2;
      if (Planner.plan(workload.withMaps(scales, middle * size), machine, 1).fits()) {
        fits = middle;
      } else {
        fails = middle;
      }
    }
    return fits == 0 ? OptionalInt.empty() : OptionalInt.of(fits * size);
  }
}
