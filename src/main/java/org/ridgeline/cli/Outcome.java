package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.infer.Collinearity;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.ResidualRow;
import org.ridgeline.select.Solved;
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
 * @param residuals of a sample of the rows
 */
record Outcome(
    List<TunedTarget> targets,
    List<Solved> solved,
    List<Optional<Inference>> inference,
    Optional<Collinearity> collinearity,
    Optional<MapReport> map,
    List<ResidualRow> residuals) {
  Outcome {
    targets = List.copyOf(targets);
    solved = List.copyOf(solved);
    inference = List.copyOf(inference);
    residuals = List.copyOf(residuals);
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
        Optional.empty(),
        List.of());
  }

  /** This with the residuals of a sample under the models of {@code tuned}. */
  Outcome with(SampledResiduals sample, Tuned tuned, FoldedMoments moments) {
    List<ResidualRow> rows = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      TunedTarget target = tuned.target(t);
      int at = target.selection().chosen();
      SampledResiduals.Chosen chosen =
          new SampledResiduals.Chosen(
              tuned.system(), tuned.problem(), target, tuned.folds(), at, moments);
      rows.addAll(sample.of(t, chosen, Optional.empty()));
    }
    return new Outcome(targets, solved, inference, collinearity, map, rows);
  }
}
