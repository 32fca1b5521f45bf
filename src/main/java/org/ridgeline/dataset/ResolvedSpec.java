package org.ridgeline.dataset;

import java.util.Optional;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.Rule;

/**
 * What decided a fit, as {@code model.json} keeps it. Later commands read it from there and nowhere
 * else.
 *
 * @param ridge what was fitted, the penalty on the features included
 * @param rule how lambda was chosen
 * @param onInvalid what became of rows with invalid values
 * @param source where the rows came from, secrets masked; empty for stored moments
 * @param files the fingerprint of the files that the rows came from, where they came from files
 */
public record ResolvedSpec(
    RidgeSpec ridge,
    Rule rule,
    OnInvalid onInvalid,
    Optional<ReadSpec> source,
    Optional<InputFiles> files) {
  /** Returns this with a fingerprint of the input. */
  public ResolvedSpec with(Optional<InputFiles> fingerprint) {
    return new ResolvedSpec(ridge, rule, onInvalid, source, fingerprint);
  }
}
