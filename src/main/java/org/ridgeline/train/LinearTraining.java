package org.ridgeline.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.infer.Collinearity;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.report.ResidualRow;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningResult;

/**
 * A training on the columns of the moments: everything from these, then the further passes that
 * were asked for.
 *
 * @param spec what was asked
 * @param moments the moments
 * @param data the rows, for further passes; empty when there are only moments
 * @param journal times and warnings
 */
record LinearTraining(
    TrainSpec spec, MomentsSet moments, Optional<TrainingRows> data, Journal journal) {

  TrainingResult run(FoldExecutor executor) {
    TuningResult chosen = refined(leaveOneOut(exact(tuned(executor))));
    return TrainingResult.of(
        spec, moments, chosen, () -> journal.time("inference", () -> errors(chosen)));
  }

  private TuningResult tuned(FoldExecutor executor) {
    return journal.time(
        "solve",
        () ->
            Tuning.run(
                moments.moments(), spec.solve().tuningOf(moments.columns(), journal), executor));
  }

  private TuningResult exact(TuningResult tuned) {
    if (spec.solve().residuals() == SolveSpec.Residuals.MOMENTS) {
      return tuned;
    }
    TrainingRows rows = data.orElseThrow();
    ExactResiduals exact = ExactResiduals.of(rows, rows.mapped());
    return journal.time("residuals", () -> exact.rescore(tuned, moments.moments()));
  }

  private TuningResult leaveOneOut(TuningResult tuned) {
    return spec.solve().tuning().rule() == Rule.LOO
        ? journal.time("leave one out", () -> data.orElseThrow().leaveOneOutPass().choose(tuned))
        : tuned;
  }

  private TuningResult refined(TuningResult tuned) {
    int passes = spec.solve().refinements();
    return passes > 0
        ? journal.time(
            "refinement", () -> IterativeRefinement.refine(tuned, passes, data.orElseThrow()))
        : tuned;
  }

  private ModelErrors errors(TuningResult tuned) {
    List<Optional<Inference>> inference = new ArrayList<>();
    List<ResidualRow> residuals = new ArrayList<>();
    Optional<SampledResiduals> sample = data.flatMap(rows -> SampledResiduals.of(rows, moments));
    Optional<FeatureMap> map = data.flatMap(TrainingRows::mapped);
    Optional<Vec> eigenvalues = Inference.eigenvalues(tuned.system(), tuned.problem());
    for (int t = 0; t < tuned.targets().size(); t++) {
      TargetTuning target = tuned.target(t);
      int at = target.selection().chosen();
      inference.add(
          Optional.of(
              Inference.of(tuned.system(), tuned.problem(), target.path(), at, eigenvalues)));
      if (sample.isPresent()) {
        SampledResiduals.Chosen chosen =
            new SampledResiduals.Chosen(
                tuned.system(), tuned.problem(), target, tuned.folds(), at, moments.moments());
        residuals.addAll(sample.get().of(t, chosen, map));
      }
    }
    return new ModelErrors(inference, Collinearity.of(tuned.system(), tuned.problem()), residuals);
  }
}
