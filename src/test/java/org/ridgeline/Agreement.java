package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * How far two computations of the same values may be apart, on any processor and with any BLAS.
 *
 * <p>Each of them is the exact result of inputs that differ by a few roundings, so a tolerance is a
 * number of roundings times the condition of the case, relative to the norm of the values. A fixed
 * number of decimals is a tolerance of one processor only. Kernels differ in the order of their
 * sums, in their block sizes and in whether they have a fused multiply and add.
 */
public final class Agreement {
  /** One rounding: the distance from 1 to the next double. */
  public static final double EPS = Math.ulp(1.0);

  /** Backward errors of moments and factorization were at most 1 eps on all kernels tried. */
  private static final double ROUNDINGS = 4;

  private Agreement() {}

  /**
   * The relative error, by norm, of the solution of {@code A x = c}: {@code 4 eps condition(A)}.
   * Source: Higham, Accuracy and Stability of Numerical Algorithms (2002), theorem 7.2.
   */
  public static double ofSolution(double condition) {
    return ROUNDINGS * EPS * condition;
  }

  /**
   * The error of a product {@code Z x} with the solution of {@code (Z'Z + lambda I) x = c}: {@code
   * 2 eps |Z|^2 |x| / sqrt(lambda)}. Smaller than the norm of Z times the error of x: an error dA
   * of Z'Z reaches the product as {@code Z (Z'Z + lambda I)^-1 dA x}, and {@code s / (s^2 +
   * lambda)} is at most {@code 1 / (2 sqrt(lambda))}.
   */
  public static double ofFitted(double largestEigenvalue, double lambda, double norm) {
    return ROUNDINGS * EPS * largestEigenvalue * norm / (2 * Math.sqrt(lambda));
  }

  /** The Euclidean norm. */
  public static double norm(double... values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /** {@code |expected - actual| <= relative |expected|} for numbers. */
  public static void assertClose(double expected, double actual, double relative, String what) {
    assertEquals(expected, actual, relative * Math.abs(expected), what);
  }

  /** {@code |expected - actual| <= relative |expected|} for vectors, in the Euclidean norm. */
  public static void assertVectors(
      double[] expected, double[] actual, double relative, String what) {
    assertEquals(expected.length, actual.length, what);
    double[] difference = new double[expected.length];
    for (int j = 0; j < expected.length; j++) {
      difference[j] = expected[j] - actual[j];
    }
    assertEquals(0, norm(difference) / norm(expected), relative, () -> what + ", relative error");
  }
}
