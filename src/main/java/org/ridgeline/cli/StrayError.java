package org.ridgeline.cli;

import java.util.concurrent.atomic.AtomicReference;

/**
 * An error that ended a thread which is not ours. Spark's driver waits for ever for a thread of its
 * own that ran out of memory: the command is interrupted, and fails with that error.
 */
final class StrayError {
  private static final AtomicReference<OutOfMemoryError> ERROR = new AtomicReference<>();

  private StrayError() {}

  /** Interrupts this thread when another one runs out of memory. */
  static void interruptOnError(Console console) {
    Thread command = Thread.currentThread();
    Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          if (thrown instanceof OutOfMemoryError memory && thread != command) {
            ERROR.set(memory);
            command.interrupt();
          } else if (others != null) {
            others.uncaughtException(thread, thrown);
          } else {
            console.stackOf(thrown); // as the JVM does without a handler
          }
        });
  }

  /** Returns what made this command fail: the error of another thread if there is one. */
  static Throwable or(Throwable failed) {
    OutOfMemoryError stray = ERROR.get();
    if (stray == null) {
      return failed;
    }
    Thread.interrupted(); // what is left to do has to be done
    return stray;
  }
}
