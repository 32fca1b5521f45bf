package org.ridgeline.cli;

import java.util.Optional;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.Tuning;

/**
 * A training on the columns themselves: everything from their moments, then the further passes that
 * were asked for.
 *
 * @param context times and warnings
 * @param options what was asked
 * @param saved the moments
 * @param data the rows, for further passes; empty when there are only moments
 */
record LinearTraining(
    RunContext context, TrainOptions options, MomentsSet saved, Optional<TrainingData> data) {

  Training run(FoldExecutor executor) {
    FitOptions fit = options.fit();
    Tuned tuned =
        context.time(
            "solve",
            () -> Tuning.run(saved.moments(), fit.tuningOf(saved.columns(), context), executor));
    if (fit.residuals() == FitOptions.Residuals.EXACT) {
      tuned = exact(tuned, data.orElseThrow());
    }
    if (fit.tuning().rule() == Rule.LOO) {
      tuned = leaveOneOut(tuned, data.orElseThrow());
    }
    if (fit.refinements() > 0) {
      tuned = refined(tuned, data.orElseThrow());
    }
    Tuned chosen = tuned;
    return new Training(options, saved, context.time("inference", () -> outcome(chosen)));
  }

  private Outcome outcome(Tuned tuned) {
    Outcome outcome = Outcome.of(tuned);
    return data.map(rows -> rows.sampledResiduals(saved.columns()))
        .map(sample -> outcome.with(sample, tuned, saved.moments()))
        .orElse(outcome);
  }

  private Tuned exact(Tuned tuned, TrainingData rows) {
    ExactResiduals exact = new ExactResiduals(rows.design(), rows.onInvalid());
    return context.time(
        "residuals", () -> exact.rescore(tuned, saved.moments(), rows.rows(), rows.meter()));
  }

  private Tuned leaveOneOut(Tuned tuned, TrainingData rows) {
    return context.time("leave one out", () -> rows.leaveOneOutPass().choose(tuned));
  }

  private Tuned refined(Tuned tuned, TrainingData rows) {
    int passes = options.fit().refinements();
    return context.time(
        "refinement",
        () -> Refinement.refine(tuned, passes, rows.design(), rows.rows(), rows.meter()));
  }
}
