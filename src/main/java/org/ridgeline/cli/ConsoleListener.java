package org.ridgeline.cli;

import java.util.Optional;
import org.ridgeline.base.Option;
import org.ridgeline.spark.PassProgress;
import org.ridgeline.train.Journal;

/**
 * Shows the entries of a journal on stderr.
 *
 * @param console the console
 * @param line the progress line, if progress is shown
 */
record ConsoleListener(Console console, Optional<ProgressLine> line) implements Journal.Listener {
  @Override
  public void info(String sentence) {
    console.info(sentence);
  }

  @Override
  public void warn(String sentence) {
    console.warn(sentence);
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
