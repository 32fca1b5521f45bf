package org.ridgeline.dataset;

import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TuningSpec;

/**
 * What decided a fit, as {@code model.json} keeps it. Later commands read it from there and nowhere
 * else.
 *
 * @param tuning what was fitted, the penalty on the features included, and how lambda was chosen
 * @param folds how the rows were dealt into folds
 * @param weight the weight column, if there was one
 * @param passes the passes over the rows besides the first
 * @param onInvalid what became of rows with invalid values
 * @param source where the rows came from, secrets masked; empty for stored moments
 * @param files the fingerprint of the files that the rows came from, where they came from files
 */
public record ResolvedSpec(
    TuningSpec tuning,
    FoldRule folds,
    Optional<String> weight,
    Passes passes,
    OnInvalid onInvalid,
    Optional<ReadSpec> source,
    Optional<InputFiles> files) {
  /**
   * The passes over the rows besides the first.
   *
   * @param exactResiduals whether one took the errors from the rows
   * @param refinements how many refined the chosen model
   */
  public record Passes(boolean exactResiduals, int refinements) {
    /** Checks the number. */
    public Passes {
      Check.that(refinements >= 0, "Cannot refine %d times: the number must be >= 0", refinements);
    }
  }

  /** Returns what was fitted, the penalty on the features included. */
  public RidgeSpec ridge() {
    return tuning.ridge();
  }

  /** Returns how lambda was chosen. */
  public Rule rule() {
    return tuning.rule();
  }

  /** Returns this with a fingerprint of the input. */
  public ResolvedSpec with(Optional<InputFiles> fingerprint) {
    return new ResolvedSpec(tuning, folds, weight, passes, onInvalid, source, fingerprint);
  }
}
