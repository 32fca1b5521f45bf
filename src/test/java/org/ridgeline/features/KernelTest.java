package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelTest {
  private static final double[] X = {1.5, -2};
  private static final double[] ZERO = {0, 0};

  /** The distance is 5 and the length scale 2. */
  @Test
  void radialKernelsAreTheirFormulas() {
    double[] y = {4.5, 2};
    double r = 2.5;
    assertEquals(Math.exp(-r * r / 2), Kernel.RBF.between(X, y, 2), 1e-16);
    assertEquals(Math.exp(-r), Kernel.LAPLACE.between(X, y, 2), 1e-16);
    double a = Math.sqrt(3) * r;
    assertEquals((1 + a) * Math.exp(-a), Kernel.MATERN32.between(X, y, 2), 1e-16);
    double b = Math.sqrt(5) * r;
    assertEquals((1 + b + b * b / 3) * Math.exp(-b), Kernel.MATERN52.between(X, y, 2), 1e-16);
  }

  @Test
  void diagonalIsExact() {
    for (Kernel kernel : Kernel.values()) {
      double expected =
          switch (kernel) {
            case ARCCOS1 -> 6.25;
            case ARCCOS2 -> 3 * 6.25 * 6.25;
            case NTK -> 6.25;
            default -> 1;
          };
      assertEquals(expected, kernel.between(X, X, 1), 4 * Math.ulp(expected), kernel.label());
    }
  }

  /** At the angle t: J_0 = pi - t, J_1 = pi - pi t^2/2 + t^3/3 + .., J_2 = 3 pi - 2 pi t^2 + .. */
  @Test
  void smallAnglesKeepTheirDigits() {
    double t = 1e-9;
    double[] u = {1, 0};
    double[] v = {1, t};
    assertEquals(t / Math.PI, 1 - Kernel.ARCCOS0.between(u, v, 1), 2e-16);
    t = 1e-4;
    double[] w = {Math.cos(t), Math.sin(t)};
    assertEquals(1 - t * t / 2 + t * t * t / (3 * Math.PI), Kernel.ARCCOS1.between(u, w, 1), 1e-15);
    assertEquals(3 - 2 * t * t, Kernel.ARCCOS2.between(u, w, 1), 1e-11);
  }

  @Test
  void oppositeDirectionsAreUncorrelated() {
    double[] minus = {-3, 4};
    assertEquals(0, Kernel.ARCCOS0.between(X, minus, 1), 1e-15);
    assertEquals(0, Kernel.ARCCOS1.between(X, minus, 1), 1e-14);
    assertEquals(0, Kernel.ARCCOS2.between(X, minus, 1), 1e-13);
    assertEquals(0, Kernel.NTK.between(X, minus, 1), 1e-14);
  }

  @ParameterizedTest
  @EnumSource(names = {"ARCCOS0", "ARCCOS1", "ARCCOS2", "NTK"})
  void noDirectionNoCovariance(Kernel kernel) {
    assertEquals(0, kernel.between(X, ZERO, 1));
    assertEquals(0, kernel.between(ZERO, ZERO, 1));
  }

  @Test
  void labelsAreThoseOfTheOptions() {
    assertEquals(MapKind.RFF_COS, MapKind.of("rff-cos"));
    assertEquals("rff-cos", MapKind.RFF_COS.label());
    assertEquals(Kernel.MATERN52, Kernel.of("matern52"));
  }
}
