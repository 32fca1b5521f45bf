package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.ridgeline.infer.Collinearity;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.report.MapReport;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.select.Solved;
import org.ridgeline.select.Surface;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.TunedTarget;

/**
 * What solving has brought.
 *
 * @param targets path, scores and choice of each target, at its map setting if there is a map
 * @param solved how the chosen model of each target was solved
 * @param inference how sure the chosen model of each target is
 * @param collinearity of the inputs, where it was computed
 * @param map the settings and maps, if there are any
 */
record Outcome(
    List<TunedTarget> targets,
    List<Solved> solved,
    List<Optional<Inference>> inference,
    Optional<Collinearity> collinearity,
    Optional<MapReport> map) {
  Outcome {
    targets = List.copyOf(targets);
    solved = List.copyOf(solved);
    inference = List.copyOf(inference);
  }

  /** Without a map. */
  static Outcome of(Tuned tuned) {
    List<Solved> solved = new ArrayList<>();
    List<Optional<Inference>> inference = new ArrayList<>();
    Optional<Vec> eigenvalues = Inference.eigenvalues(tuned.system(), tuned.problem());
    for (int t = 0; t < tuned.targets().size(); t++) {
      TunedTarget target = tuned.target(t);
      solved.add(Solved.of(tuned, t));
      inference.add(
          Optional.of(
              Inference.of(
                  tuned.system(),
                  tuned.problem(),
                  target.path(),
                  target.selection().chosen(),
                  eigenvalues)));
    }
    return new Outcome(
        tuned.targets(),
        solved,
        inference,
        Collinearity.of(tuned.system(), tuned.problem()),
        Optional.empty());
  }

  /**
   * With a map.
   *
   * @param problems the problem of the setting of this number
   */
  static Outcome of(MapReport map, IntFunction<RidgeProblem> problems) {
    Surface surface = map.surface();
    List<Optional<Inference>> inference = new ArrayList<>();
    for (int t = 0; t < surface.choices().size(); t++) {
      RidgeProblem problem = problems.apply(surface.choices().get(t).setting());
      inference.add(Optional.of(inference(surface, t, problem)));
    }
    return new Outcome(
        surface.targets(),
        surface.choices().stream().map(Surface.Choice::solved).toList(),
        inference,
        Optional.empty(),
        Optional.of(map));
  }

  /** Solves for the chosen lambda alone, since a search keeps no systems. */
  private static Inference inference(Surface surface, int t, RidgeProblem problem) {
    Vec lambda = Vec.of(surface.targets().get(t).lambda());
    RidgeSystem system = SolverTable.solver(problem, 1, lambda.get(0));
    RidgePath path = system.paths(Collections.nCopies(problem.targets(), lambda)).get(t);
    Optional<Vec> known = surface.choices().get(t).solved().spectrum();
    return Inference.of(
        system,
        problem,
        path,
        0,
        known.isPresent() ? known : Inference.eigenvalues(system, problem));
  }
}
