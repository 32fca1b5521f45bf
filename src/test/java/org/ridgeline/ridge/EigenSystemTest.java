package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Vec;

class EigenSystemTest extends RidgeSystemContract {
  @Override
  RidgeSystem system(RidgeProblem problem) {
    return EigenSystem.of(problem);
  }

  @Test
  void itIsEigen() {
    assertEquals(SolverKind.EIGEN, system(Rows.normal(1, 9, 2, 1), plain()).kind());
  }

  @Test
  void moreColumnsThanRowsGiveTheMinimumNormSolution() {
    for (Intercept intercept : Intercept.values()) {
      for (Scaling scaling : Scaling.values()) {
        for (int d : new int[] {7, 8, 9, 20}) {
          minimumNorm(Rows.normal(101, 8, d, 2), spec(intercept, scaling));
        }
      }
    }
  }

  private void minimumNorm(Rows rows, RidgeSpec spec) {
    int n = rows.size();
    int free = n - spec.intercept().degreesOfFreedom();
    if (rows.inputs() < free) {
      return;
    }
    RidgeSystem system = system(rows, spec);
    assertEquals(free, system.rank());
    List<RidgePath> paths = paths(rows, spec, 0, 1e-12);
    ExactRidge exact = ExactRidge.minimumNorm(rows, spec);
    for (int t = 0; t < rows.targets(); t++) {
      double[] expected = new double[rows.inputs()];
      for (int j = 0; j < expected.length; j++) {
        expected[j] = exact.coefficient(j, t);
      }
      // a nearly square random design has a condition number of some hundreds, squared here
      for (int l = 0; l < 2; l++) {
        double[] b = paths.get(t).coefficients().matrix().columnCopy(l);
        assertVectors(expected, b, 1e-8, spec + " d " + rows.inputs());
      }
      assertEquals(free, paths.get(t).df().get(0), 1e-12);
      assertEquals(0, paths.get(t).residualDf().get(0));
      assertEquals(0, paths.get(t).rss().get(0));
      assertTrue(paths.get(t).rss().get(1) > 0);
      assertTrue(paths.get(t).residualDf().get(1) > 0);
    }
  }

  @Test
  void nearInterpolationTheResidualsKeepTheirDigits() {
    Rows rows = Rows.normal(102, 8, 20, 1);
    for (double lambda : new double[] {1e-9, 1e-5, 1e-2}) {
      RidgePath path = paths(rows, plain(), lambda).get(0);
      ExactRidge exact = ExactRidge.fit(rows, plain(), lambda);
      assertClose(exact.sumSquares(rows, 0), path.rss().get(0), 1e-9, "rss at " + lambda);
    }
  }

  @Test
  void exactDuplicatesAreFittedAtLambdaZero() {
    Rows rows = Rows.normal(103, 30, 3, 1);
    RidgePath path = paths(rows.selectInputs(0, 1, 2, 1), plain(), 0).get(0);
    double[] b = path.coefficients().matrix().columnCopy(0);
    double[] single = coefficients(rows, plain(), 0);
    double[] expected = {single[0], single[1] / 2, single[2], single[1] / 2};
    assertVectors(expected, b, 1e-12, "duplicates");
    assertEquals(3, path.df().get(0), 1e-12);
    assertClose(paths(rows, plain(), 0).get(0).rss().get(0), path.rss().get(0), 1e-12, "rss");
  }

  @Test
  void nearlyCollinearColumnsAreRefusedNamingALambdaThatWorks() {
    Rows noise = Rows.normal(104, 200, 1, 1);
    Rows pair = Rows.normal(105, 200, 3, 1);
    double[][] x = new double[200][3];
    double[] y = new double[200];
    for (int i = 0; i < 200; i++) {
      x[i] = new double[] {pair.x(i, 0), pair.x(i, 1), pair.x(i, 0) + 4e-7 * noise.x(i, 0)};
      y[i] = pair.y(i, 0);
    }
    RidgeSystem system = system(Rows.of(x, y), RidgeSpec.standard());
    SingularException refusal =
        assertThrows(SingularException.class, () -> system.paths(List.of(Vec.of(0))));
    String message = refusal.getMessage();
    String start =
        "Cannot solve at lambda = 0.0 to useful digits: the standardized columns are nearly"
            + " collinear (rcond ";
    assertTrue(message.startsWith(start), message);
    double works = Double.parseDouble(message.replaceAll(".*>= | or .*", ""));
    assertTrue(works < 1e-8, message);
    checkAgainstSums(Rows.of(x, y), works * 1.1);
    check(Rows.of(x, y), system.range().floor());
  }

  /**
   * Three digits of what the sums determine are promised: here the rounding of the sums themselves
   * takes up to 2 in 10^3 off the solution for the rows, depending on the order of addition.
   */
  private void checkAgainstSums(Rows rows, double lambda) {
    RidgeProblem problem = RidgeProblem.of(rows.moments(), RidgeSpec.standard());
    Coordinates sums = problem.coordinates();
    double[] b = coefficients(rows, RidgeSpec.standard(), lambda);
    double[] exact = ExactRidge.solve(sums.gram(), lambda, sums.right().columnCopy(0));
    for (int j = 0; j < 3; j++) {
      assertClose(exact[j] / problem.scales().get(j), b[j], 1e-3, "lambda " + lambda);
    }
  }

  /** The same digits of the solution for the rows. */
  private void check(Rows rows, double lambda) {
    double[] b = coefficients(rows, RidgeSpec.standard(), lambda);
    ExactRidge exact = ExactRidge.fit(rows, RidgeSpec.standard(), lambda);
    for (int j = 0; j < 3; j++) {
      assertClose(exact.coefficient(j, 0), b[j], 1e-3, "lambda " + lambda);
    }
  }

  @Test
  void powersUpToTenAreRefusedAsTooNearlyCollinear() {
    // like NIST's Filip data: a polynomial of degree 10 over a far interval
    double[][] x = new double[82][10];
    double[] y = new double[82];
    for (int i = 0; i < 82; i++) {
      double at = -9 + 6.0 * i / 81;
      for (int j = 0; j < 10; j++) {
        x[i][j] = Math.pow(at, j + 1);
      }
      y[i] = Math.sin(at);
    }
    RidgeSystem system = system(Rows.of(x, y), RidgeSpec.standard());
    assertThrows(SingularException.class, () -> system.solve(List.of(Vec.of(0))));
    double floor = system.range().floor();
    RidgePath path = system.paths(List.of(Vec.of(floor))).get(0);
    assertTrue(path.df().get(0) < 10 && path.df().get(0) > 3, "df " + path.df());
  }

  @Test
  void aColumnTooSmallForTheOthersIsNotTakenForADuplicate() {
    Rows rows = Rows.normal(106, 30, 3, 1).mapInput(0, v -> 1e-8 * v).mapInput(1, v -> 1e8 * v);
    RidgeSystem system = system(rows, plain());
    assertThrows(SingularException.class, () -> system.solve(List.of(Vec.of(0))));
  }
}
