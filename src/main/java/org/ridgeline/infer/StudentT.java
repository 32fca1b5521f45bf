package org.ridgeline.infer;

import org.ridgeline.base.Check;

/**
 * Quantiles of Student's t distribution, from the incomplete beta function {@code P(|T| > t) =
 * I_x(v / 2, 1 / 2)}, {@code x = v / (v + t^2)} (Abramowitz and Stegun 26.7.1), by its {@linkplain
 * BetaFraction continued fraction}. Relative error about 1e-12.
 */
public final class StudentT {
  /** From here on the quantile is extrapolated in 1 / v. */
  private static final double NEARLY_NORMAL = 1e6;

  private StudentT() {}

  /**
   * The t with {@code P(|T| <= t) = level}.
   *
   * @param level between 0 and 1, exclusive
   * @param freedom v, positive
   */
  public static double twoSided(double level, double freedom) {
    Check.that(
        level > 0 && level < 1 && freedom > 0,
        "Cannot compute a t quantile: level %s must be between 0 and 1 and degrees of freedom %s"
            + " positive",
        level,
        freedom);
    if (freedom > NEARLY_NORMAL) {
      double t = twoSided(level, NEARLY_NORMAL);
      return t + (t * t * t + t) / 4 * (1 / freedom - 1 / NEARLY_NORMAL);
    }
    double low = 0;
    double high = 1;
    while (tail(high, freedom) > 1 - level) {
      low = high;
      high *= 2;
    }
    for (double middle = (low + high) / 2; low < middle && middle < high; ) {
      if (tail(middle, freedom) > 1 - level) {
        low = middle;
      } else {
        high = middle;
      }
      middle = (low + high) / 2;
    }
    return high;
  }

  /** {@code P(|T| > t)}. */
  static double tail(double t, double freedom) {
    double a = freedom / 2;
    double x = freedom / (freedom + t * t);
    double y = t * t / (freedom + t * t);
    if (t == 0) {
      return 1;
    }
    double front = Math.exp(a * Math.log1p(-y) + 0.5 * Math.log(y)) * gammaRatio(a);
    front /= Math.sqrt(Math.PI);
    return x < (a + 1) / (a + 2.5)
        ? front * BetaFraction.of(a, 0.5, x) / a
        : 1 - front * BetaFraction.of(0.5, a, y) / 0.5;
  }

  /** {@code Gamma(a + 1/2) / Gamma(a)}. */
  private static double gammaRatio(double a) {
    if (a < 30) {
      return gammaRatio(a + 1) * a / (a + 0.5);
    }
    double b = 1 / a;
    double series =
        1
            + b
                * (-1.0 / 8
                    + b
                        * (1.0 / 128
                            + b
                                * (5.0 / 1024
                                    + b
                                        * (-21.0 / 32768
                                            + b * (-399.0 / 262144 + b * (869.0 / 4194304))))));
    return Math.sqrt(a) * series;
  }
}
