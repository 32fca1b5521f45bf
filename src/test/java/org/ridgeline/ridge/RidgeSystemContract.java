package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/**
 * What every solver must do. Tolerances: the random designs have condition numbers below 100, so
 * 1e-12 leaves a factor 100 for the roundings of sums.
 */
abstract class RidgeSystemContract {
  static final double[] LAMBDAS = {0, 1e-6, 0.3, 7, 1e4};
  private static final double TOLERANCE = 1e-12;

  /** The solver under test. */
  abstract RidgeSystem system(RidgeProblem problem);

  /** The moments as the solver under test needs them. */
  Moments moments(Rows rows) {
    return rows.moments();
  }

  static RidgeSpec spec(Intercept intercept, Scaling scaling) {
    return new RidgeSpec(intercept, scaling, SolverKind.AUTO);
  }

  static RidgeSpec plain() {
    return spec(Intercept.FREE, Scaling.NONE);
  }

  RidgeSystem system(Rows rows, RidgeSpec spec) {
    return system(RidgeProblem.of(moments(rows), spec));
  }

  List<RidgePath> paths(Rows rows, RidgeSpec spec, double... lambdas) {
    return system(rows, spec).paths(Collections.nCopies(rows.targets(), Vec.of(lambdas)));
  }

  double[] coefficients(Rows rows, RidgeSpec spec, double lambda) {
    return paths(rows, spec, lambda).get(0).coefficients().matrix().columnCopy(0);
  }

  static void assertClose(double expected, double actual, double relative, String what) {
    assertEquals(expected, actual, relative * Math.abs(expected), what);
  }

  static void assertVectors(double[] expected, double[] actual, double relative, String what) {
    double norm = 0;
    for (double value : expected) {
      norm = Math.max(norm, Math.abs(value));
    }
    for (int j = 0; j < expected.length; j++) {
      assertEquals(expected[j], actual[j], relative * norm, what + " coefficient " + j);
    }
  }

  @Test
  void everySpecificationEqualsTheTextbook() {
    Rows rows = Rows.normal(61, 25, 4, 2).mapInput(1, v -> 5 + 3 * v).mapInput(2, v -> v - 10);
    for (Intercept intercept : Intercept.values()) {
      for (Scaling scaling : Scaling.values()) {
        check(rows, spec(intercept, scaling), LAMBDAS);
        if (scaling != Scaling.SAMPLE) {
          check(rows.withRandomWeights(62), spec(intercept, scaling), LAMBDAS);
        }
      }
    }
  }

  @Test
  void standardizedColumnsOfAnyUnitAndOffsetEqualTheTextbook() {
    Rows rows =
        Rows.normal(63, 25, 5, 1)
            .mapInput(0, v -> 1e-8 * v)
            .mapInput(1, v -> 1e8 * v)
            .mapInput(2, v -> 1e8 + v)
            .mapInput(3, v -> 1e-8 * (1e6 + v))
            .mapTargets(v -> 1e6 + v);
    check(rows, spec(Intercept.FREE, Scaling.POPULATION), LAMBDAS);
    check(rows.withRandomWeights(64), spec(Intercept.FREE, Scaling.POPULATION), LAMBDAS);
  }

  @Test
  void fewRowsEqualTheTextbook() {
    for (int n = 1; n <= 4; n++) {
      for (int d = 1; d <= 3; d++) {
        for (Intercept intercept : Intercept.values()) {
          check(Rows.normal(65 + n, n, d, 1), spec(intercept, Scaling.NONE), 0.3, 7, 1e4);
          check(Rows.normal(69 + n, n, d, 1), spec(intercept, Scaling.POPULATION), 0.3, 7, 1e4);
        }
      }
    }
  }

  /** Compares models, degrees of freedom and RSS with the 60-digit oracle. */
  void check(Rows rows, RidgeSpec spec, double... lambdas) {
    List<RidgePath> paths = paths(rows, spec, lambdas);
    for (int l = 0; l < lambdas.length; l++) {
      ExactRidge exact = ExactRidge.fit(rows, spec, lambdas[l]);
      for (int t = 0; t < rows.targets(); t++) {
        RidgePath path = paths.get(t);
        String what = spec + " n " + rows.size() + " lambda " + lambdas[l] + " target " + t;
        PathCoefficients models = path.coefficients();
        double size = 0; // of everything that the intercept is the difference of
        double largest = 0;
        for (int j = 0; j < rows.inputs(); j++) {
          double deviation = Math.sqrt(rows.moments().scatter().get(j, j) + 1e-300);
          largest = Math.max(largest, Math.abs(exact.coefficient(j, t) * deviation));
          size += Math.abs(exact.coefficient(j, t) * rows.moments().mean(j));
        }
        for (int j = 0; j < rows.inputs(); j++) {
          double deviation = Math.sqrt(rows.moments().scatter().get(j, j) + 1e-300);
          double slack = TOLERANCE * largest / deviation;
          assertEquals(exact.coefficient(j, t), models.matrix().get(j, l), slack, what + " b" + j);
        }
        size += Math.abs(exact.intercept(t));
        assertEquals(exact.intercept(t), models.intercepts().get(l), TOLERANCE * size, what);
        assertEquals(exact.df(), path.df().get(l), TOLERANCE * rows.inputs(), what + " df");
        double left = rows.size() - spec.intercept().degreesOfFreedom() - exact.df();
        assertEquals(
            left, path.residualDf().get(l), TOLERANCE * rows.size(), what + " residual df");
        double rss = exact.sumSquares(rows, t);
        assertEquals(rss, path.rss().get(l), TOLERANCE * path.targetSumSquares(), what + " rss");
      }
    }
  }

