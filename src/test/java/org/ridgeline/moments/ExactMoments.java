package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;

/** Weighted moments by two passes over the rows, in 60-digit arithmetic. */
final class ExactMoments {
  private static final MathContext DIGITS = new MathContext(60);

  private final double weightSum;
  private final double[] means;
  private final double[][] scatter;

  private ExactMoments(double weightSum, double[] means, double[][] scatter) {
    this.weightSum = weightSum;
    this.means = means;
    this.scatter = scatter;
  }

  static ExactMoments of(double[][] rows, double[] weights) {
    int p = rows[0].length;
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal[] means = new BigDecimal[p];
    for (double w : weights) {
      total = total.add(new BigDecimal(w));
    }
    for (int j = 0; j < p; j++) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < rows.length; i++) {
        sum = sum.add(new BigDecimal(weights[i]).multiply(new BigDecimal(rows[i][j])));
      }
      means[j] = sum.divide(total, DIGITS);
    }
    double[][] scatter = new double[p][p];
    for (int j = 0; j < p; j++) {
      for (int k = j; k < p; k++) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < rows.length; i++) {
          BigDecimal a = new BigDecimal(rows[i][j]).subtract(means[j], DIGITS);
          BigDecimal b = new BigDecimal(rows[i][k]).subtract(means[k], DIGITS);
          sum = sum.add(new BigDecimal(weights[i]).multiply(a, DIGITS).multiply(b, DIGITS), DIGITS);
        }
        scatter[j][k] = sum.doubleValue();
        scatter[k][j] = scatter[j][k];
      }
    }
    double[] rounded = new double[p];
    for (int j = 0; j < p; j++) {
      rounded[j] = means[j].doubleValue();
    }
    return new ExactMoments(total.doubleValue(), rounded, scatter);
  }

  /** Scatter (j, k) may err by {@code tolerance * sqrt(S_jj S_kk)}; means by two roundings. */
  void check(Moments actual, double tolerance, String what) {
    assertEquals(weightSum, actual.weightSum(), 1e-14 * weightSum, what);
    for (int j = 0; j < means.length; j++) {
      double sd = Math.sqrt(scatter[j][j] / weightSum);
      double slack = 2 * Math.ulp(means[j]) + tolerance * sd;
      assertEquals(means[j], actual.mean(j), slack, what + " mean " + j);
      for (int k = 0; k < means.length; k++) {
        double unit = Math.sqrt(scatter[j][j]) * Math.sqrt(scatter[k][k]);
        assertEquals(
            scatter[j][k],
            actual.scatter().get(j, k),
            tolerance * unit,
            what + " scatter " + j + "," + k);
      }
    }
  }
}
