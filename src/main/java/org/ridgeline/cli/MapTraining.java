package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapDescription;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.MapReport;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.MapSetting;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Surface;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningSpec;

/**
 * A training with a feature map: every setting in turn, from the moments of the widest map at every
 * length scale.
 *
 * @param context times and warnings
 * @param options what was asked
 * @param saved the moments, with their maps
 * @param data the rows, for a further pass; empty when there are only moments
 */
record MapTraining(
    RunContext context, TrainOptions options, MomentsSet saved, Optional<TrainingData> data) {

  Training run(FoldExecutor executor) {
    MomentsSet.Maps maps = saved.maps().orElseThrow();
    Surface surface = context.time("solve", () -> search(maps, executor));
    MapReport report =
        new MapReport(surface, chosen(surface, maps), maps.standardize(), maps.median());
    MapOutcome outcome =
        new MapOutcome(
            options.fit().tuning().ridge(),
            saved,
            executor,
            data.map(rows -> rows.sampledResiduals(saved.columns())));
    return new Training(options, saved, context.time("inference", () -> outcome.of(report)));
  }

  /** Searches the lambdas of the grid at every setting, and between them at those chosen. */
  private Surface search(MomentsSet.Maps maps, FoldExecutor executor) {
    TuningSpec spec = options.fit().tuning();
    List<MapSetting> settings = maps.grid().settings();
    boolean finer = spec.search() == TuningSpec.Search.REFINED;
    if (finer && settings.size() > 1) {
      return Surface.search(settings, i -> tune(i, maps, spec.onGrid(), executor))
          .refined(i -> tune(i, maps, spec, executor));
    }
    IntFunction<Tuned> tuning = i -> tune(i, maps, spec, executor);
    return Surface.search(
        settings,
        spec.rule() == Rule.LOO
            ? new MapLeaveOneOut(data.orElseThrow().leaveOneOutPass(), maps, tuning)
            : tuning);
  }

  private Tuned tune(int i, MomentsSet.Maps maps, TuningSpec spec, FoldExecutor executor) {
    FoldedMoments moments = maps.grid().moments(i, saved.sums());
    Tuned tuned = Tuning.run(moments, spec, executor);
    if (options.fit().residuals() == FitOptions.Residuals.MOMENTS) {
      return tuned;
    }
    TrainingData rows = data.orElseThrow();
    FeatureMap map = FeatureMap.of(maps.description(i));
    return new ExactResiduals(rows.design(), rows.onInvalid(), map)
        .rescore(tuned, moments, rows.rows(), rows.meter());
  }

  /** The map of each target; targets that chose the same setting share it. */
  private static List<MapDescription> chosen(Surface surface, MomentsSet.Maps saved) {
    List<MapDescription> maps = new ArrayList<>();
    List<Integer> settings = surface.choices().stream().map(Surface.Choice::setting).toList();
    for (int t = 0; t < settings.size(); t++) {
      int first = settings.indexOf(settings.get(t));
      maps.add(first < t ? maps.get(first) : saved.description(settings.get(t)));
    }
    return maps;
  }
}
