package org.ridgeline.store;

import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.apache.hadoop.service.launcher.IrqHandler.InterruptData;

/**
 * The signal that ends this process, once it has come: the exit code of the process and that of its
 * run are then the same, 128 plus the signal's number.
 */
public final class EndingSignal {
  private static final String[] NAMES = {"INT", "TERM", "HUP"};
  private static final int CODE = 128;

  /** The code of a process ended by SIGTERM, or from outside by something unknown. */
  static final int TERMINATED = 143;

  private static volatile int number;
  private static volatile BooleanSupplier isComplete = () -> false;
  private static volatile IntConsumer exit = code -> {};

  private EndingSignal() {}

  /**
   * Listens for the signals that end a process. What is ignored, as in a background job of a shell,
   * stays so.
   *
   * @param ending ends the process with a code
   */
  public static void listen(IntConsumer ending) {
    exit = ending;
    for (String name : NAMES) {
      bind(name);
    }
  }

  private static void bind(String name) {
    try {
      new IrqHandler(name, EndingSignal::end).bind();
    } catch (IllegalArgumentException e) {
      return; // the JVM has left it to the system (-Xrs)
    }
  }

  /** A run that is committed when its first signal comes is complete: only printing is left. */
  private static void end(InterruptData signal) {
    if (number == 0 && isComplete.getAsBoolean()) {
      number = signal.getNumber();
      return;
    }
    number = signal.getNumber();
    exit.accept(code());
  }

  /** Takes who says whether the run of this process is complete. */
  static void watch(BooleanSupplier complete) {
    isComplete = complete;
  }

  /** Whether one has come. */
  public static boolean hasCome() {
    return number != 0;
  }

  /** The exit code of the process: of a SIGTERM when no signal has come. */
  public static int code() {
    return number == 0 ? TERMINATED : CODE + number;
  }
}
