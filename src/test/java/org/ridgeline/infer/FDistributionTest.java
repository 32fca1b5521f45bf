package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FDistributionTest {
  /** 40 digits: {@code src/test/resources/compare/chow.py}. */
  @ParameterizedTest
  @CsvSource({
    "2.5, 3, 59, 0.068199338005158795",
    "1.2, 11, 100000000, 0.28045482172361078",
    "0.5, 400, 7, 0.94601395655377022",
    "50, 13, 17353, 5.1303815166623375e-128",
    "1.05, 100, 5000, 0.34832744540095234",
    "0.001, 1, 1, 0.97987502169635587",
    "7, 1, 4, 0.057235231106631514"
  })
  void tailsAreThoseOfFortyDigits(double f, double v1, double v2, double expected) {
    double relative = 1e-12 + 1e-17 * v2;
    assertEquals(expected, FDistribution.tail(f, v1, v2), relative * expected);
  }

  /** Apache Commons Math, another implementation. */
  @Test
  void tailsAreThoseOfAnotherLibrary() {
    for (double v1 : new double[] {1, 2, 5, 60, 1000}) {
      for (double v2 : new double[] {1, 3, 8, 100, 1e5}) {
        var library = new org.apache.commons.math3.distribution.FDistribution(null, v1, v2);
        for (double f : new double[] {1e-3, 0.3, 0.9, 1, 1.3, 4, 30}) {
          double expected = 1 - library.cumulativeProbability(f);
          assertEquals(expected, FDistribution.tail(f, v1, v2), 1e-11, f + ", " + v1 + ", " + v2);
        }
      }
    }
  }

  /** {@code T^2} has the F distribution with 1 and v degrees of freedom. */
  @Test
  void oneDegreeOfFreedomIsStudentsT() {
    for (double v : new double[] {1, 2.5, 17, 1e4, 1e8}) {
      for (double t : new double[] {1e-3, 0.5, 2, 9}) {
        double expected = StudentT.tail(t, v);
        assertEquals(expected, FDistribution.tail(t * t, 1, v), 1e-10 * expected);
      }
    }
  }

  @Test
  void endsAndWhatIsRefused() {
    assertEquals(1, FDistribution.tail(0, 3, 5));
    assertEquals(0, FDistribution.tail(Double.POSITIVE_INFINITY, 3, 5));
    assertEquals(
        "Cannot compute a tail of F: f = -1.0 must be >= 0, degrees of freedom 3.0 and 5.0 positive",
        assertThrows(IllegalArgumentException.class, () -> FDistribution.tail(-1, 3, 5))
            .getMessage());
  }
}