  @Test
  void solutionsSatisfyTheNormalEquations() {
    Rows rows = Rows.normal(71, 40, 6, 1).withRandomWeights(72);
    for (Intercept intercept : Intercept.values()) {
      for (Scaling scaling : List.of(Scaling.NONE, Scaling.POPULATION)) {
        RidgeProblem problem = RidgeProblem.of(moments(rows), spec(intercept, scaling));
        Vec lambdas = Vec.of(LAMBDAS);
        PathCoefficients models = system(problem).solve(List.of(lambdas)).get(0);
        for (int l = 0; l < LAMBDAS.length; l++) {
          double residual = problem.relativeResidual(0, LAMBDAS[l], models.matrix().columnCopy(l));
          assertTrue(residual < 1e-14, "relative residual " + residual);
        }
      }
    }
  }

  @Test
  void theRelativeResidualOfAWrongSolutionIsWhatItSays() {
    Rows rows = Rows.normal(73, 40, 3, 1);
    RidgeProblem problem = RidgeProblem.of(rows.moments(), RidgeSpec.standard());
    double[] b = coefficients(rows, RidgeSpec.standard(), 0);
    // at b the equations hold with lambda 0; with lambda they miss by lambda * s * b
    double missing = 0;
    double norm = 0;
    for (int j = 0; j < 3; j++) {
      double scaled = problem.scales().get(j) * b[j];
      missing += 0.09 * scaled * scaled;
      double c = problem.coordinates().right().get(j, 0);
      norm += c * c;
    }
    double expected = Math.sqrt(missing / norm);
    assertClose(expected, problem.relativeResidual(0, 0.3, b), 1e-9, "residual");
    assertEquals(1, problem.relativeResidual(0, 0.3, new double[3]), 1e-15);
  }

  @Test
  void penaltyRowsBelowTheDataGiveRidgeByLeastSquares() {
    Rows rows = Rows.normal(74, 20, 3, 1);
    double lambda = 2.5;
    double[][] x = new double[23][3];
    double[] y = new double[23];
    for (int i = 0; i < 20; i++) {
      y[i] = rows.y(i, 0);
      for (int j = 0; j < 3; j++) {
        x[i][j] = rows.x(i, j);
      }
    }
    for (int j = 0; j < 3; j++) {
      x[20 + j][j] = Math.sqrt(lambda);
    }
    RidgeSpec origin = spec(Intercept.NONE, Scaling.NONE);
    assertVectors(
        coefficients(rows, origin, lambda),
        coefficients(Rows.of(x, y), origin, 0),
        TOLERANCE,
        "stacked");
  }

  @Test
  void everyRowTwiceIsTwiceTheLambdaAndWeightTwo() {
    Rows rows = Rows.normal(75, 20, 3, 1);
    int[] twice = new int[40];
    double[] weights = new double[20];
    for (int i = 0; i < 40; i++) {
      twice[i] = i / 2;
      weights[i / 2] = 2;
    }
    double[] once = coefficients(rows, RidgeSpec.standard(), 3);
    assertVectors(
        once, coefficients(rows.pick(twice), RidgeSpec.standard(), 6), TOLERANCE, "twice");
    Rows heavy = rows.withWeights(weights);
    assertVectors(once, coefficients(heavy, RidgeSpec.standard(), 6), TOLERANCE, "weight 2");
  }

  @Test
  void duplicateColumnsShareWhatOneWouldGetAtHalfTheLambda() {
    Rows rows = Rows.normal(76, 30, 3, 1);
    Rows doubled = rows.selectInputs(0, 1, 2, 0, 1, 2);
    for (RidgeSpec spec : List.of(plain(), RidgeSpec.standard())) {
      double[] halves = coefficients(doubled, spec, 2);
      double[] whole = coefficients(rows, spec, 1);
      for (int j = 0; j < 3; j++) {
        assertClose(whole[j], halves[j] + halves[j + 3], TOLERANCE, "sum");
        assertClose(halves[j], halves[j + 3], TOLERANCE, "share");
      }
    }
  }

