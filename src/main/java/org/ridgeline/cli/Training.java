package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.MapDescription;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.MeanPredictor;
import org.ridgeline.report.RunReport;
import org.ridgeline.report.TargetResult;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.select.Solved;
import org.ridgeline.select.TunedTarget;
import org.ridgeline.select.Tuning;

/**
 * A finished training, before anything is written.
 *
 * @param options what was asked
 * @param saved the moments and their columns
 * @param outcome paths, scores and choices
 */
record Training(TrainOptions options, MomentsSet saved, Outcome outcome) {

  /** The names of the targets. */
  List<String> targetNames() {
    return saved.columns().labels();
  }

  /** The names of the inputs. */
  List<String> featureNames() {
    return saved.columns().features();
  }

  /** The model to save. */
  FittedModel model() {
    List<MapDescription> maps = outcome.map().map(MapReport::maps).orElse(List.of());
    int d = outcome.targets().stream().mapToInt(t -> t.coefficients().size()).max().orElseThrow();
    RidgeModel model =
        TunedTarget.model(
            outcome.targets(),
            maps.isEmpty() ? featureNames() : FittedModel.mappedNames(d),
            targetNames());
    return new FittedModel(model, saved.columns().inputs(), maps);
  }

  /** The moments of the columns of the model, or of one of the maps. */
  FoldedMoments moments() {
    return saved.moments();
  }

  /** The report; warnings are told on the way. */
  RunReport report(RunContext context, RunReport.Reads reads) {
    Moments total = moments().total();
    new TrainingWarnings(this, total).tell(context);
    return new RunReport(
        options.command().word(),
        new RunReport.DataSummary(
            total.rows(), total.weightSum(), featureNames(), saved.skipped(), saved.rowsDropped()),
        options.shown(),
        targets(total),
        outcome.map(),
        spectra(),
        numerics(),
        new RunReport.Cost(reads, context.seconds()),
        context.warnings());
  }

  /** The result of each target. */
  List<TargetResult> targets(Moments total) {
    List<TargetResult> targets = new ArrayList<>();
    for (int t = 0; t < targetNames().size(); t++) {
      targets.add(
          new TargetResult(
              targetNames().get(t),
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
    for (int t = 0; t < targetNames().size(); t++) {
      String name = targetNames().get(t);
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
