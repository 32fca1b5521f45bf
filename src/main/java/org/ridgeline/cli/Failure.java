package org.ridgeline.cli;

import java.util.Optional;
import org.ridgeline.base.DataException;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Explained;
import org.ridgeline.base.RunOutputException;
import org.ridgeline.base.Secrets;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.UsageException;
import org.ridgeline.spark.NoMemory;

/**
 * An exception as the user sees it.
 *
 * @param code the exit code
 * @param sentence what went wrong, one sentence
 */
record Failure(int code, String sentence) {
  /** Returns the failure of an exception, or the first of its causes that is one of ours. */
  static Failure of(Throwable thrown) {
    Optional<DoesNotFitException> noMemory = NoMemory.refusal(thrown);
    if (noMemory.isPresent()) {
      return new Failure(ExitCode.DOES_NOT_FIT, sentence(noMemory.get()));
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      int code = code(cause);
      if (code != ExitCode.UNEXPECTED) {
        return new Failure(code, sentence(cause));
      }
      if (cause.getCause() == cause) {
        break;
      }
    }
    return new Failure(
        ExitCode.UNEXPECTED,
        "Unexpected "
            + thrown.getClass().getSimpleName()
            + ": "
            + Secrets.masked(firstLine(thrown.getMessage()))
            + " (-v shows where)");
  }

  private static int code(Throwable cause) {
    if (cause instanceof DataException) {
      return ExitCode.DATA;
    } else if (cause instanceof RunOutputException) {
      return ExitCode.OUTPUT;
    } else if (cause instanceof DoesNotFitException) {
      return ExitCode.DOES_NOT_FIT;
    } else if (cause instanceof SingularException) {
      return ExitCode.NUMERICAL;
    } else if (cause instanceof UsageException) {
      return ExitCode.USAGE;
    }
    return ExitCode.UNEXPECTED;
  }

  private static String sentence(Throwable cause) {
    String message =
        cause instanceof Explained ours ? ours.explanation().worded(Flags::of) : cause.getMessage();
    String text = Secrets.masked(firstLine(message));
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String firstLine(String message) {
    return Optional.ofNullable(message)
        .flatMap(text -> text.lines().findFirst())
        .orElse("no message");
  }
}
