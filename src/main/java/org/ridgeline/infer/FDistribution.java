package org.ridgeline.infer;

import org.ridgeline.base.Check;

/**
 * Tail probabilities of the F distribution: {@code P(F > f) = I_x(v2 / 2, v1 / 2)}, {@code x = v2 /
 * (v2 + v1 f)} (Abramowitz and Stegun 26.6.2), by the {@linkplain BetaFraction continued fraction}.
 * The factor before it is taken from deviances (Loader 2000), in which nothing of the size of the
 * degrees of freedom cancels: relative error 1e-12, and 1e-9 at 1e8 of them.
 */
final class FDistribution {
  private static final double STIRLING_FROM = 15;

  private FDistribution() {}

  /**
   * {@code P(F > f)}: 1 at f = 0, 0 at infinity.
   *
   * @param f at least 0
   * @param numerator v1, positive
   * @param denominator v2, positive
   */
  static double tail(double f, double numerator, double denominator) {
    Check.that(
        f >= 0 && numerator > 0 && denominator > 0,
        "Cannot compute a tail of F: f = %s must be >= 0, degrees of freedom %s and %s positive",
        f,
        numerator,
        denominator);
    double x = denominator / (denominator + numerator * f);
    double y = numerator / (denominator / f + numerator);
    if (x == 0 || y == 0) {
      return y == 0 ? 1 : 0;
    }
    double a = denominator / 2;
    double b = numerator / 2;
    double front = front(a, b, x, y);
    return x < (a + 1) / (a + b + 2)
        ? front * BetaFraction.of(a, b, x) / a
        : 1 - front * BetaFraction.of(b, a, y) / b;
  }

  /** {@code x^a y^b / B(a, b)} with {@code x + y = 1}. */
  private static double front(double a, double b, double x, double y) {
    double n = a + b;
    double difference = a * y - b * x; // a - n x = n y - b
    double exponent = stirlingError(n) - stirlingError(a) - stirlingError(b);
    return Math.sqrt(a / n * b / (2 * Math.PI))
        * Math.exp(exponent - deviance(a, n * x, difference) - deviance(b, n * y, -difference));
  }

  /** {@code ln Gamma(z) - (z - 1/2) ln z + z - ln(2 pi) / 2}. */
  private static double stirlingError(double z) {
    double error = 0;
    double at = z;
    for (; at < STIRLING_FROM; at++) {
      error += (at + 0.5) * Math.log1p(1 / at) - 1;
    }
    double s = 1 / (at * at);
    return error
        + (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s / 1188)))) / at;
  }

  /** {@code u ln(u / v) + v - u} with {@code u - v} as it is before rounding; never negative. */
  private static double deviance(double u, double v, double difference) {
    double part = difference / (u + v);
    if (Math.abs(part) > 0.1) {
      return u * Math.log(u / v) - difference;
    }
    double sum = difference * part;
    double term = 2 * u * part;
    for (int k = 3; k < 40; k += 2) {
      term *= part * part;
      sum += term / k;
    }
    return sum;
  }
}
