package org.ridgeline.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Results go to stdout, everything else to stderr. */
final class Console {
  private final PrintStream out;
  private final PrintStream err;

  Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Prints a result as it is. */
  void result(String text) {
    result(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Prints a result as it is. */
  void result(byte[] utf8) {
    out.write(utf8, 0, utf8.length);
    out.flush();
  }

  void info(String sentence) {
    err.println("INFO  " + sentence);
  }

  void warn(String sentence) {
    err.println("WARN  " + sentence);
  }

  void error(String sentence) {
    err.println("ERROR " + sentence);
  }

  /** Prints the stack of an unexpected error. */
  void stackOf(Throwable error) {
    err.println(error);
    for (StackTraceElement element : error.getStackTrace()) {
      err.println("    at " + element);
    }
    if (error.getCause() != null && error.getCause() != error) {
      err.print("caused by ");
      stackOf(error.getCause());
    }
  }
}
