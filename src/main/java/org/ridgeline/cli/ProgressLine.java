package org.ridgeline.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.ridgeline.plan.Amounts;
import org.ridgeline.report.PlainTable;
import org.ridgeline.spark.PassKind;
import org.ridgeline.spark.PassProgress;

/**
 * Progress of a pass on stderr: on a terminal a line that is rewritten, elsewhere a line every few
 * seconds and one for each finished pass over the data.
 */
final class ProgressLine implements Consumer<PassProgress.Snapshot> {
  private static final double SECONDS_BETWEEN_LINES = 5;
  private static final double SECONDS_BETWEEN_CHANGES = 0.5;

  /** What stderr is. */
  enum Style {
    /** A terminal, on which a line can be rewritten. */
    REWRITTEN,
    /** A file or a pipe. */
    LINES
  }

  private final Console console;
  private final Style style;
  private double shownAt;

  ProgressLine(Console console, Style style) {
    this.console = console;
    this.style = style;
  }

  /** Returns the line of a terminal, or the one that an option asks for; otherwise none. */
  static Optional<ProgressLine> of(Console console, Settings settings) {
    if (console.isTerminal()) {
      return Optional.of(new ProgressLine(console, Style.REWRITTEN));
    }
    boolean asked =
        Setting.PROGRESS.isTakenBy(settings.command()) && settings.isSet(Setting.PROGRESS);
    return asked ? Optional.of(new ProgressLine(console, Style.LINES)) : Optional.empty();
  }

  @Override
  public void accept(PassProgress.Snapshot pass) {
    if (pass.seconds() < shownAt) {
      shownAt = 0; // a new pass
    }
    switch (pass.state()) {
      case RUNNING -> running(pass);
      case DONE, FAILED -> ended(pass);
    }
  }

  private void running(PassProgress.Snapshot pass) {
    double wait = style == Style.REWRITTEN ? SECONDS_BETWEEN_CHANGES : SECONDS_BETWEEN_LINES;
    if (pass.seconds() - shownAt < wait) {
      return;
    }
    shownAt = pass.seconds();
    if (style == Style.REWRITTEN) {
      console.live(text(pass));
    } else {
      console.info(text(pass));
    }
  }

  private void ended(PassProgress.Snapshot pass) {
    shownAt = 0;
    if (style == Style.REWRITTEN) {
      console.eraseLive();
    } else if (pass.kind() == PassKind.DATA && pass.state() == PassProgress.State.DONE) {
      console.info(text(pass));
    }
  }

  /**
   * Returns the line, such as {@code moments of 9 features: 40,000 rows, 31,000 rows/s, 12 s left}.
   */
  static String text(PassProgress.Snapshot pass) {
    StringBuilder text = new StringBuilder(pass.name()).append(": ");
    if (pass.rows() > 0) {
      text.append(PlainTable.count(pass.rows())).append(" rows, ");
      text.append(PlainTable.count(Math.round(pass.rows() / pass.seconds()))).append(" rows/s, ");
    }
    if (pass.state() == PassProgress.State.DONE) {
      return text.append("done in ").append(Amounts.seconds(pass.seconds())).toString();
    }
    text.append(String.format(Locale.ROOT, "%d of %d tasks", pass.tasksDone(), pass.tasks()));
    OptionalDouble left = pass.secondsLeft();
    if (left.isPresent()) {
      text.append(", ").append(Amounts.seconds(left.getAsDouble())).append(" left");
    }
    return text.toString();
  }
}
