package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapDescription;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.SavedMoments;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.MapGrid;
import org.ridgeline.select.Surface;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.Tuning;

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
    RunContext context, TrainOptions options, SavedMoments saved, Optional<TrainingData> data) {

  Training run(FoldExecutor executor) {
    SavedMoments.Maps maps = saved.maps().orElseThrow();
    MapGrid grid = maps.grid();
    Surface surface =
        context.time(
            "solve", () -> Surface.search(grid.settings(), i -> tune(i, maps, grid, executor)));
    MapReport report =
        new MapReport(surface, chosen(surface, maps), maps.standardize(), maps.median());
    return new Training(options, saved, Outcome.of(report));
  }

  private Tuned tune(int i, SavedMoments.Maps maps, MapGrid grid, FoldExecutor executor) {
    FoldedMoments moments = grid.moments(i, saved.sums());
    Tuned tuned = Tuning.run(moments, options.fit().tuning(), executor);
    if (options.fit().residuals() == FitOptions.Residuals.MOMENTS) {
      return tuned;
    }
    TrainingData rows = data.orElseThrow();
    FeatureMap map = FeatureMap.of(maps.description(i));
    return new ExactResiduals(rows.design(), rows.onInvalid(), map)
        .rescore(tuned, moments, rows.rows(), rows.meter());
  }

  /** The map of each target; targets that chose the same setting share it. */
  private static List<MapDescription> chosen(Surface surface, SavedMoments.Maps saved) {
    List<MapDescription> maps = new ArrayList<>();
    List<Integer> settings = surface.choices().stream().map(Surface.Choice::setting).toList();
    for (int t = 0; t < settings.size(); t++) {
      int first = settings.indexOf(settings.get(t));
      maps.add(first < t ? maps.get(first) : saved.description(settings.get(t)));
    }
    return maps;
  }
}
