package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ridgeline.features.MapDescription;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.MeanPredictor;
import org.ridgeline.report.RunReport;
import org.ridgeline.report.SavedModel;
import org.ridgeline.report.TargetResult;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.select.Solved;
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
 * @param outcome paths, scores and choices
 */
record Training(TrainOptions options, Design design, Collected collected, Outcome outcome) {

  /** The model to save. */
  SavedModel model() {
    int m = design.targets();
    List<MapDescription> maps = outcome.map().map(MapReport::maps).orElse(List.of());
    int d = outcome.targets().stream().mapToInt(t -> t.coefficients().size()).max().orElseThrow();
    Matrix coefficients = Matrix.zeros(d, m);
    double[] intercepts = new double[m];
    double[] lambdas = new double[m];
    for (int t = 0; t < m; t++) {
      TunedTarget target = outcome.targets().get(t);
      double[] slopes = target.coefficients().toArray();
      System.arraycopy(slopes, 0, coefficients.data(), t * d, slopes.length);
      intercepts[t] = target.intercept();
      lambdas[t] = target.lambda();
    }
    RidgeModel model =
        new RidgeModel(
            maps.isEmpty() ? design.featureNames() : SavedModel.mappedNames(d),
            design.targetNames(),
            Vec.owning(intercepts),
            coefficients,
            Vec.owning(lambdas));
    return new SavedModel(model, SavedInputs.of(design.inputColumns()), maps);
  }

  /** The moments of the columns of the model, or of one of the maps. */
  FoldedMoments moments() {
    return outcome.map().isPresent() ? collected.mapped().get(0) : collected.moments();
  }

  /** The report; warnings are told on the way. */
  RunReport report(RunContext context, PassMeter meter) {
    Moments total = moments().total();
    new TrainingWarnings(this, total).tell(context);
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
        outcome.map(),
        spectra(),
        numerics(),
        new RunReport.Cost(
            meter.dataPasses(), meter.prePasses(), meter.bytesRead(), context.seconds()),
        context.warnings());
  }

  /** The result of each target. */
  List<TargetResult> targets(Moments total) {
    List<TargetResult> targets = new ArrayList<>();
    for (int t = 0; t < design.targets(); t++) {
      targets.add(
          new TargetResult(
              design.targetNames().get(t),
              outcome.targets().get(t),
              outcome.solved().get(t).scales(),
              total.weightSum(),
              Tuning.targetDeviation(total, t),
              outcome.targets().get(t).scores().isEmpty()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(MeanPredictor.cvMse(moments(), t)),
              outcome.inference().get(t)));
    }
    return targets;
  }

  private Map<String, Vec> spectra() {
    Map<String, Vec> spectra = new LinkedHashMap<>();
    for (int t = 0; t < design.targets(); t++) {
      String name = design.targetNames().get(t);
      outcome.solved().get(t).spectrum().ifPresent(spectrum -> spectra.put(name, spectrum));
    }
    return spectra;
  }

  private RunReport.Numerics numerics() {
    double rcond = 1;
    double residual = 0;
    for (Solved solved : outcome.solved()) {
      rcond = Math.min(rcond, solved.rcond());
      residual = Math.max(residual, solved.relativeResidual());
    }
    return new RunReport.Numerics(
        outcome.solved().get(0).solver().label(),
        outcome.solved().get(0).rank(),
        rcond,
        residual,
        digitsLost(),
        outcome.collinearity(),
        Blas.implementation(),
        Lapack.implementation());
  }

  /** By the errors of the chosen models; errors taken from the rows lose none. */
  double digitsLost() {
    double lost = 0;
    if (options.fit().residuals() == FitOptions.Residuals.MOMENTS) {
      for (TunedTarget target : outcome.targets()) {
        lost = Math.max(lost, target.path().digitsLost(target.selection().chosen()));
      }
    }
    return lost;
  }
}
