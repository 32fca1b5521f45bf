package org.ridgeline.infer;

/**
 * The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), summed by
 * Lentz's method: {@code I_x(a, b) = x^a (1 - x)^b / (a B(a, b)) * fraction}. It converges fast for
 * {@code x < (a + 1) / (a + b + 2)}, in about {@code sqrt(max(a, b))} terms.
 */
final class BetaFraction {
  private static final double TINY = 1e-300;

  private BetaFraction() {}

  /** Sums the fraction. */
  static double of(double a, double b, double x) {
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
    double value = d;
    double change = 0;
    for (int m = 1; m < 100_000 && Math.abs(change - 1) > 1e-16; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d);
      c = nonZero(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d);
      c = nonZero(1 + odd / c);
      change = d * c;
      value *= change;
    }
    return value;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
