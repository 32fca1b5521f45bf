package org.ridgeline.cli;

/**
 * An error that ended a thread which is not ours. Spark's driver waits for ever for a thread of its
 * own that ran out of memory: the command is interrupted, and fails with that error.
 */
final class StrayError {
  private static volatile OutOfMemoryError error;

  private StrayError() {}

  /** Interrupts this thread when another one runs out of memory. */
  static void interruptOnError() {
    Thread command = Thread.currentThread();
    Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          if (thrown instanceof OutOfMemoryError memory && thread != command) {
            error = memory;
            command.interrupt();
          } else if (others != null) {
            others.uncaughtException(thread, thrown);
          } else {
            thrown.printStackTrace(); // as the JVM does without a handler
          }
        });
  }

  /** Returns what made this command fail: the error of another thread if there is one. */
  static Throwable or(Throwable failed) {
    OutOfMemoryError stray = error;
    if (stray == null) {
      return failed;
    }
    Thread.interrupted(); // what is left to do has to be done
    return stray;
  }
}
