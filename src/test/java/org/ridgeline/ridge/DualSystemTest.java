package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/** The rows themselves: few rows, many columns, lambdas near 0. */
class DualSystemTest extends RidgeSystemContract {
  private static final RidgeSpec DUAL = RidgeSpec.standard().with(SolverKind.DUAL);

  @Override
  RidgeSystem system(RidgeProblem problem) {
    return EigenSystem.ofFactor(problem);
  }

  @Override
  Moments moments(Rows rows) {
    return rows.gatheredMoments(1000);
  }

  @Test
  void fifteenRowsOfFortyFiveColumnsKeepAllDigitsAtATinyLambda() {
    Rows rows = Rows.normal(401, 15, 45, 2).mapInput(3, v -> 1e6 + v).withRandomWeights(402);
    for (Intercept intercept : Intercept.values()) {
      for (double lambda : new double[] {1e-12, 1e-10, 1e-3, 10}) {
        RidgeSpec spec = DUAL.with(intercept);
        ExactRidge exact = ExactRidge.fit(rows, spec, lambda);
        RidgePath path = paths(rows, spec, lambda).get(1);
        assertVectors(
            exact(exact, rows, 1),
            path.coefficients().matrix().columnCopy(0),
            intercept == Intercept.FREE ? 1e-13 : 1e-9, // the column at 1e6 is then of norm 1e6
            spec + " lambda " + lambda);
        if (intercept == Intercept.FREE) {
          assertClose(exact.df(), path.df().get(0), 1e-13, "df");
          assertClose(exact.sumSquares(rows, 1), path.rss().get(0), 1e-12, "rss at " + lambda);
        }
      }
    }
  }

  private static double[] exact(ExactRidge exact, Rows rows, int target) {
    double[] b = new double[rows.inputs()];
    for (int j = 0; j < b.length; j++) {
      b[j] = exact.coefficient(j, target);
    }
    return b;
  }

