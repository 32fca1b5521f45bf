package org.ridgeline.spark;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Ways to write a number that are no decimal number. Some of them mean other things in some
 * columns, as {@link WrittenNumbers} finds.
 */
enum NumberWriting {
  COMMA("a comma, not a point"),
  MINUS("a minus sign that is not -"),
  BLANKS("blanks or quotes in them"),
  PERCENT("a percent sign");

  private static final int LONGEST = 64; // bytes
  private static final Pattern PERCENT_SIGN = Pattern.compile("[ \\u00a0\\u202f]?%$");
  private static final Pattern OTHER_MINUS = Pattern.compile("^[\\u2212\\u2012\\u2013]");
  private static final Pattern OUTER_BLANKS =
      Pattern.compile("^[\\u00a0\\u202f]+|[\\u00a0\\u202f]+$");
  private static final Pattern GROUPS =
      Pattern.compile("^([-+]?\\d{1,3})((?:[ '\\u2019\\u00a0\\u2009\\u202f]\\d{3})+)(?![\\d])");
  private static final Pattern THOUSANDS = // also of India: 12,34,567
      Pattern.compile("[-+]?\\d{1,3}(?:(?:,\\d{3})+|(?:,\\d{2})+,\\d{3})(?:\\.\\d*)?");
  private static final Pattern GROUP_SEPARATOR =
      Pattern.compile("[ '\\u2019\\u00a0\\u2009\\u202f]");

  private final String words;

  NumberWriting(String words) {
    this.words = words;
  }

  /** What is in such numbers. */
  String words() {
    return words;
  }

  /** The way in which a cell writes a number, if it is one with that put right. */
  static Optional<NumberWriting> of(UTF8String cell) {
    if (!mayBe(cell)) {
      return Optional.empty();
    }
    String text = cell.toString();
    String whole = PERCENT_SIGN.matcher(text).replaceFirst("");
    String signed =
        OTHER_MINUS.matcher(OUTER_BLANKS.matcher(whole).replaceAll("")).replaceFirst("-");
    String plain =
        GROUPS
            .matcher(signed)
            .replaceFirst(m -> m.group(1) + GROUP_SEPARATOR.matcher(m.group(2)).replaceAll(""));
    int commas = (int) plain.chars().filter(c -> c == ',').count();
    boolean isList = commas > 1 && !THOUSANDS.matcher(plain).matches();
    boolean isPhone = plain.startsWith("+") && plain.length() < signed.length() && commas == 0;
    String number = plain.replace(",", "");
    if (CellShape.of(UTF8String.fromString(number)) == CellShape.TEXT
        || isList
        || isPhone
        || plain.endsWith(",")) {
      return Optional.empty();
    }
    if (commas > 0) {
      return Optional.of(COMMA);
    } else if (whole.length() < text.length()) {
      return Optional.of(PERCENT);
    }
    return plain.equals(text)
        ? Optional.empty()
        : Optional.of(plain.length() < text.length() ? BLANKS : MINUS);
  }

  /** Whether there are digits, a sign that is to be put right and no letters: few texts are so. */
  private static boolean mayBe(UTF8String cell) {
    int digits = 0;
    int signs = 0;
    for (int i = 0; i < cell.numBytes() && i < LONGEST; i++) {
      byte b = cell.getByte(i);
      int letter = b | 0x20;
      if ((b > 0 && letter >= 'a' && letter <= 'z' && letter != 'e') || b == ':' || b == '/') {
        return false;
      }
      digits += b >= '0' && b <= '9' ? 1 : 0;
      signs += b < 0 || b == ',' || b == '%' || b == ' ' || b == '\'' ? 1 : 0;
    }
    return digits > 0 && signs > 0 && cell.numBytes() <= LONGEST;
  }
}
