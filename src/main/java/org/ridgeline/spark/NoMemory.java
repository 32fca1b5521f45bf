package org.ridgeline.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/**
 * A failure because memory ran out: in this JVM, in an executor that said so, or in one that was
 * ended for it. Spark does not always pass the error on as a cause: some of its code has room for
 * exceptions only, and tells an error in its message.
 */
public final class NoMemory {

  /** How cluster managers tell it; 52 is the exit code of Spark's executors. */
  private static final Pattern ENDED =
      Pattern.compile("(?:code|status):? 52\\b|OOMKilled|Container killed by YARN for exceeding");

  private static final Pattern SAID =
      Pattern.compile(Pattern.quote(OutOfMemoryError.class.getName()) + ": ([^\\n(]*)");

  private static final String MORE = "give the JVM more with %s or %s";
  private static final String LINE =
      "; a line of text has to fit in it, which one of hundreds of megabytes, as after a quote that"
          + " is never closed, does not";

  private NoMemory() {}

  /** Returns the refusal of a command, if memory ran out. */
  public static Optional<DoesNotFitException> refusal(Throwable failed) {
    return ofJob("Cannot go on", failed);
  }

  /**
   * Returns the refusal of a job, if memory ran out.
   *
   * @param doing what could not be done
   */
  static Optional<DoesNotFitException> ofJob(String doing, Throwable failed) {
    return place(failed).map(place -> refusal(doing, place, MORE, failed));
  }

  /**
   * Returns the refusal of a read, if memory ran out.
   *
   * @param doing what could not be done
   */
  static Optional<DoesNotFitException> ofRead(String doing, Throwable failed) {
    return place(failed).map(place -> refusal(doing, place, MORE + LINE, failed));
  }

  private static DoesNotFitException refusal(
      String doing, String place, String remedy, Throwable cause) {
    return new DoesNotFitException(
        Explanation.of(
            doing + ": out of memory (" + place + ")",
            Remedy.of(remedy, Option.DRIVER_MEMORY, Option.EXECUTOR_MEMORY)),
        cause);
  }

  /** Where in the chain memory ran out; empty also where that is explained already. */
  private static Optional<String> place(Throwable failed) {
    return Causes.of(failed)
        .takeWhile(cause -> !(cause instanceof DoesNotFitException))
        .flatMap(cause -> placeIn(cause).stream())
        .findFirst();
  }

  private static Optional<String> placeIn(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher said = SAID.matcher(message);
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(message.lines().findFirst().orElse("no message"));
    } else if (said.find()) {
      return Optional.of(said.group(1).strip());
    } else if (ENDED.matcher(message).find()) {
      return Optional.of("an executor was ended for it");
    } else if (cause instanceof SparkThrowable known
        && ("INVALID_DRIVER_MEMORY".equals(known.getCondition())
            || "INVALID_EXECUTOR_MEMORY".equals(known.getCondition()))) {
      return Optional.of("Spark itself needs a heap of 450 MiB");
    }
    return Optional.empty();
  }
}
