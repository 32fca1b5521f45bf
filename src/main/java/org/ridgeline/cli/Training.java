package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.infer.Collinearity;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.MeanPredictor;
import org.ridgeline.report.RunReport;
import org.ridgeline.report.SavedModel;
import org.ridgeline.report.TargetResult;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.TunedTarget;
import org.ridgeline.select.Tuning;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.PassMeter;

/**
 * A finished training, before anything is written.
 *
 * @param options what was asked
 * @param design the columns
 * @param collected the moments
 * @param tuned path, scores and choice
 */
record Training(TrainOptions options, Design design, Collected collected, Tuned tuned) {

  /** The model to save. */
  SavedModel model() {
    int d = design.inputs();
    int m = design.targets();
    Matrix coefficients = Matrix.zeros(d, m);
    double[] intercepts = new double[m];
    double[] lambdas = new double[m];
    for (int t = 0; t < m; t++) {
      TunedTarget target = tuned.target(t);
      System.arraycopy(target.coefficients().toArray(), 0, coefficients.data(), t * d, d);
      intercepts[t] = target.intercept();
      lambdas[t] = target.lambda();
    }
    RidgeModel model =
        new RidgeModel(
            design.featureNames(),
            design.targetNames(),
            Vec.owning(intercepts),
            coefficients,
            Vec.owning(lambdas));
    return new SavedModel(model, SavedInputs.of(design.inputColumns()));
  }

  /** The report; warnings are told on the way. */
  RunReport report(RunContext context, PassMeter meter) {
    Moments total = tuned.problem().moments();
    new TrainingWarnings(this).tell(context);
    return new RunReport(
        options.command().word(),
        new RunReport.DataSummary(
            total.rows(),
            total.weightSum(),
            design.featureNames(),
            design.skipped(),
            collected.rowsDropped()),
        options.shown(),
        targets(total),
        numerics(),
        new RunReport.Cost(
            meter.dataPasses(), meter.prePasses(), meter.bytesRead(), context.seconds()),
        context.warnings());
  }

  private List<TargetResult> targets(Moments total) {
    List<TargetResult> targets = new ArrayList<>();
    Optional<Vec> eigenvalues = Inference.eigenvalues(tuned.system(), tuned.problem());
    for (int t = 0; t < design.targets(); t++) {
      targets.add(
          new TargetResult(
              design.targetNames().get(t),
              tuned.target(t),
              tuned.problem().scales(),
              total.weightSum(),
              Tuning.targetDeviation(total, t),
              tuned.folds().isEmpty()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(MeanPredictor.cvMse(collected.moments(), t)),
              Inference.of(
                  tuned.system(),
                  tuned.problem(),
                  tuned.target(t).path(),
                  tuned.target(t).selection().chosen(),
                  eigenvalues)));
    }
    return targets;
  }

  private RunReport.Numerics numerics() {
    double rcond = 1;
    double residual = 0;
    for (int t = 0; t < design.targets(); t++) {
      rcond = Math.min(rcond, tuned.rcond(t));
      residual = Math.max(residual, tuned.relativeResidual(t));
    }
    return new RunReport.Numerics(
        tuned.system().kind().label(),
        tuned.system().rank(),
        rcond,
        residual,
        digitsLost(),
        Collinearity.of(tuned.system(), tuned.problem()),
        Blas.implementation(),
        Lapack.implementation());
  }

  /** By the errors of the chosen models; errors taken from the rows lose none. */
  double digitsLost() {
    double lost = 0;
    if (options.fit().residuals() == FitOptions.Residuals.MOMENTS) {
      for (TunedTarget target : tuned.targets()) {
        lost = Math.max(lost, target.path().digitsLost(target.selection().chosen()));
      }
    }
    return lost;
  }
}
