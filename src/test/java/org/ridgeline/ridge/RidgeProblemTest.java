package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

class RidgeProblemTest {
  private static final RidgeSpec SAMPLE = RidgeSpec.standard().with(Scaling.SAMPLE);

  @Test
  void scalesAreTheDeviationsOfTheirDivisors() {
    Rows rows = Rows.of(new double[][] {{1}, {2}, {6}}, 0, 0, 0);
    assertEquals(Math.sqrt(14 / 3.0), scale(rows, RidgeSpec.standard()), 1e-15);
    assertEquals(Math.sqrt(14 / 2.0), scale(rows, SAMPLE), 1e-15);
    assertEquals(1, scale(rows, RidgeSpec.standard().with(Scaling.NONE)));
    // without an intercept the deviation is still about the mean
    RidgeSpec origin = RidgeSpec.standard().with(Intercept.NONE);
    assertEquals(Math.sqrt(14 / 3.0), scale(rows, origin), 1e-15);
    // weights 1, 2, 1: mean 11 / 4
    double about = (Math.pow(1.75, 2) + 2 * Math.pow(0.75, 2) + Math.pow(3.25, 2)) / 4;
    assertEquals(Math.sqrt(about), scale(rows.withWeights(1, 2, 1), RidgeSpec.standard()), 1e-15);
  }

  private static double scale(Rows rows, RidgeSpec spec) {
    return RidgeProblem.of(rows.moments(), spec).scales().get(0);
  }

  @Test
  void aColumnIsConstantWhenNoDigitsVary() {
    assertTrue(isConstant(7, 7, 7));
    assertTrue(isConstant(0, 0, 0));
    assertTrue(isConstant(0.3, 0.1 + 0.2, 0.3));
    assertTrue(isConstant(1e8, Math.nextUp(1e8), 1e8));
    assertFalse(isConstant(1e8, 1e8 + 1e-3, 1e8));
    assertFalse(isConstant(0, 1e-100, 0));
    assertFalse(isConstant(-1, 0, 1));
  }

  private static boolean isConstant(double... column) {
    double[][] x = new double[3][1];
    for (int i = 0; i < 3; i++) {
      x[i][0] = column[i];
    }
    return ColumnDiagnosis.isConstant(Rows.of(x, 0, 0, 0).moments(), 0);
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    Rows rows = Rows.normal(121, 5, 2, 1);
    assertEquals(
        "Cannot fit: the sum of weights must be positive, was 0.0 over 0 rows",
        refusal(Moments.empty(2, 1), RidgeSpec.standard()));
    assertEquals(
        "Cannot standardize by the sample deviation: it needs at least 2 rows of weight 1, got 5"
            + " rows of weight sum 15.0; use population",
        refusal(rows.withWeights(1, 2, 3, 4, 5).moments(), SAMPLE));
    assertEquals(
        "Cannot standardize by the sample deviation: it needs at least 2 rows of weight 1, got 1"
            + " rows of weight sum 1.0; use population",
        refusal(rows.pick(0).moments(), SAMPLE));
    assertEquals(
        "Cannot fit without standardization: the sum of squares of input 1 overflows; standardize,"
            + " or rescale the column",
        refusal(
            rows.mapInput(1, v -> 1e160 * v).moments(), RidgeSpec.standard().with(Scaling.NONE)));
    assertEquals(
        "Cannot fit: the sum of squares of target 0 overflows; rescale the column",
        refusal(rows.mapTargets(v -> 1e160 * v).moments(), RidgeSpec.standard()));
    Moments far = rows.mapInput(1, v -> 1e155).moments();
    RidgeProblem.of(far, RidgeSpec.standard());
    assertEquals(
        "Cannot fit without standardization: the sum of squares of input 1 overflows; standardize,"
            + " or rescale the column",
        refusal(far, RidgeSpec.standard().with(Intercept.NONE)));
  }

  private static String refusal(Moments moments, RidgeSpec spec) {
    return assertThrows(IllegalArgumentException.class, () -> RidgeProblem.of(moments, spec))
        .getMessage();
  }

