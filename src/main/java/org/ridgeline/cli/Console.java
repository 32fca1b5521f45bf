package org.ridgeline.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ridgeline.base.Secrets;

/**
 * Results go to stdout, everything else to stderr. There may be a line on stderr that is rewritten
 * in place; whatever else is printed takes its place. Thread-safe.
 */
final class Console {
  private static final Path STDERR = Path.of("/proc/self/fd/2");
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private boolean live;

  Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Prints a result as it is. */
  void result(String text) {
    result(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Prints a result as it is. */
  synchronized void result(byte[] utf8) {
    eraseLive();
    out.write(utf8, 0, utf8.length);
    out.flush();
  }

  void info(String sentence) {
    line("INFO  " + sentence);
  }

  void warn(String sentence) {
    line("WARN  " + sentence);
  }

  void error(String sentence) {
    line("ERROR " + sentence);
  }

  private synchronized void line(String text) {
    eraseLive();
    err.println(Secrets.masked(text));
  }

  /** Shows a line until the next is shown or anything is printed. */
  synchronized void live(String text) {
    err.print(ERASE + text);
    err.flush();
    live = true;
  }

  /** Erases the line that {@link #live} has shown. */
  synchronized void eraseLive() {
    if (live) {
      err.print(ERASE);
      err.flush();
      live = false;
    }
  }

  /**
   * Whether stderr is a terminal, from the link that Linux keeps for each stream. On other systems,
   * {@code --progress} is needed.
   */
  boolean isTerminal() {
    if (err != System.err) {
      return false;
    }
    try {
      return Files.readSymbolicLink(STDERR).toString().matches("/dev/(pts/.*|tty.*|console)");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // not Linux
    }
  }

  /** Prints the stack of an unexpected error. */
  synchronized void stackOf(Throwable error) {
    eraseLive();
    err.println(Secrets.masked(String.valueOf(error)));
    for (StackTraceElement element : error.getStackTrace()) {
      err.println("    at " + element);
    }
    if (error.getCause() != null && error.getCause() != error) {
      err.print("caused by ");
      stackOf(error.getCause());
    }
  }
}
