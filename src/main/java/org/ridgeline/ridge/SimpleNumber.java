package org.ridgeline.ridge;

import java.util.OptionalDouble;

/**
 * Numbers that people write down: fractions of small whole numbers, decimals of few places, and the
 * reciprocals of these. The factor of an exact dependence between columns (a sum, a difference, a
 * share, a unit of measure) is one; that of an accidental one is not.
 */
final class SimpleNumber {
  private static final int LARGEST_DENOMINATOR = 1000;
  private static final int PLACES = 8;

  private SimpleNumber() {}

  /** Returns the simple number nearest to x, if there is one within {@code tolerance |x|}. */
  static OptionalDouble near(double x, double tolerance) {
    OptionalDouble fraction = fraction(x, tolerance);
    if (fraction.isPresent()) {
      return fraction;
    }
    OptionalDouble decimal = decimal(x, tolerance);
    if (decimal.isPresent()) {
      return decimal;
    }
    OptionalDouble inverse = decimal(1 / x, tolerance);
    return inverse.isPresent() ? OptionalDouble.of(1 / inverse.getAsDouble()) : inverse;
  }

  /** Follows the continued fraction of |x|. */
  private static OptionalDouble fraction(double x, double tolerance) {
    double size = Math.abs(x);
    double rest = size;
    double before = 0;
    double denominator = 1;
    while (denominator <= LARGEST_DENOMINATOR) {
      double value = Math.rint(size * denominator) / denominator;
      if (Math.abs(value - size) <= tolerance * size) {
        return OptionalDouble.of(Math.copySign(value, x));
      }
      rest = 1 / (rest - Math.floor(rest));
      double next = Math.floor(rest) * denominator + before;
      before = denominator;
      denominator = next;
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble decimal(double x, double tolerance) {
    double power = 1;
    for (int places = 1; places <= PLACES; places++) {
      power *= 10;
      double value = Math.rint(x * power) / power;
      if (Math.abs(value - x) <= tolerance * Math.abs(x)) {
        return OptionalDouble.of(value);
      }
    }
    return OptionalDouble.empty();
  }
}
