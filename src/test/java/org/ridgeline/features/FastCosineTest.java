package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class FastCosineTest {
  private static final int N = 4096;
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640629");

  @Test
  void errorIsBelow1em15UpToAMillion() {
    SplittableRandom random = new SplittableRandom(1);
    checkMany(800, () -> random.nextDouble(-1e6, 1e6));
    checkMany(400, () -> random.nextDouble(-10, 10));
    checkMany(100, () -> Math.exp(random.nextDouble(-40, 13)) * (random.nextBoolean() ? 1 : -1));
  }

  @Test
  void errorIsBelow1em15NearMultiplesOfHalfPi() {
    SplittableRandom random = new SplittableRandom(2);
    checkMany(
        400,
        () -> {
          double multiple = random.nextInt(-636_619, 636_620) * (Math.PI / 2);
          return multiple + random.nextInt(-3, 4) * Math.ulp(multiple);
        });
  }

  /** StrictMath is within one ulp itself; here the oracle is a Taylor series of 60 digits. */
  @Test
  void errorIsBelow1em15AgainstSixtyDigits() {
    SplittableRandom random = new SplittableRandom(3);
    double[] x = new double[600];
    for (int i = 0; i < x.length; i++) {
      double multiple = random.nextInt(-636_619, 636_620) * (Math.PI / 2);
      x[i] = i % 2 == 0 ? multiple : random.nextDouble(-1e6, 1e6);
    }
    double[] sine = waves(x, FastCosine.SINE);
    for (int i = 0; i < x.length; i++) {
      BigDecimal error = new BigDecimal(sine[i]).subtract(sine(x[i])).abs();
      assertTrue(error.doubleValue() <= 5e-16, "x = " + x[i] + ": " + error.doubleValue());
    }
  }

  @Test
  void smallSinesKeepTheirRelativePrecision() {
    double[] x = {1e-300, -1e-20, 0.0, 1e-8, -0.3};
    double[] sine = waves(x, FastCosine.SINE);
    for (int i = 0; i < x.length; i++) {
      assertEquals(StrictMath.sin(x[i]), sine[i], Math.ulp(x[i]));
    }
  }

  @Test
  void largeArgumentsAreLeftToStrictMath() {
    double[] x = {1e6, Math.nextUp(1e6), -3e9, 1e300, Double.NaN, Double.POSITIVE_INFINITY, 1};
    double[] cosine = waves(x, FastCosine.COSINE);
    double[] sine = waves(x, FastCosine.SINE);
    for (int i = 0; i < x.length; i++) {
      assertEquals(StrictMath.cos(x[i]), cosine[i], 1e-15);
      assertEquals(StrictMath.sin(x[i]), sine[i], 1e-15);
    }
  }

  /** One at a time is interpreted or scalar code, many at a time vector code. */
  @Test
  void bitsDoNotDependOnHowTheLoopRuns() {
    SplittableRandom random = new SplittableRandom(4);
    double[] x = random.doubles(N, -1e4, 1e4).toArray();
    double[] phase = new double[N];
    double[] one = new double[N];
    double[] many = new double[N];
    for (int i = 0; i < N; i++) {
      phase[i] = i % 2 == 0 ? FastCosine.COSINE : FastCosine.SINE;
      double[] single = new double[1];
      FastCosine.waves(1, new double[] {x[i]}, new double[] {phase[i]}, 0.3, single);
      one[i] = single[0];
    }
    for (int repeat = 0; repeat < 2_000; repeat++) {
      FastCosine.waves(N, x, phase, 0.3, many);
    }
    assertArrayEquals(one, many);
  }

  private static void checkMany(int blocks, DoubleSupplier draw) {
    double[] x = new double[N];
    double worst = 0;
    for (int block = 0; block < blocks; block++) {
      Arrays.setAll(x, i -> draw.getAsDouble());
      double[] cosine = waves(x, FastCosine.COSINE);
      double[] sine = waves(x, FastCosine.SINE);
      for (int i = 0; i < N; i++) {
        worst = Math.max(worst, Math.abs(cosine[i] - StrictMath.cos(x[i])));
        worst = Math.max(worst, Math.abs(sine[i] - StrictMath.sin(x[i])));
      }
    }
    assertTrue(worst <= 5e-16, "worst error " + worst);
  }

  private static double[] waves(double[] x, double phase) {
    double[] phases = new double[x.length];
    Arrays.fill(phases, phase);
    double[] z = new double[x.length];
    FastCosine.waves(x.length, x, phases, 1, z);
    return z;
  }

  /** The sine of a double to about 50 digits: reduced by multiples of 2 pi, then Taylor. */
  private static BigDecimal sine(double x) {
    BigDecimal turns = new BigDecimal(Math.rint(x / (2 * Math.PI)));
    BigDecimal r = new BigDecimal(x).subtract(turns.multiply(PI).multiply(BigDecimal.valueOf(2)));
    BigDecimal square = r.multiply(r, DIGITS).negate();
    BigDecimal term = r;
    BigDecimal sum = r;
    for (int k = 2; k < 60; k += 2) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(k * (k + 1L)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }
}
