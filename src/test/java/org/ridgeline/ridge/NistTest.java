package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;

/**
 * Linear least squares (lambda = 0) of NIST's Statistical Reference Datasets, public domain,
 * www.itl.nist.gov/div898/strd: rows and certified coefficients as published there. Longley is the
 * data of R's {@code datasets::longley} in the original units; Wampler1 to 5 and NoInt1, 2 follow
 * from their formulas.
 *
 * <p>Required are the correct digits that scaled, centred normal equations reach in double
 * precision, less one: their condition number is the square of the design's.
 */
class NistTest {
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

  static final double[][] LONGLEY = {
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

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void norris(SolverKind solver) {
    RidgePath path = fit(targetFirst(NORRIS), Intercept.FREE, solver);
    check(path, 12, -0.262323073774029, 1.00211681802045);
    assertEquals(26.6173985294224, path.rss().get(0), 1e-8 * 26.6); // q / RSS is 2e5
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void longley(SolverKind solver) {
    RidgePath path = fit(targetFirst(LONGLEY), Intercept.FREE, solver);
    check(
        path,
        10.5,
        -3482258.63459582,
        15.0618722713733,
        -0.358191792925910E-01,
        -2.02022980381683,
        -1.03322686717359,
        -0.511041056535807E-01,
        1829.15146461355);
    assertEquals(836424.055505915, path.rss().get(0), 1e-10 * 836424);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void noIntercept1(SolverKind solver) {
    double[][] x = new double[11][1];
    double[] y = new double[11];
    for (int i = 0; i < 11; i++) {
      x[i][0] = 60 + i;
      y[i] = 130 + i;
    }
    RidgePath path = fit(Rows.of(x, y), Intercept.NONE, solver);
    check(path, 14, 0, 2.07438016528926);
    assertEquals(127.272727272727, path.rss().get(0), 1e-10 * 127);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void noIntercept2(SolverKind solver) {
    Rows rows = Rows.of(new double[][] {{4}, {5}, {6}}, 3, 4, 4);
    // certified 0.727272727272727 = 8 / 11 and 0.272727272727273 = 3 / 11
    RidgePath path = fit(rows, Intercept.NONE, solver);
    check(path, 14, 0, 0.727272727272727);
    assertEquals(0.272727272727273, path.rss().get(0), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void wampler1(SolverKind solver) {
    check(wampler(solver, x -> polynomial(1, x), 0), 6, 1, 1, 1, 1, 1, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void wampler2(SolverKind solver) {
    check(wampler(solver, x -> polynomial(0.1, x), 0), 8.8, 1, 0.1, 0.01, 0.001, 1e-4, 1e-5);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void wampler3To5(SolverKind solver) {
    for (double unit : new double[] {1, 100, 10_000}) {
      check(wampler(solver, x -> polynomial(1, x), unit), 5.8, 1, 1, 1, 1, 1, 1);
    }
  }

  /** {@code 1 + a x + (a x)^2 + .. + (a x)^5}. */
  static double polynomial(double a, double x) {
    double sum = 0;
    for (int j = 5; j >= 0; j--) {
      sum = sum * (a * x) + 1;
    }
    return sum;
  }

  private static RidgePath wampler(SolverKind solver, DoubleUnaryOperator truth, double unit) {
    return fit(wampler(truth, unit), Intercept.FREE, solver);
  }

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

  static Rows targetFirst(double[][] rows) {
    double[][] x = new double[rows.length][rows[0].length - 1];
    double[] y = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      y[i] = rows[i][0];
      System.arraycopy(rows[i], 1, x[i], 0, x[i].length);
    }
    return Rows.of(x, y);
  }

  private static RidgePath fit(Rows rows, Intercept intercept, SolverKind solver) {
    RidgeSpec spec = new RidgeSpec(intercept, Scaling.POPULATION, solver);
    RidgeProblem problem = RidgeProblem.of(rows.moments(), spec);
    return SolverTable.solver(problem, 1, 0).paths(List.of(Vec.of(0))).get(0);
  }

  /** The number of correct digits of the worst coefficient, intercept first. */
  private static void check(RidgePath path, double digits, double... certified) {
    double worst = Math.abs(path.coefficients().intercepts().get(0) - certified[0]);
    worst = certified[0] == 0 ? worst : worst / Math.abs(certified[0]);
    for (int j = 1; j < certified.length; j++) {
      double b = path.coefficients().matrix().get(j - 1, 0);
      worst = Math.max(worst, Math.abs(b - certified[j]) / Math.abs(certified[j]));
    }
    double correct = Math.min(15, -Math.log10(worst));
    assertTrue(correct >= digits, "correct digits " + correct + ", required " + digits);
  }
}
