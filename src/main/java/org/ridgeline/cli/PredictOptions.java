package org.ridgeline.cli;

import java.util.Optional;
import java.util.Set;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.spark.OutputFormat;

/**
 * What {@code predict} was asked to do, checked.
 *
 * @param read what to read
 * @param unseen what happens at an unknown level
 * @param format of the files to write
 * @param interval the intervals to give, if any
 * @param output where they go
 */
record PredictOptions(
    ReadOptions read,
    UnseenLevel unseen,
    OutputFormat format,
    Optional<Interval> interval,
    OutputOptions output) {
  PredictOptions {
    Check.that(output.directory().isPresent(), "The command 'predict' needs --out");
  }

  /**
   * The intervals asked for.
   *
   * @param level the probability that they hold
   * @param kind where they come from
   */
  record Interval(double level, Kind kind) {
    Interval {
      Check.that(
          level > 0 && level < 1,
          "Cannot give intervals of --interval %s: it must be between 0 and 1, such as 0.9",
          level);
    }
  }

  /** Where intervals come from. */
  enum Kind {
    PREDICTIVE,
    CV_PLUS
  }

  private static Optional<Interval> interval(Settings settings) {
    Kind kind = settings.choice(Setting.INTERVAL_KIND, Kind.class);
    Optional<String> level = settings.text(Setting.INTERVAL);
    Check.that(
        level.isPresent() || !settings.isGiven(Setting.INTERVAL_KIND),
        "Cannot use --interval-kind without --interval");
    return level.map(text -> new Interval(SolveOptions.number(text, "--interval"), kind));
  }

  static PredictOptions of(Settings settings) {
    OutputOptions output = OutputOptions.of(settings, Set.of());
    return new PredictOptions(
        ReadOptions.of(settings),
        settings.choice(Setting.UNSEEN, UnseenLevel.class),
        settings.choice(Setting.OUTPUT_FORMAT, OutputFormat.class),
        interval(settings),
        new OutputOptions(
            output.directory(),
            output.ifExists(),
            output.moments(),
            output.form(),
            Optional.empty()));
  }

  String directory() {
    return output.directory().orElseThrow();
  }
}
