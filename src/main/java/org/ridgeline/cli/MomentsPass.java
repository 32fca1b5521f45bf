package org.ridgeline.cli;

import java.util.Optional;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.plan.Planner;
import org.ridgeline.plan.RunPlan;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.ConfiguredMachine;
import org.ridgeline.spark.MomentsJob;

/** The pass over the rows: their moments, or with a feature map those of the mapped rows. */
final class MomentsPass {
  private final RunContext context;
  private final TrainOptions options;
  private final TrainingData data;

  MomentsPass(RunContext context, TrainOptions options, TrainingData data) {
    this.context = context;
    this.options = options;
    this.data = data;
  }

  /** Refuses what does not fit, then reads; a map has a pre-pass over the inputs. */
  MomentsSet run() {
    data.design();
    TrainOptions sized = options.sized(data.rows(), data.meter());
    RunPlan plan =
        TrainingWorkload.plan(
            sized,
            TrainingWorkload.of(sized, data.design(), data.rows()),
            ConfiguredMachine.of(data.session()));
    Planner.require(plan);
    context.console().info(PlanCommand.sentence(plan));
    Optional<PreparedMaps> maps =
        sized
            .fit()
            .map()
            .map(
                map ->
                    context.time(
                        "map inputs",
                        () ->
                            PreparedMaps.of(
                                map, data.rows(), data.design(), data.onInvalid(), data.meter())));
    MomentsJob job = MomentsJob.of(data.design(), data.onInvalid()).keeping(sized.fit().keep());
    MomentsJob mapped = maps.map(prepared -> job.withMaps(prepared.maps())).orElse(job);
    Collected collected = context.time("moments", () -> mapped.run(data.rows(), data.meter()));
    data.keep(collected.sample());
    return KeptMoments.of(context, sized, data.design(), collected, maps);
  }
}
