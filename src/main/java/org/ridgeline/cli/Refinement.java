package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RefinedModel;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.TunedTarget;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.RefinementJob;

/** Further passes that sharpen the chosen models. */
final class Refinement {
  private Refinement() {}

  /** Reads the rows {@code passes} times. */
  static Tuned refine(Tuned tuned, int passes, Design design, Dataset<Row> rows, PassMeter meter) {
    double[] lambdas = tuned.targets().stream().mapToDouble(TunedTarget::lambda).toArray();
    List<Vec> start = tuned.targets().stream().map(TunedTarget::coefficients).toList();
    RefinedModel model = RefinedModel.of(tuned.problem(), start);
    for (int pass = 0; pass < passes; pass++) {
      model =
          model.improved(
              tuned.problem(),
              tuned.system(),
              Vec.of(lambdas),
              RefinementJob.of(design).run(rows, model, meter));
    }
    List<TunedTarget> targets = new ArrayList<>();
    for (int t = 0; t < lambdas.length; t++) {
      targets.add(tuned.target(t).refined(model.coefficients(t), model.intercept(t)));
    }
    return new Tuned(tuned.problem(), tuned.system(), targets, tuned.folds());
  }
}
