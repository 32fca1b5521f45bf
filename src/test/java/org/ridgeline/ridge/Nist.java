package org.ridgeline.ridge;

import java.util.function.DoubleUnaryOperator;
import org.ridgeline.Rows;

/**
 * Linear least squares of NIST's Statistical Reference Datasets, public domain,
 * www.itl.nist.gov/div898/strd: rows and certified coefficients as published there. Longley is the
 * data of R's {@code datasets::longley} in the original units; Wampler1 to 5 follow from their
 * formulas.
 */
final class Nist {
  /** Wampler's errors, in units of 1, 100 or 10,000. */
  private static final double[] WAMPLER_ERRORS = {
    759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048,
    -2048, 2523, -2048, 2048, -2048, 759
  };

  private static final double[][] NORRIS = {
    {0.1, 0.2}, {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1}, {228.1, 226.5},
    {668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6}, {778.9, 777.0}, {559.2, 558.2}, {0.3, 0.4},
    {0.1, 0.6}, {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
    {557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {0.3, 0.3},
    {0.6, 0.3}, {557.6, 556.8}, {339.3, 339.1}, {888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0},
    {10.2, 11.1}, {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {0.2, 0.5}
  };

  private static final double[][] LONGLEY = {
    {60323, 83.0, 234289, 2356, 1590, 107608, 1947},
    {61122, 88.5, 259426, 2325, 1456, 108632, 1948},
    {60171, 88.2, 258054, 3682, 1616, 109773, 1949},
    {61187, 89.5, 284599, 3351, 1650, 110929, 1950},
    {63221, 96.2, 328975, 2099, 3099, 112075, 1951},
    {63639, 98.1, 346999, 1932, 3594, 113270, 1952},
    {64989, 99.0, 365385, 1870, 3547, 115094, 1953},
    {63761, 100.0, 363112, 3578, 3350, 116219, 1954},
    {66019, 101.2, 397469, 2904, 3048, 117388, 1955},
    {67857, 104.6, 419180, 2822, 2857, 118734, 1956},
    {68169, 108.4, 442769, 2936, 2798, 120445, 1957},
    {66513, 110.8, 444546, 4681, 2637, 121950, 1958},
    {68655, 112.6, 482704, 3813, 2552, 123366, 1959},
    {69564, 114.2, 502601, 3931, 2514, 125368, 1960},
    {69331, 115.7, 518173, 4806, 2572, 127852, 1961},
    {70551, 116.9, 554894, 4007, 2827, 130081, 1962}
  };

  /** Intercept first, as all certified values here. */
  private static final double[] LONGLEY_CERTIFIED = {
    -3482258.63459582,
    15.0618722713733,
    -0.358191792925910E-01,
    -2.02022980381683,
    -1.03322686717359,
    -0.511041056535807E-01,
    1829.15146461355
  };

  private Nist() {}

  static Rows longley() {
    return targetFirst(LONGLEY);
  }

  static double[] longleyCertified() {
    return LONGLEY_CERTIFIED.clone();
  }

  static Rows norris() {
    return targetFirst(NORRIS);
  }

  /** {@code 1 + a x + (a x)^2 + .. + (a x)^5}. */
  static double polynomial(double a, double x) {
    double sum = 0;
    for (int j = 5; j >= 0; j--) {
      sum = sum * (a * x) + 1;
    }
    return sum;
  }

  /** The polynomial of degree 5 at 0 to 20, with the errors times a unit. */
  static Rows wampler(DoubleUnaryOperator truth, double unit) {
    double[][] x = new double[21][5];
    double[] y = new double[21];
    for (int i = 0; i < 21; i++) {
      y[i] = truth.applyAsDouble(i) + unit * WAMPLER_ERRORS[i];
      for (int j = 0; j < 5; j++) {
        x[i][j] = Math.pow(i, j + 1);
      }
    }
    return Rows.of(x, y);
  }

  private static Rows targetFirst(double[][] rows) {
    double[][] x = new double[rows.length][rows[0].length - 1];
    double[] y = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      y[i] = rows[i][0];
      System.arraycopy(rows[i], 1, x[i], 0, x[i].length);
    }
    return Rows.of(x, y);
  }
}
