package org.ridgeline.cli;

import org.ridgeline.infer.Intervals;
import org.ridgeline.infer.Predictive;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;

/** The intervals of the predictions of a run, from its stored moments. */
final class PredictionIntervals {
  private final TrainedRun run;
  private final RidgeSpec spec;
  private final PredictOptions.Interval asked;

  PredictionIntervals(RunContext context, TrainedRun run, PredictOptions.Interval asked) {
    this.run = run;
    this.spec = run.spec(context);
    this.asked = asked;
  }

  /** Those of target {@code t}. */
  Intervals of(int t) {
    FoldedMoments moments = run.moments(t);
    RidgeProblem problem = RidgeProblem.of(moments.total(), spec);
    return Predictive.of(problem, t, run.model().model().lambdas().get(t), asked.level());
  }
}
