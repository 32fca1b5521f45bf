package org.ridgeline.select;

import java.util.List;
import java.util.OptionalDouble;
import org.ridgeline.linalg.Vec;

/**
 * The tuning of every target at one map setting.
 *
 * @param setting the map
 * @param targets path, scores and choice of each target within this setting; coefficients only
 *     where the target's model is the chosen one
 */
public record SurfacePoint(MapSetting setting, List<TargetTuning> targets) {
  /** Copies the list. */
  public SurfacePoint {
    targets = List.copyOf(targets);
  }

  /** The result of target {@code t}. */
  public TargetTuning target(int t) {
    return targets.get(t);
  }

  /** The smallest {@code cv_mse} of target {@code t}, if there were folds. */
  public OptionalDouble heldOut(int t) {
    TargetTuning target = targets.get(t);
    return target.scores().isPresent() && target.selection().minimum().isPresent()
        ? OptionalDouble.of(target.scores().get().mean(target.selection().minimum().getAsInt()))
        : OptionalDouble.empty();
  }

  /**
   * What settings are compared by, smaller is better: {@code cv_mse} for the rules that look at
   * folds, the rule's own criterion for the others (SURE with the residual variance of each
   * setting); for one given lambda {@code cv_mse}, or without folds the GCV score.
   */
  public double score(int t) {
    TargetTuning target = targets.get(t);
    Selection selection = target.selection();
    boolean byFolds =
        selection.rule().needsFolds()
            || (selection.rule() == Rule.GIVEN && selection.minimum().isPresent());
    if (byFolds) {
      return heldOut(t).orElse(Double.NaN);
    }
    Vec scores =
        selection.rule() == Rule.LOO
            ? target.leaveOneOut().orElseThrow().meanSquare()
            : target.criteria().scores(selection.rule());
    return scores.get(selection.chosen());
  }
}
