package org.ridgeline.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Optional;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/** What a row that could not be taken apart may be instead. */
final class RecordHint {
  private static final char QUOTE = '"';
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private RecordHint() {}

  /** Returns what a line asks for that is not one JSON object, of which this is the beginning. */
  static Optional<Remedy> ofObject(String record) {
    String text = record.strip();
    if (text.equals("[") || text.equals("{") || text.endsWith(",")) {
      return Optional.of(
          Remedy.of(
              "if it is one document over several lines, use %s",
              Option.OPTION.to("multiLine=true")));
    }
    try (JsonParser parser = JSON.createParser(text)) {
      boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
      parser.skipChildren();
      if (parser.nextToken() != null) {
        return Optional.of(Remedy.of("put each value on a line of its own"));
      }
      return isObject ? Optional.of(EmptySample.all()) : Optional.empty();
    } catch (IOException noJson) {
      return Optional.empty();
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
