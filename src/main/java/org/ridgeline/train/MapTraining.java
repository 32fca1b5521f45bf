package org.ridgeline.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapDescription;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.ResidualRow;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.MapSetting;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SplitFits;
import org.ridgeline.select.Surface;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningResult;
import org.ridgeline.select.TuningSpec;

/**
 * A training with a feature map: every setting in turn, from the moments of the widest map at every
 * length scale.
 *
 * @param spec what was asked
 * @param moments the moments, with their maps
 * @param data the rows, for a further pass; empty when there are only moments
 * @param journal times and warnings
 */
record MapTraining(
    TrainSpec spec, MomentsSet moments, Optional<TrainingRows> data, Journal journal) {

  private static final int USES = 2;

  TrainingResult run(FoldExecutor executor) {
    MomentsSet.Maps maps = moments.maps().orElseThrow();
    Surface surface = journal.time("solve", () -> search(maps, executor));
    MapReport report =
        new MapReport(surface, chosen(surface, maps), maps.standardize(), maps.median());
    return TrainingResult.of(
        spec, moments, report, () -> journal.time("inference", () -> errors(surface)));
  }

  /** Searches the lambdas of the grid at every setting, and between them at those chosen. */
  private Surface search(MomentsSet.Maps maps, FoldExecutor executor) {
    TuningSpec tuning = spec.solve().plainTuning();
    List<MapSetting> settings = maps.grid().settings();
    boolean finer = tuning.search() == TuningSpec.Search.REFINED;
    if (finer && settings.size() > 1) {
      return Surface.search(settings, i -> tune(i, maps, tuning.onGrid(), executor))
          .refined(i -> tune(i, maps, tuning, executor));
    }
    IntFunction<TuningResult> each = i -> tune(i, maps, tuning, executor);
    return Surface.search(
        settings,
        tuning.rule() == Rule.LOO
            ? new MapLeaveOneOut(data.orElseThrow().leaveOneOutPass(), maps, each)
            : each);
  }

  private TuningResult tune(int i, MomentsSet.Maps maps, TuningSpec tuning, FoldExecutor executor) {
    FoldedMoments folded = maps.grid().moments(i, moments.sums());
    TuningResult tuned = Tuning.run(folded, tuning, executor);
    if (spec.solve().residuals() == SolveSpec.Residuals.MOMENTS) {
      return tuned;
    }
    Optional<FeatureMap> map = Optional.of(FeatureMap.of(maps.description(i)));
    return ExactResiduals.of(data.orElseThrow(), map).rescore(tuned, folded);
  }

  /** Returns the map of each target; targets that chose the same setting share it. */
  private static List<MapDescription> chosen(Surface surface, MomentsSet.Maps saved) {
    List<MapDescription> maps = new ArrayList<>();
    List<Integer> settings = surface.choices().stream().map(Surface.Choice::setting).toList();
    for (int t = 0; t < settings.size(); t++) {
      int first = settings.indexOf(settings.get(t));
      maps.add(first < t ? maps.get(first) : saved.description(settings.get(t)));
    }
    return maps;
  }

  /**
   * Returns the errors of the chosen models. A surface keeps no systems, so each of the models is
   * solved once more, at its lambda alone; that serves its traces and the errors of coefficients.
   */
  private ModelErrors errors(Surface surface) {
    MomentsSet.Maps maps = moments.maps().orElseThrow();
    RidgeSpec ridge = spec.solve().tuning().ridge();
    List<Optional<Inference>> inference = new ArrayList<>();
    List<ResidualRow> residuals = new ArrayList<>();
    Optional<SampledResiduals> sample = data.flatMap(rows -> SampledResiduals.of(rows, moments));
    for (int t = 0; t < surface.choices().size(); t++) {
      int setting = surface.choices().get(t).setting();
      TargetTuning target = surface.targets().get(t);
      FoldedMoments folded = maps.grid().moments(setting, moments.sums());
      RidgeProblem problem = RidgeProblem.of(folded.total(), ridge);
      Vec lambda = Vec.of(target.lambda());
      RidgeSystem system = SolverTable.pathSolver(problem, USES, lambda.get(0));
      List<Vec> lambdas = Collections.nCopies(problem.targets(), lambda);
      RidgePath path = system.paths(lambdas).get(t);
      Optional<Vec> known = surface.choices().get(t).solved().spectrum();
      Optional<Vec> spectrum = known.isPresent() ? known : Inference.eigenvalues(system, problem);
      inference.add(Optional.of(Inference.of(system, problem, path, 0, spectrum)));
      if (sample.isPresent()) {
        SplitFits folds = surface.choices().get(t).folds();
        int at = target.selection().chosen();
        SampledResiduals.Chosen chosen =
            new SampledResiduals.Chosen(system, problem, target, folds, at, folded);
        Optional<FeatureMap> map = Optional.of(FeatureMap.of(maps.description(setting)));
        residuals.addAll(sample.get().of(t, chosen, map));
      }
    }
    return new ModelErrors(inference, Optional.empty(), residuals);
  }
}
