package org.ridgeline.report;

import java.util.Optional;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.Rule;

/** Specifications for tests. */
final class Specs {
  static final ResolvedSpec STANDARD =
      new ResolvedSpec(
          RidgeSpec.standard(), Rule.CV_MIN, OnInvalid.ERROR, Optional.empty(), Optional.empty());

  private Specs() {}
}
