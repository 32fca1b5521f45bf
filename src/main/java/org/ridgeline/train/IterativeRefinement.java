package org.ridgeline.train;

import java.util.ArrayList;
import java.util.List;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RefinedModel;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.select.TuningResult;
import org.ridgeline.spark.RefinementJob;

/** Iterative refinement of the chosen models by further passes over the rows. */
final class IterativeRefinement {
  private IterativeRefinement() {}

  /** Returns the tuning with chosen models refined by {@code passes} passes. */
  static TuningResult refine(TuningResult tuned, int passes, TrainingRows data) {
    double[] lambdas = tuned.targets().stream().mapToDouble(TargetTuning::lambda).toArray();
    List<Vec> start = tuned.targets().stream().map(TargetTuning::coefficients).toList();
    RefinedModel model = RefinedModel.of(tuned.problem(), start);
    for (int pass = 0; pass < passes; pass++) {
      model =
          model.improved(
              tuned.problem(),
              tuned.system(),
              Vec.of(lambdas),
              RefinementJob.of(data.design()).run(data.rows(), model, data.meter()).sums());
    }
    List<TargetTuning> targets = new ArrayList<>();
    for (int t = 0; t < lambdas.length; t++) {
      targets.add(tuned.target(t).refined(model.coefficients(t), model.intercept(t)));
    }
    return tuned.with(targets);
  }
}
