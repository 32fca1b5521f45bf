package org.ridgeline.train;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.features.MapSpec;
import org.ridgeline.infer.Intervals;
import org.ridgeline.infer.Predictive;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.FilesBeside;
import org.ridgeline.report.ModelJson;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.MapGrid;
import org.ridgeline.store.MomentsStore;
import org.ridgeline.store.RunReader;

/**
 * A finished run: its model, what decided the fit, and the moments that it was fitted to.
 *
 * @param directory where it is
 * @param model its model
 * @param spec what decided the fit
 * @param moments its stored moments
 */
public record StoredRun(
    String directory, FittedModel model, ResolvedSpec spec, MomentsSet moments) {
  private static final String MODEL = "model.json";

  /** Checks that the moments are of the model's columns. */
  public StoredRun {
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
   * @throws DataException when it is not sound, or was made without moments
   */
  public static StoredRun read(String directory, Configuration configuration) {
    try (RunReader run = RunReader.open(directory, configuration)) {
      MomentsSet moments = MomentsStore.read(run);
      byte[] json = run.read(MODEL);
      FilesBeside beside = files(run);
      return new StoredRun(
          directory, ModelJson.read(json, beside), ModelJson.readSpec(json, beside), moments);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + " (model.json in " + directory + ")", e);
    }
  }

  /** Whether a directory has a model, and not only moments. */
  public static boolean hasModel(String directory, Configuration configuration) {
    try (RunReader run = RunReader.open(directory, configuration)) {
      return run.find(MODEL).isPresent();
    }
  }

  /**
   * Reads the model of a run.
   *
   * @throws DataException when it is not there or not sound
   */
  public static FittedModel readModel(String directory, Configuration configuration) {
    try (RunReader run = RunReader.open(directory, configuration)) {
      return ModelJson.read(run.read(MODEL), files(run));
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + " (model.json in " + directory + ")", e);
    }
  }

  /** Returns the files beside the model; no other name can be read. */
  private static FilesBeside files(RunReader run) {
    return name -> {
      Check.that(
          name.matches("[A-Za-z][A-Za-z0-9-]*[.](csv|bin)"),
          "Cannot use the model: '%s' is not the name of a file beside it",
          name);
      return run.read(name);
    };
  }

  /** Returns what was fitted; moments of earlier versions do not have the rows that it kept. */
  RidgeSpec ridge() {
    RidgeSpec asked = spec.ridge();
    boolean lost = asked.solver() == SolverKind.DUAL && !moments.moments().keepRows();
    return lost ? asked.with(SolverKind.AUTO) : asked;
  }

  /** Returns the posterior predictive intervals of target {@code t} at a level. */
  public Intervals predictive(int t, double level) {
    RidgeProblem problem = RidgeProblem.of(moments(t).total(), ridge());
    return Predictive.of(problem, t, model.model().lambdas().get(t), level);
  }

  /** Returns the moments of the features that target {@code t} is a linear model of. */
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
