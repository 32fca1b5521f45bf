package org.ridgeline.spark;

import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/**
 * Text that is not in UTF-8, whose letters decoding has replaced, all by the same one: levels that
 * differ become one.
 */
final class NotUtf8 {
  private static final UTF8String REPLACEMENT = UTF8String.fromString("\uFFFD");

  private NotUtf8() {}

  /** Whether nothing says what the encoding is, so that it is taken for UTF-8. */
  static boolean isAssumed(Map<String, String> options) {
    return options.keySet().stream()
        .noneMatch(key -> key.equalsIgnoreCase("encoding") || key.equalsIgnoreCase("charset"));
  }

  /** Whether a letter of a text was replaced. */
  static boolean isIn(UTF8String text) {
    return text.contains(REPLACEMENT);
  }

  /**
   * Returns the refusal of a text.
   *
   * @param where it stands
   */
  static DataException refusal(String text, String where) {
    return new DataException(
        String.format("the text %s in %s is not in UTF-8", Names.quoted(text), where),
        Remedy.of(
            "name its encoding, such as %s (or %s if it is as it should be)",
            Option.OPTION.to("encoding=ISO-8859-1"), Option.OPTION.to("encoding=UTF-8")));
  }
}
