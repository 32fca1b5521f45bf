package org.ridgeline.spark;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Remedy;

/** What is wrong with a file that is to be one JSON value over several lines. */
final class JsonFault {
  private static final Pattern TWICE = Pattern.compile("^Duplicate field '(.*)'");
  private static final Pattern NO_OBJECT =
      Pattern.compile("(?i)JSON root field|parse field `?root");

  private JsonFault() {}

  /** The parser's complaint of a second value in a text. */
  static final class SecondValue extends JsonParseException {
    private static final long serialVersionUID = 1L;
    private final int line;

    SecondValue(String message, int line) {
      super(null, message);
      this.line = line;
    }

    /** Where it begins, from 1 on. */
    int line() {
      return line;
    }
  }

  /**
   * Returns the refusal of a file, if its reader complains of the JSON in it.
   *
   * @param file its name
   */
  static Optional<DataException> refusal(String file, Throwable failed) {
    return Causes.of(failed)
        .flatMap(cause -> explanation(file, cause).stream())
        .findFirst()
        .map(found -> new DataException(found, failed));
  }

  /** The line in which a second value begins, if that is what failed. */
  static Optional<Integer> lineOfSecondValue(Throwable failed) {
    return Causes.of(failed)
        .filter(SecondValue.class::isInstance)
        .findFirst()
        .map(second -> ((SecondValue) second).line());
  }

  private static Optional<Explanation> explanation(String file, Throwable cause) {
    String start = "cannot read " + file + ": ";
    if (cause instanceof SecondValue second) {
      return Optional.of(Explanation.of(start + second.getOriginalMessage()));
    } else if (isCutShort(cause)) {
      return Optional.of(
          Explanation.of(
              start + "it ends within its JSON value, cut short or damaged",
              Remedy.of("copy it again")));
    } else if (cause instanceof JsonProcessingException json) {
      return Optional.of(parse(start, json));
    } else if (NO_OBJECT.matcher(String.valueOf(cause.getMessage())).find()) {
      return Optional.of(
          Explanation.of(
              start + "it has an element that is no object",
              Remedy.of("each element of its array must be one row")));
    }
    return Optional.empty();
  }

  /** Between the entries of an object the parser has no exception of its own for it. */
  private static boolean isCutShort(Throwable cause) {
    return cause instanceof JsonEOFException
        || (cause instanceof JsonProcessingException json
            && json.getOriginalMessage().startsWith("Unexpected end-of-input"));
  }

  private static Explanation parse(String start, JsonProcessingException json) {
    String place =
        json.getLocation() == null
            ? ""
            : String.format(
                Locale.ROOT,
                " in line %d, column %d",
                json.getLocation().getLineNr(),
                json.getLocation().getColumnNr());
    Matcher twice = TWICE.matcher(json.getOriginalMessage());
    return twice.find()
        ? Explanation.of(
            String.format(
                "%san object has the key %s twice%s", start, Names.quoted(twice.group(1)), place),
            Remedy.of("keep one"))
        : Explanation.of(start + "it is no JSON" + place);
  }
}
