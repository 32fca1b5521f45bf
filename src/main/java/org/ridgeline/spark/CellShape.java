package org.ridgeline.spark;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What the text of a cell is as a number. A decimal number is a sign or none, digits with a point
 * or without, and an exponent or none; blanks around it do not matter. Everything else that Java
 * would take for a number is text: {@code 1D}, {@code 0x1A}, {@code NaN}.
 */
enum CellShape {
  /** A whole number of at most nine digits. */
  SHORT,
  /** A whole number that a {@code long} holds. */
  LONG,
  /** A whole number that a {@code long} does not hold. */
  BIG,
  /** A number with a point, an exponent, or blanks around it. */
  FRACTION,
  /** Digits after a leading zero, without a point: {@code 007} is a code, not the number 7. */
  CODE,
  /** No number. */
  TEXT;

  private static final int SHORT_DIGITS = 9; // always an int
  private static final int LONG_DIGITS = 18; // always a long

  /** Returns the shape of a cell. */
  static CellShape of(UTF8String cell) {
    int from = 0;
    int to = cell.numBytes();
    while (from < to && isBlank(cell.getByte(from))) {
      from++;
    }
    while (to > from && isBlank(cell.getByte(to - 1))) {
      to--;
    }
    CellShape bare = bare(cell, from, to);
    boolean isWhole = bare == SHORT || bare == LONG || bare == BIG;
    return isWhole && to - from < cell.numBytes() ? FRACTION : bare;
  }

  /** Returns the whole number that a text is, such as 1 for {@code 01} and {@code 1.0}. */
  static Optional<Long> wholeNumber(UTF8String text) {
    if (of(text) == TEXT) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text.toString().strip()).longValueExact());
    } catch (ArithmeticException fractionOrTooLarge) {
      return Optional.empty();
    }
  }

  private static CellShape bare(UTF8String cell, int from, int to) {
    int start = skipSign(cell, from, to);
    int point = skipDigits(cell, start, to);
    int digits = point - start;
    if (point == to) {
      return digits == 0 ? TEXT : whole(cell, from, start, to);
    }
    int at = point;
    if (cell.getByte(at) == '.') {
      at = skipDigits(cell, point + 1, to);
      digits += at - point - 1;
    }
    if (digits > 0 && at < to && (cell.getByte(at) | 0x20) == 'e') {
      int exponent = skipSign(cell, at + 1, to);
      at = skipDigits(cell, exponent, to);
      digits = at - exponent;
    }
    return digits > 0 && at == to ? FRACTION : TEXT;
  }

  private static CellShape whole(UTF8String cell, int from, int start, int to) {
    int digits = to - start;
    if (digits > 1 && cell.getByte(start) == '0') {
      return CODE;
    } else if (digits <= SHORT_DIGITS) {
      return SHORT;
    } else if (digits <= LONG_DIGITS) {
      return LONG;
    }
    try {
      Long.parseLong(cell.substring(from, to).toString());
      return LONG;
    } catch (NumberFormatException tooLarge) {
      return BIG;
    }
  }

  private static int skipSign(UTF8String cell, int at, int to) {
    return at < to && (cell.getByte(at) == '-' || cell.getByte(at) == '+') ? at + 1 : at;
  }

  private static int skipDigits(UTF8String cell, int from, int to) {
    int at = from;
    while (at < to && cell.getByte(at) >= '0' && cell.getByte(at) <= '9') {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
