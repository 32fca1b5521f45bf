package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.Rows;
import org.ridgeline.infer.CoefficientErrors;
import org.ridgeline.infer.Leverage;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/** A standardized fit does not depend on the size of a column: not in a single bit. */
class ScaleInvarianceTest {
  private static final Rows ROWS = Rows.normal(61, 60, 4, 1).mapInput(0, x -> x - 2);
  private static final Rows NEW = Rows.normal(62, 9, 4, 1);
  private static final List<Vec> LAMBDAS = List.of(Vec.of(1e-3, 1, 30));
  private static final RidgeSpec SPEC = RidgeSpec.standard();

  /** Column 1 times 2^k, column 2 times 2^-k. */
  private static Rows scaled(Rows rows, int k) {
    return rows.mapInput(1, x -> Math.scalb(x, k)).mapInput(2, x -> Math.scalb(x, -k));
  }

  private static double shifted(int j, int k, double value) {
    return j == 1 ? Math.scalb(value, -k) : j == 2 ? Math.scalb(value, k) : value;
  }

  private static void assertSame(int k, PathCoefficients plain, PathCoefficients scaled) {
    assertEquals(plain.intercepts(), scaled.intercepts());
    for (int l = 0; l < plain.lambdas().size(); l++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(shifted(j, k, plain.matrix().get(j, l)), scaled.matrix().get(j, l), 0);
      }
    }
  }

  private record Case(SolverKind solver, Function<Rows, Moments> moments, RidgeSpec spec) {}

  private static List<Case> cases() {
    RidgeSpec partial = SPEC.with(Penalty.factors(0, 1, 2, 1));
    return List.of(
        new Case(SolverKind.CHOLESKY, Rows::moments, SPEC),
        new Case(SolverKind.EIGEN, Rows::moments, SPEC),
        new Case(SolverKind.EIGEN, Rows::moments, SPEC.with(Intercept.NONE)),
        new Case(SolverKind.EIGEN, Rows::moments, partial),
        new Case(SolverKind.TSQR, Rows::factoredMoments, SPEC),
        new Case(SolverKind.TSQR, Rows::factoredMoments, SPEC.with(Intercept.NONE)),
        new Case(SolverKind.DUAL, rows -> rows.gatheredMoments(100), SPEC),
        new Case(SolverKind.DUAL, rows -> rows.gatheredMoments(100), partial));
  }

  @ParameterizedTest
  @ValueSource(ints = {-990, -900, -500, -300, 300, 500, 900, 990})
  void everySolverGivesTheSameBits(int k) {
    for (Case c : cases()) {
      RidgeSpec spec = c.spec().with(c.solver());
      Moments plain = c.moments().apply(ROWS);
      Moments scaled = c.moments().apply(scaled(ROWS, k));
      List<RidgePath> expected =
          SolverTable.pathSolver(RidgeProblem.of(plain, spec), 3, 1e-3).paths(LAMBDAS);
      RidgeProblem problem = RidgeProblem.of(scaled, spec);
      RidgeSystem system = SolverTable.pathSolver(problem, 3, 1e-3);
      List<RidgePath> paths = system.paths(LAMBDAS);
      assertSame(k, expected.get(0).coefficients(), paths.get(0).coefficients());
      assertEquals(expected.get(0).rss(), paths.get(0).rss());
      assertEquals(
          RidgeProblem.of(plain, spec)
              .relativeResidual(0, 1, expected.get(0).coefficients().matrix().columnCopy(1)),
          problem.relativeResidual(0, 1, paths.get(0).coefficients().matrix().columnCopy(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-990, -500, 500, 990})
  void whatFollowsFromAFitHasTheSameBits(int k) {
    Moments plain = ROWS.moments();
    Moments scaled = scaled(ROWS, k).moments();
    RidgeProblem expected = RidgeProblem.of(plain, SPEC);
    RidgeProblem problem = RidgeProblem.of(scaled, SPEC);
    EigenSystem solved = EigenSystem.of(expected);
    EigenSystem system = EigenSystem.of(problem);
    RidgePath path = system.paths(LAMBDAS).get(0);
    for (int l = 0; l < 3; l++) {
      CoefficientErrors errors = CoefficientErrors.of(system, problem, path, l);
      CoefficientErrors known =
          CoefficientErrors.of(solved, expected, solved.paths(LAMBDAS).get(0), l);
      assertEquals(known.interceptStandardError(), errors.interceptStandardError());
      for (int j = 0; j < 4; j++) {
        assertEquals(shifted(j, k, known.standardError().get(j)), errors.standardError().get(j));
        assertEquals(shifted(j, k, known.posteriorSd().get(j)), errors.posteriorSd().get(j));
      }
    }
    Matrix rows = inputs(NEW);
    Matrix same = inputs(scaled(NEW, k));
    assertEquals(Leverage.of(solved, expected, 1, rows), Leverage.of(system, problem, 1, same));
    assertArrayEquals(
        PosteriorForms.of(expected, 1).of(rows), PosteriorForms.of(problem, 1).of(same));
    RotatedModels.Scores scores =
        RotatedModels.of(system, LAMBDAS).score(values(scaled(NEW, k)), 9);
    RotatedModels.Scores plainScores = RotatedModels.of(solved, LAMBDAS).score(values(NEW), 9);
    for (int r = 0; r < 9; r++) {
      assertEquals(plainScores.leftOut(1, r, 1), scores.leftOut(1, r, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-990, -500, 500, 990})
  void heldOutErrorsHaveTheSameBits(int k) {
    for (boolean factored : new boolean[] {false, true}) {
      assertEquals(heldOut(ROWS, factored), heldOut(scaled(ROWS, k), factored));
    }
  }

  private static Vec heldOut(Rows rows, boolean factored) {
    Rows trains = rows.where(i -> i < 40);
    Rows rest = rows.where(i -> i >= 40);
    Moments training = factored ? trains.factoredMoments() : trains.moments();
    Moments left = factored ? rest.factoredMoments() : rest.moments();
    PathCoefficients models = EigenSystem.of(RidgeProblem.of(training, SPEC)).solve(LAMBDAS).get(0);
    return HeldOut.of(Intercept.FREE, training, left).sumSquares(0, models);
  }

  @ParameterizedTest
  @ValueSource(ints = {-990, -500, 500, 990})
  void refinementHasTheSameBits(int k) {
    RefinedModel plain = refined(ROWS);
    RefinedModel scaled = refined(scaled(ROWS, k));
    assertEquals(plain.intercept(0), scaled.intercept(0));
    for (int j = 0; j < 4; j++) {
      assertEquals(shifted(j, k, plain.coefficients(0).get(j)), scaled.coefficients(0).get(j));
    }
  }

  private static RefinedModel refined(Rows rows) {
    RidgeProblem problem = RidgeProblem.of(rows.moments(), SPEC);
    EigenSystem system = EigenSystem.of(problem);
    Vec start = Vec.owning(system.solve(LAMBDAS).get(0).matrix().columnCopy(0));
    RefinedModel model = RefinedModel.of(problem, List.of(start));
    ResidualGradient gradient = new ResidualGradient(4, 1);
    double[] values = values(rows);
    for (int r = 0; r < rows.size(); r++) {
      gradient.add(model, values, 5 * r, 1);
    }
    return model.improved(problem, system, Vec.of(1e-3), gradient.sums());
  }

  /** Without standardization the raw squares decide, as far as doubles hold them. */
  @Test
  void withoutStandardizationUnitsChangeNothing() {
    RidgeSpec spec = SPEC.with(Scaling.NONE);
    Rows rows = ROWS.mapInput(1, x -> 1e-100 * x).mapInput(2, x -> 1e100 * x);
    PathCoefficients models =
        SolverTable.pathSolver(RidgeProblem.of(rows.moments(), spec), 3, 1e-3)
            .paths(LAMBDAS)
            .get(0)
            .coefficients();
    double tiny = models.matrix().get(1, 1);
    Moments moments = ROWS.moments();
    assertEquals(1, Math.abs(tiny) / 1e-100 / moments.weightSum(), 3, "c / lambda");
    double huge = models.matrix().get(2, 1) * 1e100;
    assertEquals(3, huge, 0.5, "not penalized");
    assertEquals(
        1,
        RidgeProblem.firstOutsideRange(ROWS.mapInput(1, x -> 1e-160 * x).moments(), spec)
            .getAsInt());
    assertEquals(
        2,
        RidgeProblem.firstOutsideRange(ROWS.mapInput(2, x -> 1e160 * x).moments(), spec)
            .getAsInt());
    assertEquals(true, RidgeProblem.firstOutsideRange(rows.moments(), spec).isEmpty());
  }

  private static double[] values(Rows rows) {
    double[] values = new double[rows.size() * 5];
    for (int r = 0; r < rows.size(); r++) {
      for (int j = 0; j < 4; j++) {
        values[5 * r + j] = rows.x(r, j);
      }
      values[5 * r + 4] = rows.y(r, 0);
    }
    return values;
  }

  private static Matrix inputs(Rows rows) {
    return Matrix.zeros(4, rows.size()).map((j, r, x) -> rows.x(r, j));
  }
}