  @Test
  void orthonormalColumnsShrinkByOnePlusLambda() {
    double h = 0.5;
    Rows rows =
        Rows.of(new double[][] {{h, h, h}, {h, -h, -h}, {-h, h, -h}, {-h, -h, h}}, 7, -2, 3, 4);
    double[] free = coefficients(rows, plain(), 0);
    double[] shrunk = coefficients(rows, plain(), 4);
    for (int j = 0; j < 3; j++) {
      assertClose(free[j] / 5, shrunk[j], 1e-15, "coefficient " + j);
    }
    assertClose(3.0 / 5, paths(rows, plain(), 4).get(0).df().get(0), 1e-15, "df");
  }

  @Test
  void anInfiniteLambdaLeavesTheMeanAndFirstOrderShrinkage() {
    Rows rows = Rows.normal(77, 30, 3, 1);
    double lambda = 1e14;
    RidgePath path = paths(rows, plain(), lambda).get(0);
    for (int j = 0; j < 3; j++) {
      double c = rows.moments().scatter().get(3, j);
      assertClose(c / lambda, path.coefficients().matrix().get(j, 0), 1e-12, "c / lambda");
    }
    assertClose(rows.moments().mean(3), path.coefficients().intercepts().get(0), 1e-12, "mean");
    assertClose(path.targetSumSquares(), path.rss().get(0), 1e-12, "rss is q");
  }

  @Test
  void degreesOfFreedomFallFromTheRankToNothing() {
    Rows rows = Rows.normal(78, 30, 5, 1);
    double[] lambdas = new double[60];
    for (int l = 1; l < 60; l++) {
      lambdas[l] = 1e-8 * Math.pow(10, l / 3.0);
    }
    RidgeSystem system = system(rows, RidgeSpec.standard());
    RidgePath path = system.paths(List.of(Vec.of(lambdas))).get(0);
    assertEquals(5, system.rank());
    assertEquals(5, path.df().get(0), 1e-13);
    assertEquals(0, path.df().get(59), 1e-6);
    for (int l = 1; l < 60; l++) {
      assertTrue(path.df().get(l) <= path.df().get(l - 1), "df at lambda " + lambdas[l]);
      assertTrue(path.rss().get(l) >= path.rss().get(l - 1) * (1 - 1e-13), "rss " + lambdas[l]);
      assertEquals(29, path.df().get(l) + path.residualDf().get(l), 1e-12);
    }
  }

  @Test
  void constantColumnsGetNothingAndTakeNothing() {
    Rows rows = Rows.normal(79, 30, 4, 1).mapInput(1, v -> 0.998).mapInput(3, v -> -1e8 - 0.1);
    Rows without = rows.selectInputs(0, 2);
    for (RidgeSpec spec : List.of(plain(), RidgeSpec.standard())) {
      double[] b = coefficients(rows, spec, 0.5);
      double[] expected = coefficients(without, spec, 0.5);
      assertEquals(0, b[1]);
      assertEquals(0, b[3]);
      assertVectors(expected, new double[] {b[0], b[2]}, TOLERANCE, "others");
      RidgePath path = paths(rows, spec, 0).get(0);
      assertEquals(2, path.df().get(0), 1e-13);
      assertEquals(2, system(rows, spec).rank());
    }
  }

  @Test
  void columnsConstantUpToRoundingGetNothing() {
    Rows rows = Rows.normal(80, 30, 2, 1).mapInput(1, v -> v > 0 ? 0.3 : 0.1 + 0.2);
    double[] b = coefficients(rows, RidgeSpec.standard(), 1e-3);
    assertEquals(0, b[1]);
  }

  @Test
  void aColumnOfZerosWithoutAnInterceptGetsNothing() {
    Rows rows = Rows.normal(81, 30, 3, 1).mapInput(1, v -> 0);
    for (Scaling scaling : List.of(Scaling.NONE, Scaling.POPULATION)) {
      RidgeSpec spec = spec(Intercept.NONE, scaling);
      assertEquals(0, coefficients(rows, spec, 0)[1]);
      assertEquals(2, system(rows, spec).rank());
      double[] expected = coefficients(rows.selectInputs(0, 2), spec, 0.5);
      double[] b = coefficients(rows, spec, 0.5);
      assertVectors(expected, new double[] {b[0], b[2]}, TOLERANCE, "others");
    }
  }

  @Test
  void aConstantColumnWithoutAnInterceptIsAnOrdinaryColumn() {
    check(
        Rows.normal(82, 30, 3, 1).mapInput(1, v -> 1.5),
        spec(Intercept.NONE, Scaling.POPULATION),
        LAMBDAS);
  }

