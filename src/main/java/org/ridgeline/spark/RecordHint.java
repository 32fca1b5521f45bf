package org.ridgeline.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/** What a row that could not be taken apart may be instead. */
final class RecordHint {
  private static final char QUOTE = '"';
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonFactory KEYS_TWICE = new JsonFactory();
  private static final JsonFactory CONTROLS =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

  private RecordHint() {}

  /** Returns what a line asks for that is not one JSON object. */
  static Optional<Remedy> ofObject(String record) {
    String text = record.strip();
    if (text.equals("[") || text.equals("{") || text.endsWith(",")) {
      return Optional.of(
          Remedy.of(
              "if it is one document over several lines, use %s",
              Option.OPTION.to("multiLine=true")));
    }
    if (NotUtf8.isIn(UTF8String.fromString(text))) {
      return Optional.of(
          Remedy.of(
              "it is not in UTF-8: name its encoding, such as %s",
              Option.OPTION.to("encoding=ISO-8859-1")));
    }
    int values = values(JSON, text);
    if (values > 1) {
      return Optional.of(Remedy.of("put each value on a line of its own"));
    } else if (values == 1) {
      return Optional.empty();
    } else if (values(KEYS_TWICE, text) == 1) {
      return Optional.of(Remedy.of("an object in it has a key twice: keep one"));
    }
    return values(CONTROLS, text) == 1
        ? Optional.of(
            Remedy.of(
                "a text in it has an unescaped control character: write a tab as \\t, or use %s",
                Option.OPTION.to("allowUnquotedControlChars=true")))
        : Optional.empty();
  }

  /**
   * Returns what a line asks for that is not one JSON object of the columns that a sample has
   * found.
   */
  static Remedy ofSampledObject(String record) {
    return ofObject(record).orElseGet(EmptySample::all);
  }

  /** How many values a text has; 2 also for more, and 0 where the first is none. */
  private static int values(JsonFactory json, String text) {
    try (JsonParser parser = json.createParser(text)) {
      if (parser.nextToken() == null) {
        return 0;
      }
      parser.skipChildren();
      return parser.nextToken() == null ? 1 : 2;
    } catch (IOException noJson) {
      return 0;
    }
  }

  /** Returns the option that a row asks for whose fields are not those of the header. */
  static Optional<Remedy> ofFields(String record) {
    if (record.stripLeading().startsWith("#")) {
      return Optional.of(
          Remedy.of(
              "use %s if lines that begin with # are comments", Option.OPTION.to("comment=#")));
    }
    boolean isOpen = record.chars().filter(c -> c == QUOTE).count() % 2 == 1;
    return isOpen
        ? Optional.of(
            Remedy.of(
                "use %s if quoted cells go over several lines", Option.OPTION.to("multiLine=true")))
        : Optional.empty();
  }
}
