package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;

/**
 * Linear least squares (lambda = 0) of NIST's Statistical Reference Datasets by normal equations.
 * Required are the correct digits that one rounding of each moment leaves.
 */
class NistTest {
  private static final double[] ONES = {1, 1, 1, 1, 1, 1};
  private static final double[] TENTHS = {1, 0.1, 0.01, 0.001, 1e-4, 1e-5};

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void norris(SolverKind solver) {
    RidgePath path =
        check(Nist.norris(), Intercept.FREE, solver, -0.262323073774029, 1.00211681802045);
    assertEquals(26.6173985294224, path.rss().get(0), 1e-8 * 26.6); // q / RSS is 2e5
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void longley(SolverKind solver) {
    RidgePath path = check(Nist.longley(), Intercept.FREE, solver, Nist.longleyCertified());
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
    RidgePath path = check(Rows.of(x, y), Intercept.NONE, solver, 0, 2.07438016528926);
    assertEquals(127.272727272727, path.rss().get(0), 1e-10 * 127);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void noIntercept2(SolverKind solver) {
    Rows rows = Rows.of(new double[][] {{4}, {5}, {6}}, 3, 4, 4);
    // certified 0.727272727272727 = 8 / 11 and 0.272727272727273 = 3 / 11
    RidgePath path = check(rows, Intercept.NONE, solver, 0, 0.727272727272727);
    assertEquals(0.272727272727273, path.rss().get(0), 1e-12 * 0.27); // q / RSS is 150
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void wampler1(SolverKind solver) {
    check(Nist.wampler(x -> Nist.polynomial(1, x), 0), Intercept.FREE, solver, ONES);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void wampler2(SolverKind solver) {
    check(Nist.wampler(x -> Nist.polynomial(0.1, x), 0), Intercept.FREE, solver, TENTHS);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void wampler3To5(SolverKind solver) {
    for (double unit : new double[] {1, 100, 10_000}) {
      check(Nist.wampler(x -> Nist.polynomial(1, x), unit), Intercept.FREE, solver, ONES);
    }
  }

  /** Fits, and requires the digits of the worst coefficient, intercept first. */
  private static RidgePath check(
      Rows rows, Intercept intercept, SolverKind solver, double... certified) {
    RidgeSpec spec = new RidgeSpec(intercept, Scaling.POPULATION, solver);
    RidgeProblem problem = RidgeProblem.of(rows.moments(), spec);
    RidgePath path = SolverTable.solver(problem, 1, 0).paths(List.of(Vec.of(0))).get(0);
    PathCoefficients model = path.coefficients();
    double digits =
        CorrectDigits.of(model.intercepts().get(0), model.matrix().columnCopy(0), certified);
    double required = CorrectDigits.ofMoments(rows, intercept, certified);
    assertTrue(digits >= required, "correct digits " + digits + ", required " + required);
    return path;
  }
}
