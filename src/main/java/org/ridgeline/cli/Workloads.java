package org.ridgeline.cli;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.features.MapKind;
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

  /** The plan of a training. */
  static RunPlan plan(TrainOptions options, Workload workload, Machine machine) {
    Optional<MapOptions> map = options.fit().map();
    Workload whole =
        map.map(m -> mapped(workload, m)).orElse(workload).withExtras(options.fit().extras());
    return Planner.timed(whole, machine, options.fit().passes());
  }

  private static Workload mapped(Workload workload, MapOptions map) {
    int outputs = map.base().outputs(workload.inputs());
    Workload widest =
        map.base().kind() == MapKind.NYSTROM
            ? workload.withCentres(map.scales(), outputs)
            : workload.withMaps(map.scales(), outputs);
    return widest.withWidths(map.widths());
  }
}