  @Test
  void theTableChoosesTheSolver() {
    Rows rows = Rows.normal(122, 30, 4, 1);
    assertEquals(SolverKind.CHOLESKY, choose(rows, RidgeSpec.standard(), 8));
    assertEquals(SolverKind.EIGEN, choose(rows, RidgeSpec.standard(), 9));
    for (SolverKind asked : List.of(SolverKind.CHOLESKY, SolverKind.EIGEN)) {
      assertEquals(asked, choose(rows, RidgeSpec.standard().with(asked), 1));
      assertEquals(asked, choose(rows, RidgeSpec.standard().with(asked), 100));
    }
    assertEquals(SolverKind.EIGEN, choose(rows.where(i -> i < 5), RidgeSpec.standard(), 1));
    Rows wild = rows.mapInput(0, v -> 1e-3 * v);
    RidgeSpec unscaled = RidgeSpec.standard().with(Scaling.NONE);
    assertEquals(SolverKind.CHOLESKY, choose(wild, unscaled, 100));
    assertEquals(SolverKind.EIGEN, choose(wild, RidgeSpec.standard(), 100));
    assertEquals(5, SolverTable.breakEven(false));
  }

  private static SolverKind choose(Rows rows, RidgeSpec spec, int lambdas) {
    return SolverTable.choose(RidgeProblem.of(rows.moments(), spec), lambdas, true);
  }

  @Test
  void theEigenSolverTakesOverWhereCholeskyCannot() {
    Rows rows = Rows.normal(123, 30, 3, 1).selectInputs(0, 1, 2, 1);
    RidgeProblem problem = RidgeProblem.of(rows.moments(), RidgeSpec.standard());
    assertEquals(SolverKind.EIGEN, SolverTable.solver(problem, 1, 0).kind());
    assertEquals(SolverKind.CHOLESKY, SolverTable.solver(problem, 1, 1).kind());
    RidgeProblem asked =
        RidgeProblem.of(rows.moments(), RidgeSpec.standard().with(SolverKind.CHOLESKY));
    assertEquals(SolverKind.CHOLESKY, SolverTable.solver(asked, 1, 0).kind());
  }

  @Test
  void constantAndDuplicateColumnsAreNamed() {
    Rows rows = Rows.normal(124, 40, 4, 1).selectInputs(0, 1, 0, 2, 1, 0, 3);
    Rows changed =
        rows.mapInput(2, v -> 5 - 3 * v).mapInput(3, v -> 0.1).mapInput(5, v -> 1e160 * v);
    ColumnDiagnosis diagnosis = ColumnDiagnosis.of(changed.mapInput(5, v -> v / 1e50).moments());
    assertEquals(List.of(3), diagnosis.constant());
    assertEquals(
        List.of(
            new ColumnDiagnosis.Duplicate(0, 2),
            new ColumnDiagnosis.Duplicate(1, 4),
            new ColumnDiagnosis.Duplicate(0, 5)),
        diagnosis.duplicates());
    ColumnDiagnosis clean = ColumnDiagnosis.of(Rows.normal(125, 40, 6, 1).moments());
    assertEquals(new ColumnDiagnosis(List.of(), List.of()), clean);
  }

  @Test
  void duplicatesAreFoundWhenNoColumnCorrelatesWithTheTarget() {
    Rows rows = Rows.normal(126, 40, 3, 1).selectInputs(0, 1, 2, 1).mapTargets(v -> 0);
    assertEquals(
        List.of(new ColumnDiagnosis.Duplicate(1, 3)),
        ColumnDiagnosis.of(rows.moments()).duplicates());
  }

  @Test
  void modelsAndPathsOfWrongShapesAreRefused() {
    Moments moments = Rows.normal(127, 9, 2, 1).moments();
    PathCoefficients path =
        EigenSystem.of(RidgeProblem.of(moments, RidgeSpec.standard()))
            .solve(List.of(Vec.of(1, 2)))
            .get(0);
    IllegalArgumentException badPath =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PathCoefficients(Vec.of(1), path.matrix(), Vec.of(1)));
    assertEquals(
        "Cannot make a path of 1 lambdas with 2 columns and 1 intercepts", badPath.getMessage());
    IllegalArgumentException badModel =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RidgeModel(List.of("a"), List.of("y"), Vec.of(0), path.matrix(), Vec.of(1)));
    assertEquals(
        "Cannot make a model of 1 features and 1 targets from 2 x 2 coefficients",
        badModel.getMessage());
  }
}
