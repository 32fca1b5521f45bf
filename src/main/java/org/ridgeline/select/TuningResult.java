package org.ridgeline.select;

import java.util.List;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;

/**
 * A finished tuning.
 *
 * @param problem the problem of all rows
 * @param system how it was solved
 * @param targets the result of each target
 * @param folds the fits of every split; empty when there were none
 * @param nested the errors of the tuned model of each target; empty when they were not measured
 */
public record TuningResult(
    RidgeProblem problem,
    RidgeSystem system,
    List<TargetTuning> targets,
    SplitFits folds,
    List<NestedScores> nested) {
  /** Copies the lists. */
  public TuningResult {
    targets = List.copyOf(targets);
    nested = List.copyOf(nested);
  }

  /** Returns this with other results of the targets. */
  public TuningResult with(List<TargetTuning> others) {
    return new TuningResult(problem, system, others, folds, nested);
  }

  /** The result of target {@code t}. */
  public TargetTuning target(int t) {
    return targets.get(t);
  }

  /**
   * The reciprocal condition number of the system that gave the chosen model of target {@code t}.
   */
  public double rcond(int t) {
    return system.rcond(target(t).lambda());
  }

  /** The relative residual {@code |c - (G + lambda I) b| / |c|} of the chosen model of target t. */
  public double relativeResidual(int t) {
    return problem.relativeResidual(t, target(t).lambda(), target(t).coefficients().toArray());
  }
}
