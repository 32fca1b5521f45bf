package org.ridgeline.spark;

import com.univocity.parsers.common.TextParsingException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Optional;
import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.SparkException;
import org.apache.spark.SparkIllegalArgumentException;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.ridgeline.base.DataException;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.RunOutputException;

/** Calls into Spark whose failures are the data's fault; the message is one sentence. */
final class SparkCall {

  private SparkCall() {}

  /** A call; Spark's Scala code throws checked exceptions without declaring them. */
  interface Action<T> {
    T run() throws AnalysisException, ClassNotFoundException, SQLException, SparkException;
  }

  /**
   * Runs {@code action}.
   *
   * @param failure what could not be done, for the message
   * @throws DataException when Spark refuses the request, or a file cannot be read
   * @throws DoesNotFitException when memory runs out
   * @throws IllegalStateException when a job fails for another reason
   */
  static <T> T run(String failure, Action<T> action) {
    return run(failure, action, NoMemory::ofJob);
  }

  /** What is said of a job that ran out of memory. */
  private interface MemoryRefusal {
    Optional<DoesNotFitException> of(String failure, Throwable failed);
  }

  private static <T> T run(String failure, Action<T> action, MemoryRefusal refusal) {
    try {
      return action.run();
    } catch (AnalysisException
        | ClassNotFoundException
        | SQLException
        | SparkIllegalArgumentException refused) {
      throw new DataException(failure + ": " + firstSentence(refused), refused);
    } catch (ArithmeticException
        | ArrayIndexOutOfBoundsException
        | DateTimeException
        | NumberFormatException
        | SparkRuntimeException failed) {
      throw isOfValue(failed) ? ofValue(failure, failed) : failed;
    } catch (SparkException failed) {
      Optional<DoesNotFitException> noMemory = refusal.of(failure, failed);
      throw noMemory.isPresent() ? noMemory.get() : translated(failure, failed);
    }
  }

  /**
   * Writes an output.
   *
   * @throws DataException when what is to be written cannot be read
   * @throws RunOutputException when it cannot be written
   */
  static <T> T write(String failure, Action<T> action) {
    try {
      return run(failure, action);
    } catch (IllegalStateException failed) {
      Throwable cause = deepest(failed);
      if (cause instanceof IOException) {
        throw new RunOutputException(failure + ": " + firstSentence(cause), failed);
      }
      throw failed;
    }
  }

  /**
   * Opens an input. Readers complain of content that they do not understand in many ways.
   *
   * @throws DataException whenever a reader complains
   */
  static <T> T open(String failure, Action<T> action) {
    try {
      return run(failure, action, NoMemory::ofRead);
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | UnsupportedOperationException
        | IllegalStateException failed) {
      Throwable cause = deepest(failed);
      if (cause instanceof SparkException || failed instanceof DoesNotFitException) {
        throw failed;
      }
      throw new DataException(failure + ": " + firstSentence(cause), failed);
    }
  }

  /** Whether an expression has met a value that it is not defined for: SQLSTATE 22. */
  private static boolean isOfValue(Throwable failed) {
    return failed instanceof SparkThrowable known
        && known.getSqlState() != null
        && known.getSqlState().startsWith("22");
  }

  /** Names the expression as the user has written it, where Spark knows. */
  private static DataException ofValue(String failure, Throwable failed) {
    QueryContext[] contexts = ((SparkThrowable) failed).getQueryContext();
    String expression =
        contexts.length == 0 || contexts[0].contextType() != QueryContextType.SQL
            ? ""
            : ", in " + Names.quoted(contexts[0].fragment());
    String condition = String.valueOf(((SparkThrowable) failed).getCondition());
    Remedy remedy =
        condition.startsWith("CAST")
            ? Remedy.of("compare text with text in quotes, or use try_cast")
            : condition.startsWith("DIVIDE")
                ? Remedy.of("leave such rows out, or use try_divide")
                : Remedy.of("leave such rows out");
    return new DataException(
        Explanation.of(failure + ": " + firstSentence(failed) + expression, remedy), failed);
  }

  private static RuntimeException translated(String failure, SparkException failed) {
    Optional<Throwable> cause = dataCause(failed);
    if (cause.isPresent() && isOfValue(cause.get())) {
      return ofValue(failure, cause.get());
    }
    if (cause.isPresent() && cause.get() instanceof DataException data) {
      return new DataException(data.explanation(), failed);
    }
    Optional<DataException> damaged =
        cause.flatMap(
            c -> {
              String file = path(c).orElse("the input");
              return DamagedFile.refusal(file, c).or(() -> JsonFault.refusal(file, c));
            });
    if (damaged.isPresent()) {
      return damaged.get();
    }
    Optional<DataException> tooLong =
        cause.flatMap(
            c -> tooLong(c).map(e -> TooLong.refusal(path(c).orElse("the input"), e, failed)));
    if (tooLong.isPresent()) {
      return tooLong.get();
    }
    return cause
        .<RuntimeException>map(
            c -> new DataException(failure + ": " + place(c) + firstSentence(deepest(c)), failed))
        .orElseGet(() -> new IllegalStateException(failure + ": " + firstSentence(failed), failed));
  }

  /** The exception in the chain that says what is wrong with the data. */
  private static Optional<Throwable> dataCause(Throwable failed) {
    return Causes.of(failed)
        .filter(c -> c instanceof DataException || isOfValue(c) || isFileFailure(c))
        .findFirst();
  }

  /** The cause of Spark's "error while reading file", where it names one. */
  private static Throwable deepest(Throwable failed) {
    Throwable deepest = Causes.last(failed);
    return deepest.getMessage() == null ? failed : deepest;
  }

  /** The file that could not be read, where the deepest cause does not name it. */
  private static String place(Throwable cause) {
    String sentence = firstSentence(deepest(cause));
    return path(cause)
        .filter(path -> !sentence.contains(path.substring(path.lastIndexOf('/') + 1)))
        .map(path -> path + ": ")
        .orElse("");
  }

  private static Optional<String> path(Throwable cause) {
    return cause instanceof SparkThrowable known
        ? Optional.ofNullable(known.getMessageParameters().get("path"))
        : Optional.empty();
  }

  /** The failure of a parser of CSV files that ran out of room. */
  private static Optional<TextParsingException> tooLong(Throwable failed) {
    return Causes.of(failed)
        .filter(TextParsingException.class::isInstance)
        .map(TextParsingException.class::cast)
        .filter(TooLong::is)
        .findFirst();
  }

  private static boolean isFileFailure(Throwable cause) {
    return cause instanceof SparkThrowable known
        && known.getCondition() != null
        && (known.getCondition().startsWith("FAILED_READ_FILE")
            || known.getCondition().startsWith("MALFORMED_RECORD"));
  }

  /** The first sentence of what was wrong in the first place. */
  static String deepestSentence(Throwable refused) {
    return firstSentence(deepest(refused));
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
    return sentence < 0 ? text.replaceFirst("[.:]$", "") : text.substring(0, sentence);
  }
}