  @Test
  void nothingButConstantColumnsGivesTheMean() {
    Rows rows = Rows.normal(83, 10, 2, 1).mapInput(0, v -> 1).mapInput(1, v -> 0);
    RidgeSystem system = system(rows, RidgeSpec.standard());
    RidgePath path = system.paths(List.of(Vec.of(0, 1))).get(0);
    for (int l = 0; l < 2; l++) {
      assertEquals(rows.moments().mean(2), path.coefficients().intercepts().get(l));
      assertEquals(0, path.df().get(l));
      assertClose(path.targetSumSquares(), path.rss().get(l), 1e-15, "rss");
    }
    assertEquals(0, system.rank());
    assertTrue(system.range().high() > system.range().low());
  }

  @Test
  void oneRowGivesItsTarget() {
    RidgePath path = paths(Rows.normal(84, 1, 2, 1), plain(), 0, 1).get(0);
    for (int l = 0; l < 2; l++) {
      assertEquals(0, path.coefficients().matrix().get(0, l));
      assertEquals(Rows.normal(84, 1, 2, 1).y(0, 0), path.coefficients().intercepts().get(l));
      assertEquals(0, path.rss().get(l));
      assertEquals(0, path.residualDf().get(l));
    }
  }

  @Test
  void targetsTogetherEqualTargetsAlone() {
    Rows rows = Rows.normal(85, 30, 6, 3);
    List<RidgePath> together = paths(rows, RidgeSpec.standard(), LAMBDAS);
    for (int t = 0; t < 3; t++) {
      RidgePath alone = paths(rows.onlyTarget(t), RidgeSpec.standard(), LAMBDAS).get(0);
      for (int l = 0; l < LAMBDAS.length; l++) {
        assertVectors(
            alone.coefficients().matrix().columnCopy(l),
            together.get(t).coefficients().matrix().columnCopy(l),
            1e-14, // BLAS may sum several right sides in another order
            "target " + t);
        assertClose(alone.df().get(l), together.get(t).df().get(l), 1e-14, "df");
        assertClose(alone.rss().get(l), together.get(t).rss().get(l), 1e-13, "rss");
      }
    }
  }

  @Test
  void everyTargetMayHaveItsOwnLambdas() {
    Rows rows = Rows.normal(86, 30, 4, 2);
    RidgeSystem system = system(rows, RidgeSpec.standard());
    List<RidgePath> own = system.paths(List.of(Vec.of(3, 1), Vec.of(1, 5, 1)));
    List<RidgePath> common = paths(rows, RidgeSpec.standard(), 1, 3, 5);
    for (int j = 0; j < 4; j++) {
      assertClose(b(common, 0, 1, j), b(own, 0, 0, j), 1e-14, "3");
      assertClose(b(common, 0, 0, j), b(own, 0, 1, j), 1e-14, "1");
      assertClose(b(common, 1, 2, j), b(own, 1, 1, j), 1e-14, "5");
      assertEquals(b(own, 1, 0, j), b(own, 1, 2, j));
    }
    assertEquals(own.get(1).df().get(0), own.get(0).df().get(1));
  }

  private static double b(List<RidgePath> paths, int t, int l, int j) {
    return paths.get(t).coefficients().matrix().get(j, l);
  }

  @Test
  void unitsAreWashedOutByStandardization() {
    Rows rows = Rows.normal(87, 30, 3, 1);
    double unit = Math.scalb(1.0, 27);
    Rows other = rows.mapInput(0, v -> v * unit).mapInput(2, v -> v / unit);
    double[] b = coefficients(rows, RidgeSpec.standard(), 2);
    double[] scaled = coefficients(other, RidgeSpec.standard(), 2);
    assertVectors(b, new double[] {scaled[0] * unit, scaled[1], scaled[2] / unit}, 1e-13, "units");
  }

  @Test
  void theRangeBracketsTheDegreesOfFreedom() {
    for (RidgeSpec spec : List.of(plain(), RidgeSpec.standard())) {
      LambdaRange range = system(Rows.normal(88, 40, 6, 1), spec).range();
      RidgePath path =
          paths(Rows.normal(88, 40, 6, 1), spec, range.low(), range.high(), range.floor()).get(0);
      assertEquals(6 - LambdaRange.MARGIN, path.df().get(0), 0.01);
      assertEquals(LambdaRange.MARGIN, path.df().get(1), 0.01);
    }
  }

  @Test
  void rcondIsThatOfThePenalizedSystem() {
    RidgeSystem system = system(Rows.normal(89, 40, 6, 1), RidgeSpec.standard());
    assertTrue(system.rcond(0) > 1e-3);
    assertTrue(system.rcond(0) < system.rcond(10));
    assertEquals(1, system.rcond(1e20), 1e-12);
  }
}
