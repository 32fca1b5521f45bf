package org.ridgeline.train;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.natives.SpeedProbe;
import org.ridgeline.plan.Machine;
import org.ridgeline.plan.Planner;
import org.ridgeline.plan.RunPlan;
import org.ridgeline.plan.Workload;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Workloads;

/** What a training will have to do, for the planner. */
public final class TrainingWorkload {
  private TrainingWorkload() {}

  /** Returns the work of a training whose number of rows is not known. */
  public static Workload of(TrainSpec spec, Design design, Dataset<Row> rows) {
    return Workloads.of(rows, design, spec.solve().tuning().lambdas().size());
  }

  /** Returns the plan of a training. */
  public static RunPlan plan(TrainSpec spec, Workload workload, Machine machine) {
    Workload whole = whole(spec, workload);
    return Planner.timed(whole, machine, spec.passes(), SpeedProbe.atOrder(whole.width()));
  }

  /** Returns the work with everything that was asked for. */
  static Workload whole(TrainSpec spec, Workload workload) {
    Workload work = spec.map().map(map -> mapped(workload, map)).orElse(workload);
    return work.withExtras(
        new Workload.Extras(
            spec.solve().retention(work),
            spec.exactPasses(),
            spec.leaveOneOutPasses(),
            spec.solve().refinements(),
            spec.solve().form(),
            spec.solve().tuning().validation().solves(work.folds())));
  }

  /** Returns the work with one map that is given. */
  static Workload mapped(Workload workload, Optional<FeatureMap> map) {
    return map.map(m -> mapped(workload, m.description().spec(), 1)).orElse(workload);
  }

  private static Workload mapped(Workload workload, MapSearch search) {
    return mapped(workload, search.base(), search.scales()).withWidths(search.widths());
  }

  private static Workload mapped(Workload workload, MapSpec map, int scales) {
    int outputs = map.outputs(workload.inputs());
    return map.kind() == MapKind.NYSTROM
        ? workload.withCenters(scales, outputs)
        : workload.withMaps(scales, outputs);
  }
}
