package org.ridgeline.cli;

import java.util.Optional;
import java.util.Set;
import org.ridgeline.store.RunIfExists;

/**
 * Where results go.
 *
 * @param directory the directory to write, if any
 * @param ifExists what to do when it is there
 * @param moments whether a run keeps its moments
 * @param form what stdout gets
 * @param gate under which condition the exit code is 7
 */
record OutputOptions(
    Optional<String> directory,
    RunIfExists ifExists,
    Moments moments,
    Form form,
    Optional<Gate> gate) {
  /** Whether a run keeps its moments. */
  enum Moments {
    KEPT,
    LEFT_OUT
  }

  /** What stdout gets. */
  enum Form {
    TEXT,
    JSON
  }

  /**
   * Returns the output options of a command.
   *
   * @param metrics what a gate may ask for
   */
  static OutputOptions of(Settings settings, Set<String> metrics) {
    return new OutputOptions(
        settings.text(Setting.OUT),
        ifExists(settings),
        settings.isSet(Setting.NO_MOMENTS) ? Moments.LEFT_OUT : Moments.KEPT,
        form(settings),
        settings.text(Setting.FAIL_IF).map(test -> Gate.parse(test, metrics)));
  }

  /** Returns what to do when the output exists. */
  static RunIfExists ifExists(Settings settings) {
    return settings.choice(Setting.IF_EXISTS, RunIfExists.class);
  }

  /** Returns what stdout gets. */
  static Form form(Settings settings) {
    return settings.choice(Setting.OUTPUT, Form.class);
  }
}
