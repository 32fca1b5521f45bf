package org.ridgeline.spark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * A line of a libsvm file: {@code LABEL INDEX:VALUE INDEX:VALUE ..}, whole indices from 1 on in
 * ascending order, and decimal numbers or {@code nan} and {@code inf}; what follows a {@code #} is
 * a comment.
 */
final class LibsvmLine {
  private static final char COMMENT = '#';

  private double label;
  private int[] indices = new int[16]; // from 0 on
  private double[] values = new double[16];
  private int count;

  private LibsvmLine() {}

  /** A line that is not of the format; the message says why. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private Malformed(String why) {
      super(why, null, false, false);
    }
  }

  /** Whether a line says nothing. */
  static boolean isBlank(String line) {
    return end(line) == 0;
  }

  /**
   * Parses a line that is not blank.
   *
   * @throws Malformed when it is not of the format
   */
  static LibsvmLine of(String line) throws Malformed {
    LibsvmLine parsed = new LibsvmLine();
    int to = end(line);
    for (int at = 0, token = 0; at < to; token++) {
      int from = skip(line, at, to, true);
      at = skip(line, from, to, false);
      if (token == 0) {
        parsed.label =
            number(line.substring(from, at))
                .orElseThrow(malformed("the label %s is no number", line, from, at));
      } else if (from < at) {
        parsed.add(line, from, at);
      }
    }
    return parsed;
  }

  /** The target. */
  double label() {
    return label;
  }

  /** How many features the line needs at least. */
  int width() {
    return count == 0 ? 0 : indices[count - 1] + 1;
  }

  /** The values of so many features; what the line does not name is 0. */
  Vector features(int width) {
    return Vectors.sparse(width, Arrays.copyOf(indices, count), Arrays.copyOf(values, count));
  }

  private void add(String line, int from, int to) throws Malformed {
    int colon = line.indexOf(':', from);
    if (colon < 0 || colon >= to) {
      throw malformed("%s is not INDEX:VALUE", line, from, to).get();
    }
    if (line.startsWith("qid:", from)) {
      throw malformed("%s is the query of a ranking, no feature: remove it", line, from, to).get();
    }
    int index = index(line, from, colon);
    double value =
        number(line.substring(colon + 1, to))
            .orElseThrow(malformed("%s is not INDEX:VALUE", line, from, to));
    if (index < 0) {
      throw malformed(
              isZero(line, from, colon)
                  ? "%s has index 0: indices begin at 1, add 1 to all of them"
                  : "%s has no whole number from 1 to 2147483647 as its index",
              line,
              from,
              to)
          .get();
    } else if (count > 0 && index == indices[count - 1]) {
      throw malformed("%s comes after another value of this index: keep one", line, from, to).get();
    } else if (index < width()) {
      throw malformed(
              "%s comes after index " + width() + ": sort the line by its indices", line, from, to)
          .get();
    }
    if (count == indices.length) {
      indices = Arrays.copyOf(indices, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    indices[count] = index;
    values[count++] = value;
  }

  private static boolean isZero(String line, int from, int to) {
    return from < to && line.substring(from, to).chars().allMatch(c -> c == '0');
  }

  /** The index, counted from 0; -1 when there is none. */
  private static int index(String line, int from, int to) {
    long index = 0;
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      if (c < '0' || c > '9' || index > Integer.MAX_VALUE) {
        return -1;
      }
      index = 10 * index + c - '0';
    }
    return index > Integer.MAX_VALUE ? -1 : (int) index - 1;
  }

  /** Java takes more for numbers than there are decimal numbers: {@code 1D}, {@code 0x1p3}. */
  private static Optional<Double> number(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return word(text);
      }
    }
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> word(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Optional.of(Double.NaN);
      case "inf", "+inf", "infinity", "+infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      default -> Optional.empty();
    };
  }

  private static Supplier<Malformed> malformed(String why, String line, int from, int to) {
    return () -> new Malformed(String.format(why, line.substring(from, to)));
  }

  /** Where the line ends, without its comment and the blanks before that. */
  private static int end(String line) {
    int comment = line.indexOf(COMMENT);
    int to = comment < 0 ? line.length() : comment;
    while (to > 0 && line.charAt(to - 1) <= ' ') {
      to--;
    }
    return to;
  }

  private static int skip(String line, int from, int to, boolean blanks) {
    int at = from;
    while (at < to && line.charAt(at) <= ' ' == blanks) {
      at++;
    }
    return at;
  }
}
