package org.ridgeline.spark;

import java.util.Optional;
import org.apache.spark.SparkException;
import org.apache.spark.SparkIllegalArgumentException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Calls into Spark whose failures are the data's fault, told in one sentence. */
final class SparkCall {
  private static final int DEEPEST = 20;

  private SparkCall() {}

  /** A call; Spark's Scala code throws checked exceptions without declaring them. */
  interface Action<T> {
    T run() throws AnalysisException, ClassNotFoundException, SparkException;
  }

  /**
   * Runs {@code action}.
   *
   * @param failure what could not be done, for the message
   * @throws DataException when Spark refuses the request, or a file cannot be read
   * @throws IllegalStateException when a job fails for another reason
   */
  static <T> T run(String failure, Action<T> action) {
    try {
      return action.run();
    } catch (AnalysisException | ClassNotFoundException | SparkIllegalArgumentException refused) {
      throw new DataException(failure + ": " + firstSentence(refused), refused);
    } catch (SparkException failed) {
      throw translated(failure, failed);
    }
  }

  private static RuntimeException translated(String failure, SparkException failed) {
    Optional<Throwable> cause = dataCause(failed);
    if (cause.isPresent() && cause.get() instanceof DataException told) {
      return new DataException(told.getMessage(), failed);
    }
    return cause
        .<RuntimeException>map(
            c -> new DataException(failure + ": " + firstSentence(deepest(c)), failed))
        .orElseGet(() -> new IllegalStateException(failure + ": " + firstSentence(failed), failed));
  }

  /** The exception in the chain that says what is wrong with the data. */
  private static Optional<Throwable> dataCause(Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
      if (cause instanceof DataException || isFileFailure(cause)) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  /** What Spark's "error while reading file" stands for, where it says so. */
  private static Throwable deepest(Throwable failed) {
    Throwable deepest = failed;
    for (int depth = 0; depth < DEEPEST && deepest.getCause() != null; depth++) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? failed : deepest;
  }

  private static boolean isFileFailure(Throwable cause) {
    return cause instanceof SparkThrowable known
        && known.getCondition() != null
        && (known.getCondition().startsWith("FAILED_READ_FILE")
            || known.getCondition().startsWith("MALFORMED_RECORD"));
  }

  /** The first sentence of what Spark says, without its error class. */
  static String firstSentence(Throwable refused) {
    String text =
        String.valueOf(refused.getMessage())
            .lines()
            .filter(l -> !l.isBlank())
            .findFirst()
            .orElse("");
    text = text.replaceFirst("^\\[[A-Z_.0-9]+\\] ", "");
    int sentence = text.indexOf(". ");
    return sentence < 0 ? text : text.substring(0, sentence);
  }
}
