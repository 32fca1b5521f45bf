package org.ridgeline.report;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.base.Words;

/**
 * A value in a JSON file that anybody may have written: what it must be is checked when it is asked
 * for, with a sentence that names its key.
 *
 * @param what the file is of, such as {@code model}
 * @param key the key of the value
 * @param node the value
 */
record CheckedJson(String what, String key, JsonNode node) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Parses a file.
   *
   * @param format what its key {@code format} must be
   * @throws IllegalArgumentException when it is not JSON or of another format
   */
  static CheckedJson parse(byte[] json, String what, String format) {
    CheckedJson root;
    try {
      root = new CheckedJson(what, "", MAPPER.readTree(json));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot use the "
              + what
              + ": it is not JSON: "
              + e.getMessage().lines().findFirst().orElse(""),
          e);
    }
    String found = root.node.path("format").asText("");
    Check.that(
        found.equals(format),
        "Cannot use the %s: its format is '%s', this version reads '%s'",
        what,
        found,
        format);
    return root;
  }

  /** Returns the value of a key; absent values fail when they are used. */
  CheckedJson at(String name) {
    return new CheckedJson(what, name, node.path(name));
  }

  boolean isThere() {
    return !node.isMissingNode();
  }

  boolean isNull() {
    return node.isNull();
  }

  boolean isArray() {
    return node.isArray();
  }

  boolean isText() {
    return node.isTextual();
  }

  int size() {
    return node.size();
  }

  void requireObject() {
    require(node.isObject(), "an object");
  }

  String text() {
    require(node.isTextual(), "text");
    return node.asText();
  }

  /** Returns the text, or nothing for null. */
  Optional<String> optionalText() {
    return isNull() ? Optional.empty() : Optional.of(text());
  }

  /** Returns the constant of an enum that this text names. */
  <E extends Enum<E>> E word(Class<E> type) {
    String word = text();
    return Words.find(type, word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        "Cannot use the %s: '%s' is '%s', which is not known", what, key, word)));
  }

  boolean flag() {
    require(node.isBoolean(), "true or false");
    return node.asBoolean();
  }

  double number() {
    Check.that(node.isNumber(), "Cannot use the %s: '%s' is no number", what, key);
    return node.asDouble();
  }

  long whole() {
    Check.that(
        node.isIntegralNumber() && node.canConvertToLong(),
        "Cannot use the %s: '%s' is no whole number",
        what,
        key);
    return node.asLong();
  }

  /** Returns a whole number that an array can have as its length. */
  int size32() {
    long value = whole();
    Check.that(
        value >= 0 && value <= Integer.MAX_VALUE,
        "Cannot use the %s: '%s' must be from 0 to 2147483647, was %d",
        what,
        key,
        value);
    return (int) value;
  }

  List<CheckedJson> elements() {
    require(node.isArray(), "a list");
    List<CheckedJson> elements = new ArrayList<>();
    node.forEach(element -> elements.add(new CheckedJson(what, key, element)));
    return elements;
  }

  List<String> texts() {
    return elements().stream().map(CheckedJson::text).toList();
  }

  double[] numbers(int expected) {
    require(node.isArray(), "a list of numbers");
    requireSize(expected, node.size());
    double[] values = new double[expected];
    for (int i = 0; i < expected; i++) {
      Check.that(
          node.get(i).isNumber(),
          "Cannot use the %s: '%s' has an entry that is no number",
          what,
          key);
      values[i] = node.get(i).asDouble();
    }
    return values;
  }

  void requireSize(int expected, int found) {
    Check.that(
        expected == found,
        "Cannot use the %s: '%s' has %d entries instead of %d",
        what,
        key,
        found,
        expected);
  }

  private void require(boolean condition, String kind) {
    Check.that(condition, "Cannot use the %s: '%s' is not %s", what, key, kind);
  }
}
