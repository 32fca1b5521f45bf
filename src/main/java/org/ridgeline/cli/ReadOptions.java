package org.ridgeline.cli;

import org.ridgeline.base.Secrets;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;

/**
 * The options that say what to read.
 *
 * @param source where the data are
 * @param onInvalid what happens to rows with null, NaN or infinite values
 */
record ReadOptions(ReadSpec source, OnInvalid onInvalid) {
  static ReadOptions of(Settings settings) {
    return new ReadOptions(
        new ReadSpec(
            settings.required(Setting.INPUT),
            settings.text(Setting.FORMAT),
            settings.pairs(Setting.OPTION),
            settings.text(Setting.WHERE)),
        settings.choice(Setting.ON_INVALID, OnInvalid.class));
  }

  /** Returns the path as it is shown. */
  String shownPath() {
    return Secrets.masked(source.path());
  }

  /** Returns the path as it was given. */
  String path() {
    return source.path();
  }
}
