package org.ridgeline.report;

import java.util.Optional;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputFiles;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TuningSpec;

/** Specifications for tests. */
final class Specs {
  static final ResolvedSpec STANDARD =
      of(RidgeSpec.standard(), Rule.CV_MIN, OnInvalid.ERROR, Optional.empty(), Optional.empty());

  private Specs() {}

  /** An automatic grid, five folds by content. */
  static ResolvedSpec of(
      RidgeSpec ridge,
      Rule rule,
      OnInvalid onInvalid,
      Optional<ReadSpec> source,
      Optional<InputFiles> files) {
    return new ResolvedSpec(
        new TuningSpec(ridge, LambdaRequest.automatic(), rule),
        FoldRule.hashed(5, 7),
        Optional.of("w"),
        new ResolvedSpec.Passes(false, 0),
        onInvalid,
        source,
        files);
  }
}
