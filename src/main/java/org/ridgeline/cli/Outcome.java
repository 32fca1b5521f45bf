package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ridgeline.infer.Collinearity;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.report.MapReport;
import org.ridgeline.select.Solved;
import org.ridgeline.select.Surface;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.TunedTarget;

/**
 * What solving has brought.
 *
 * @param targets path, scores and choice of each target, at its map setting if there is a map
 * @param solved how the chosen model of each target was solved
 * @param inference how sure the chosen model of each target is; empty with a map
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

  /** With a map. */
  static Outcome of(MapReport map) {
    Surface surface = map.surface();
    return new Outcome(
        surface.targets(),
        surface.choices().stream().map(Surface.Choice::solved).toList(),
        Collections.nCopies(surface.targets().size(), Optional.empty()),
        Optional.empty(),
        Optional.of(map));
  }
}
