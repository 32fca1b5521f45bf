package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param map the settings and maps, if there are any
 */
record Outcome(List<TunedTarget> targets, List<Solved> solved, Optional<MapReport> map) {
  Outcome {
    targets = List.copyOf(targets);
    solved = List.copyOf(solved);
  }

  /** Without a map. */
  static Outcome of(Tuned tuned) {
    List<Solved> solved = new ArrayList<>();
    for (int t = 0; t < tuned.targets().size(); t++) {
      solved.add(Solved.of(tuned, t));
    }
    return new Outcome(tuned.targets(), solved, Optional.empty());
  }

  /** With a map. */
  static Outcome of(MapReport map) {
    Surface surface = map.surface();
    return new Outcome(
        surface.targets(),
        surface.choices().stream().map(Surface.Choice::solved).toList(),
        Optional.of(map));
  }
}
