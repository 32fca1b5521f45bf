package org.ridgeline.features;

import org.ridgeline.base.Words;

/**
 * The kernels that the maps approximate, computed exactly.
 *
 * <p>The radial ones are functions of {@code r = |x - y| / l} in the Euclidean distance: rbf {@code
 * exp(-r^2/2)}, laplace {@code exp(-r)}, matern32 {@code (1 + a) exp(-a)} with {@code a = sqrt(3)
 * r}, matern52 {@code (1 + a + a^2/3) exp(-a)} with {@code a = sqrt(5) r} (Rasmussen and Williams
 * 2006, eq. 4.17).
 *
 * <p>The arc-cosine kernels (Cho and Saul 2009) are {@code (|x||y|)^q J_q(t) / pi} with t the angle
 * between x and y, and the neural tangent kernel of a two-layer ReLU network is {@code |x||y| J_1 /
 * (2 pi) + x'y J_0 / (2 pi)}. They have no length scale, and are 0 when x or y is 0.
 */
public enum Kernel {
  /** {@code exp(-r^2 / 2)}. */
  RBF,
  /** {@code exp(-r)}. */
  LAPLACE,
  /** Matern with smoothness 3/2. */
  MATERN32,
  /** Matern with smoothness 5/2. */
  MATERN52,
  /** {@code J_0 = pi - t}. */
  ARCCOS0,
  /** {@code J_1 = sin t + (pi - t) cos t}: the covariance of ReLU neurons. */
  ARCCOS1,
  /** {@code J_2 = 3 sin t cos t + (pi - t)(1 + 2 cos^2 t)}. */
  ARCCOS2,
  /** The tangent kernel of a two-layer ReLU network. */
  NTK;

  private static final double SQRT_3 = Math.sqrt(3);
  private static final double SQRT_5 = Math.sqrt(5);

  /** Returns its word in options and files. */
  public String label() {
    return Words.of(this);
  }

  /** Returns the kernel with this label. */
  public static Kernel of(String label) {
    return Words.find(Kernel.class, label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        "Cannot find the kernel '%s': expected one of %s",
                        label, String.join(", ", Words.all(Kernel.class)))));
  }

  /** Whether it depends on the distance alone. */
  public boolean isRadial() {
    return switch (this) {
      case RBF, LAPLACE, MATERN32, MATERN52 -> true;
      case ARCCOS0, ARCCOS1, ARCCOS2, NTK -> false;
    };
  }

  /**
   * Returns {@code k(x, y)}.
   *
   * @param lengthScale l; 1 for the kernels without one
   */
  public double between(double[] x, double[] y, double lengthScale) {
    if (!isRadial()) {
      return angular(x, y);
    }
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      square = Math.fma(x[i] - y[i], x[i] - y[i], square);
    }
    return atSquare(square / (lengthScale * lengthScale));
  }

  /** A radial kernel at {@code square = r^2}; 1 at 0. */
  double atSquare(double square) {
    return switch (this) {
      case RBF -> Math.exp(-0.5 * square);
      case LAPLACE -> Math.exp(-Math.sqrt(square));
      case MATERN32 -> {
        double a = SQRT_3 * Math.sqrt(square);
        yield (1 + a) * Math.exp(-a);
      }
      case MATERN52 -> {
        double a = SQRT_5 * Math.sqrt(square);
        yield (1 + a + a * a / 3) * Math.exp(-a);
      }
      default -> throw new IllegalStateException("Cannot evaluate " + label() + " at a distance");
    };
  }

  private double angular(double[] x, double[] y) {
    double lengths = norm(x) * norm(y);
    if (lengths == 0) {
      return 0;
    }
    double t = angle(x, y);
    return switch (this) {
      case ARCCOS0 -> j0(t) / Math.PI;
      case ARCCOS1 -> lengths * j1(t) / Math.PI;
      case ARCCOS2 -> lengths * lengths * j2(t) / Math.PI;
      case NTK -> lengths * (j1(t) + Math.cos(t) * j0(t)) / (2 * Math.PI);
      default -> throw new IllegalStateException(label() + " has no angle");
    };
  }

  private static double j0(double t) {
    return Math.PI - t;
  }

  private static double j1(double t) {
    return Math.sin(t) + (Math.PI - t) * Math.cos(t);
  }

  private static double j2(double t) {
    double c = Math.cos(t);
    return 3 * Math.sin(t) * c + (Math.PI - t) * (1 + 2 * c * c);
  }

  /**
   * The angle by {@code 2 atan2(|u - v|, |u + v|)} with unit vectors u and v (Kahan 2006): full
   * precision from 0 to pi, where the arc cosine of {@code u'v} keeps half the digits.
   */
  private static double angle(double[] x, double[] y) {
    double xNorm = norm(x);
    double yNorm = norm(y);
    double difference = 0;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double u = x[i] / xNorm;
      double v = y[i] / yNorm;
      difference = Math.fma(u - v, u - v, difference);
      sum = Math.fma(u + v, u + v, sum);
    }
    return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
  }

  private static double norm(double[] x) {
    double square = 0;
    for (double v : x) {
      square = Math.fma(v, v, square);
    }
    return Math.sqrt(square);
  }
}
