package org.ridgeline.cli;

import java.util.Optional;
import org.ridgeline.base.Option;
import org.ridgeline.spark.PassProgress;
import org.ridgeline.train.Journal;

/** Shows the entries of a journal on stderr: of the warnings, only the first few. */
final class ConsoleListener implements Journal.Listener {
  /** How many warnings are shown. */
  static final int SHOWN = 3;

  private final Console console;
  private final Optional<ProgressLine> line;
  private int warnings;

  /**
   * Creates a listener.
   *
   * @param console the console
   * @param line the progress line, if progress is shown
   */
  ConsoleListener(Console console, Optional<ProgressLine> line) {
    this.console = console;
    this.line = line;
  }

  @Override
  public void info(String sentence) {
    console.info(sentence);
  }

  @Override
  public void warn(String sentence) {
    warnings++;
    if (warnings <= SHOWN) {
      console.warn(sentence);
    }
  }

  /**
   * Reports how many warnings were not shown.
   *
   * @param place where all of them are
   */
  void reportHidden(String place) {
    if (warnings > SHOWN) {
      int more = warnings - SHOWN;
      console.info(more + (more == 1 ? " more warning: " : " more warnings: ") + place);
    }
  }

  @Override
  public String word(Option.Use use) {
    return Flags.of(use);
  }

  @Override
  public void progress(PassProgress.Snapshot pass) {
    line.ifPresent(shown -> shown.accept(pass));
  }
}
