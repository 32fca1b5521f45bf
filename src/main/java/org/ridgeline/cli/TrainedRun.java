package org.ridgeline.cli;

import java.util.List;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.MapSpec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.MapGrid;
import org.ridgeline.store.MomentsStore;
import org.ridgeline.store.RunStore;

/**
 * A finished run: its model, the moments that the model was fitted to, and how.
 *
 * @param directory where it is
 * @param model its model
 * @param moments its stored moments
 * @param settings its options
 */
record TrainedRun(String directory, FittedModel model, MomentsSet moments, Settings settings) {
  TrainedRun {
    List<String> names =
        model.maps().isEmpty()
            ? model.model().features()
            : model.inputs().stream().flatMap(input -> input.names().stream()).toList();
    boolean same =
        names.equals(moments.columns().features())
            && model.model().targets().equals(moments.columns().labels());
    if (!same) {
      throw new DataException(
          "The moments in " + directory + " are of other columns than its model: solve them again");
    }
  }

  /**
   * Reads a run.
   *
   * @throws DataException when it is not sound, or was made with {@code --no-moments}
   */
  static TrainedRun read(RunContext context, String directory) {
    FittedModel model = ModelRun.read(context, directory);
    MomentsSet moments = MomentsStore.read(directory, context.hadoop());
    byte[] report = RunStore.read(directory, "report.json", context.hadoop());
    return new TrainedRun(
        directory, model, moments, RunSettings.of(report, directory, context.settings()));
  }

  /** What was fitted; rows that the dual kept are not there any more. */
  RidgeSpec spec(RunContext context) {
    FitOptions options = FitOptions.of(settings);
    RidgeSpec asked = options.tuning().ridge();
    RidgeSpec spec = asked.solver() == SolverKind.DUAL ? asked.with(SolverKind.AUTO) : asked;
    return model.maps().isEmpty()
        ? spec.with(options.penalty().resolve(moments.columns(), context))
        : spec;
  }

  /** The moments of the features that target {@code t} is a linear model of. */
  FoldedMoments moments(int t) {
    if (model.maps().isEmpty()) {
      return moments.moments();
    }
    MomentsSet.Maps maps = moments.maps().orElseThrow(() -> otherMap(t));
    MapGrid grid = maps.grid();
    MapSpec chosen = model.maps().get(t).spec();
    for (int i = 0; i < grid.size(); i++) {
      if (grid.spec(i).equals(chosen)) {
        return grid.moments(i, moments.sums());
      }
    }
    throw otherMap(t);
  }

  private DataException otherMap(int t) {
    return new DataException(
        "The moments in "
            + directory
            + " are not of the feature map of "
            + model.model().targets().get(t));
  }
}