  /**
   * {@code b = Z'(K + lambda I)^-1 y} with K = ZZ', written out; and the same where it is chosen.
   */
  @Test
  void coefficientsAreThoseOfTheKernelMatrix() {
    int n = 6;
    int d = 11;
    Rows rows = Rows.normal(411, n, d, 1).mapInput(4, v -> 3 + 5 * v);
    Moments kept = moments(rows);
    double[][] z = new double[n][d];
    double[] s = new double[d];
    for (int j = 0; j < d; j++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += rows.x(i, j) / n;
      }
      for (int i = 0; i < n; i++) {
        z[i][j] = rows.x(i, j) - mean;
        s[j] += z[i][j] * z[i][j] / n;
      }
      s[j] = Math.sqrt(s[j]);
      for (int i = 0; i < n; i++) {
        z[i][j] /= s[j];
      }
    }
    double ybar = 0;
    for (int i = 0; i < n; i++) {
      ybar += rows.y(i, 0) / n;
    }
    double lambda = 0.4;
    double[] packed = new double[n * n];
    Matrix y = Matrix.zeros(n, 1);
    for (int i = 0; i < n; i++) {
      y.set(i, 0, rows.y(i, 0) - ybar);
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < d; j++) {
          packed[i + k * n] += z[i][j] * z[k][j];
        }
      }
    }
    Matrix kernel = Matrix.owning(n, n, packed).plusDiagonal(lambda);
    Matrix alpha = Cholesky.ofInPlace(kernel).orElseThrow().solve(y);
    RidgeProblem problem = RidgeProblem.of(kept, RidgeSpec.standard());
    RidgeSystem system = SolverTable.solver(problem, 1, lambda);
    assertEquals(SolverKind.DUAL, system.kind());
    double[] b = system.solve(List.of(Vec.of(lambda))).get(0).matrix().columnCopy(0);
    for (int j = 0; j < d; j++) {
      double expected = 0;
      for (int i = 0; i < n; i++) {
        expected += z[i][j] * alpha.get(i, 0) / s[j];
      }
      assertEquals(expected, b[j], 1e-13);
    }
  }

  @Test
  void lambdaZeroGivesTheMinimumNormSolution() {
    for (Intercept intercept : Intercept.values()) {
      for (Scaling scaling : List.of(Scaling.NONE, Scaling.POPULATION)) {
        Rows rows = Rows.normal(403, 8, 20, 1);
        RidgeSpec spec = spec(intercept, scaling);
        RidgeSystem system = system(rows, spec);
        RidgePath path = paths(rows, spec, 0).get(0);
        int rank = 8 - intercept.degreesOfFreedom();
        assertEquals(rank, system.rank());
        assertEquals(rank, path.df().get(0), 1e-14);
        assertEquals(0, path.rss().get(0));
        double[] expected = exact(ExactRidge.minimumNorm(rows, spec), rows, 0);
        assertVectors(expected, path.coefficients().matrix().columnCopy(0), 1e-13, "" + spec);
      }
    }
  }

  @Test
  void formsCountWhatTheRowsDoNotSee() {
    Rows rows = Rows.normal(404, 9, 14, 1).mapInput(2, v -> 7);
    EigenSystem dual = EigenSystem.ofFactor(RidgeProblem.of(moments(rows), DUAL));
    EigenSystem primal = EigenSystem.of(RidgeProblem.of(rows.moments(), DUAL));
    Matrix v = Matrix.zeros(14, 2);
    for (int j = 0; j < 14; j++) {
      v.set(j, 0, j - 6);
      v.set(j, 1, j == 2 ? 1 : 0);
    }
    for (Matrix vectors : List.of(v, Matrix.identity(14))) {
      QuadraticForms expected = primal.forms(0.7, vectors);
      assertForms(expected, dual.forms(0.7, vectors));
    }
    assertForms(primal.diagonalForms(0.7), dual.diagonalForms(0.7));
    assertEquals(1 / 0.7, dual.diagonalForms(0.7).posterior().get(2), 1e-15);
    assertEquals(Double.POSITIVE_INFINITY, dual.diagonalForms(0).posterior().get(0));
    assertVectors(
        primal.eigenvalues().toArray(), dual.eigenvalues().toArray(), 1e-13, "eigenvalues");
    assertVectors(primal.nullShares().toArray(), dual.nullShares().toArray(), 1e-12, "shares");
    assertVectors(
        primal.inverseDiagonal().toArray(), dual.inverseDiagonal().toArray(), 1e-11, "inverse");
  }

  private static void assertForms(QuadraticForms expected, QuadraticForms actual) {
    assertVectors(expected.posterior().toArray(), actual.posterior().toArray(), 1e-12, "form");
    assertVectors(expected.sampling().toArray(), actual.sampling().toArray(), 1e-12, "form");
  }

  /** {@code e_i = alpha_i / ((K + lambda I)^-1)_ii}, against refits in 60 digits. */
  @Test
  void errorsOfRowsLeftOutAreThoseOfTheKernelMatrix() {
    Rows rows = Rows.normal(405, 7, 12, 1);
    RidgeSpec spec = DUAL.with(Intercept.NONE).with(Scaling.NONE);
    EigenSystem system = EigenSystem.ofFactor(RidgeProblem.of(moments(rows), spec));
    for (double lambda : new double[] {0, 1e-10, 0.3}) {
      RotatedModels models = RotatedModels.of(system, List.of(Vec.of(lambda)));
      for (int i = 0; i < 7; i++) {
        int out = i;
        Rows rest = rows.where(r -> r != out);
        ExactRidge refit =
            lambda == 0 ? ExactRidge.minimumNorm(rest, spec) : ExactRidge.fit(rest, spec, lambda);
        double error = rows.y(i, 0);
        double[] row = new double[13];
        for (int j = 0; j < 12; j++) {
          error -= refit.coefficient(j, 0) * rows.x(i, j);
          row[j] = rows.x(i, j);
        }
        row[12] = rows.y(i, 0);
        assertEquals(error, models.score(row, 1).leftOut(0, 0, 1), 1e-12, "lambda " + lambda);
      }
    }
  }

  @Test
  void partsMergeToTheWhole() {
    Rows rows = Rows.normal(406, 9, 14, 1).mapInput(1, v -> v - 1e7).withRandomWeights(407);
    Moments merged = moments(rows.where(i -> i < 4));
    merged.merge(moments(rows.where(i -> i >= 4)));
    ExactRidge exact = ExactRidge.fit(rows, DUAL, 1e-9);
    double[] b = b(merged);
    assertVectors(exact(exact, rows, 0), b, 1e-13, "merged");
    assertVectors(b, b(merged.copy()), 0, "copy");
    Moments leading = merged.leading(14, 1);
    assertVectors(b, b(leading), 0, "leading");
  }

  private static double[] b(Moments moments) {
    EigenSystem system = EigenSystem.ofFactor(RidgeProblem.of(moments, DUAL));
    return system.solve(List.of(Vec.of(1e-9))).get(0).matrix().columnCopy(0);
  }

  @Test
  void leadingColumnsAreThoseOfFewerFeatures() {
    Rows rows = Rows.normal(408, 9, 14, 1);
    double[] leading = b(moments(rows).leading(12, 3));
    int[] first = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    double[] alone = b(moments(rows.selectInputs(first)));
    for (int j = 0; j < 12; j++) {
      assertEquals(alone[j], 3 * leading[j], 1e-12);
    }
  }

  @Test
  void penaltiesAndPriorMeansAreSolvedToo() {
    Rows rows = Rows.normal(409, 9, 14, 1);
    double[] factors = new double[14];
    double[] mean = new double[14];
    for (int j = 0; j < 14; j++) {
      factors[j] = j == 5 ? 0 : 1 + j % 3;
      mean[j] = 0.1 * j;
    }
    Penalty penalty = Penalty.factors(factors).withPriorMean(mean);
    RidgeProblem problem = RidgeProblem.of(moments(rows), DUAL.with(penalty));
    RidgePath dual = EigenSystem.ofFactor(problem).paths(List.of(Vec.of(0.4))).get(0);
    RidgeProblem summed = RidgeProblem.of(rows.moments(), DUAL.with(penalty));
    RidgePath primal = EigenSystem.of(summed).paths(List.of(Vec.of(0.4))).get(0);
    assertVectors(
        primal.coefficients().matrix().columnCopy(0),
        dual.coefficients().matrix().columnCopy(0),
        1e-12,
        "coefficients");
    assertEquals(primal.df().get(0), dual.df().get(0), 1e-12);
    assertEquals(primal.penalizedRss().get(0), dual.penalizedRss().get(0), 1e-12);
  }

  @Test
  void itIsDualAndTooManyRowsAreLetGo() {
    Rows rows = Rows.normal(410, 9, 14, 1);
    assertEquals(SolverKind.DUAL, system(rows, DUAL).kind());
    RidgeProblem problem = RidgeProblem.of(rows.gatheredMoments(8), DUAL);
    assertEquals(
        "Cannot solve by dual: the rows were read without their values",
        assertThrows(IllegalArgumentException.class, () -> SolverTable.solver(problem, 1, 0))
            .getMessage());
    Moments merged = rows.where(i -> i < 5).gatheredMoments(8);
    assertTrue(merged.factor().isPresent());
    merged.merge(rows.where(i -> i >= 5).gatheredMoments(8));
    assertTrue(merged.factor().isEmpty());
  }
}
