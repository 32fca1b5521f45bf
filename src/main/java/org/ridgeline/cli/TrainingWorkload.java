package org.ridgeline.cli;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.features.MapKind;
import org.ridgeline.linalg.Vec;
import org.ridgeline.natives.SpeedProbe;
import org.ridgeline.plan.Machine;
import org.ridgeline.plan.Planner;
import org.ridgeline.plan.RunPlan;
import org.ridgeline.plan.Workload;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Workloads;

/** What a training will have to do, for the planner. */
final class TrainingWorkload {
  /** Points of an automatic grid with all of its spare points. */
  private static final int AUTOMATIC = 200;

  private TrainingWorkload() {}

  /** The work of a training whose number of rows is not known. */
  static Workload of(TrainOptions options, Design design, Dataset<Row> rows) {
    int lambdas = options.fit().tuning().lambdas().values().map(Vec::size).orElse(AUTOMATIC);
    return Workloads.of(rows, design, lambdas);
  }

  /** The plan of a training. */
  static RunPlan plan(TrainOptions options, Workload workload, Machine machine) {
    Optional<MapOptions> map = options.fit().map();
    Workload whole =
        map.map(m -> mapped(workload, m)).orElse(workload).withExtras(options.fit().extras());
    return Planner.timed(whole, machine, options.fit().passes(), SpeedProbe.atOrder(whole.width()));
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
