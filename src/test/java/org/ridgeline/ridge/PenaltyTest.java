package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

class PenaltyTest {
  private static final Rows ROWS =
      Rows.normal(201, 40, 4, 2).mapInput(1, v -> 5 + 3 * v).withRandomWeights(202);

  private static RidgeSystem system(Rows rows, RidgeSpec spec) {
    return SolverTable.solver(RidgeProblem.of(rows.moments(), spec), 1, 0);
  }

  private static RidgePath path(Rows rows, RidgeSpec spec, double... lambdas) {
    return system(rows, spec).paths(List.of(Vec.of(lambdas), Vec.of(lambdas))).get(0);
  }

  private static double[] coefficients(RidgePath path, int l) {
    return path.coefficients().matrix().columnCopy(l);
  }

  /** A factor f is the same as a column {@code sqrt f} times as small under a plain penalty. */
  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void aFactorIsAScale(SolverKind solver) {
    RidgeSpec plain = new RidgeSpec(Intercept.FREE, Scaling.NONE, solver);
    RidgePath factored = path(ROWS, plain.with(Penalty.factors(4, 1, 0.25, 1)), 0.5, 20);
    RidgePath scaled = path(ROWS.mapInput(0, v -> v / 2).mapInput(2, v -> v * 2), plain, 0.5, 20);
    for (int l = 0; l < 2; l++) {
      double[] b = coefficients(scaled, l);
      b[0] /= 2;
      b[2] *= 2;
      assertArrayEquals(b, coefficients(factored, l), 1e-12);
      assertEquals(scaled.df().get(l), factored.df().get(l), 1e-12);
      assertEquals(scaled.traces().df2().get(l), factored.traces().df2().get(l), 1e-12);
      assertEquals(scaled.residualDf().get(l), factored.residualDf().get(l), 1e-11);
      assertEquals(scaled.rss().get(l), factored.rss().get(l), 1e-10);
      assertEquals(scaled.penalizedRss().get(l), factored.penalizedRss().get(l), 1e-10);
      assertEquals(
          scaled.traces().logDeterminant().get(l),
          factored.traces().logDeterminant().get(l),
          1e-12);
    }
  }

  /** Leaving a column of ones free, without an intercept, is the intercept. */
  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void theInterceptIsAnUnpenalizedColumn(SolverKind solver) {
    Rows ones = ROWS.selectInputs(0, 1, 2, 3, 0).mapInput(4, v -> 1);
    RidgeSpec free = new RidgeSpec(Intercept.FREE, Scaling.NONE, solver);
    RidgeSpec none = free.with(Intercept.NONE).with(Penalty.factors(1, 1, 1, 1, 0));
    RidgePath expected = path(ROWS, free, 0.5, 20);
    RidgePath actual = path(ones, none, 0.5, 20);
    for (int l = 0; l < 2; l++) {
      double[] b = coefficients(actual, l);
      assertEquals(expected.coefficients().intercepts().get(l), b[4], 1e-11);
      assertArrayEquals(coefficients(expected, l), Arrays.copyOf(b, 4), 1e-12);
      assertEquals(expected.df().get(l) + 1, actual.df().get(l), 1e-12);
      assertEquals(expected.residualDf().get(l), actual.residualDf().get(l), 1e-11);
      assertEquals(expected.rss().get(l), actual.rss().get(l), 1e-10);
      assertEquals(expected.penalizedRss().get(l), actual.penalizedRss().get(l), 1e-10);
      assertEquals(expected.samplingVariance(l), actual.samplingVariance(l), 1e-11);
      assertEquals(
          expected.traces().logDeterminant().get(l),
          actual.traces().logDeterminant().get(l),
          1e-11);
    }
    QuadraticForms narrow = system(ROWS, free).diagonalForms(3);
    QuadraticForms wide = system(ones, none).diagonalForms(3);
    for (int j = 0; j < 4; j++) {
      assertEquals(narrow.posterior().get(j), wide.posterior().get(j), 1e-13);
      assertEquals(narrow.sampling().get(j), wide.sampling().get(j), 1e-13);
    }
    RidgeProblem problem = RidgeProblem.of(ones.moments(), none);
    assertEquals(5, SolverTable.solver(problem, 1, 0).rank());
    assertEquals(39, problem.freeRows());
    assertTrue(problem.relativeResidual(0, 20, coefficients(actual, 1)) < 1e-13);
  }

  /** Against the normal equations {@code (G + lambda R) b = c + lambda R b0}, written plainly. */
  @ParameterizedTest
  @EnumSource(names = {"CHOLESKY", "EIGEN"})
  void aGeneralPenaltySolvesItsNormalEquations(SolverKind solver) {
    Penalty penalty =
        Penalty.differences(2, 4).withFactors(1, 2, 0.5, 3).withPriorMean(0.5, -1, 2, 0.25);
    for (Scaling scaling : new Scaling[] {Scaling.NONE, Scaling.POPULATION}) {
      RidgeSpec spec = new RidgeSpec(Intercept.FREE, scaling, solver).with(penalty);
      RidgeProblem problem = RidgeProblem.of(ROWS.moments(), spec);
      RidgePath path = path(ROWS, spec, 0, 0.5, 20, 1e9);
      for (int l = 0; l < 4; l++) {
        double lambda = path.lambdas().get(l);
        double[] b = coefficients(path, l);
        double residual = problem.relativeResidual(0, lambda, b);
        assertTrue(residual < 1e-12 * (1 + lambda / 40), lambda + ": " + residual);
        double penalized = path.rss().get(l);
        double[] slope = problem.penaltySlope(0, b);
        for (int j = 0; j < 4; j++) {
          double away = problem.scales().get(j) * (b[j] - penalty.priorMean(j, 0));
          penalized += lambda * slope[j] * away;
        }
        assertEquals(penalized, path.penalizedRss().get(l), 1e-6 + 1e-10 * penalized);
      }
      assertEquals(4, path.df().get(0), 1e-12);
      assertEquals(2, path.df().get(3), 1e-6); // what the second differences leave free
    }
  }

  @Test
  void aStrongPenaltyLeadsToThePriorMean() {
    Penalty penalty = Penalty.identity().withPriorMean(3, -1, 0.5, 8);
    RidgePath path = path(ROWS, RidgeSpec.standard().with(penalty), 1e12);
    assertArrayEquals(new double[] {3, -1, 0.5, 8}, coefficients(path, 0), 1e-7);
    assertEquals(0, path.df().get(0), 1e-8);
  }

  @Test
  void differencesAreThoseOfNeighbors() {
    RidgeSpec spec = RidgeSpec.standard().with(Scaling.NONE);
    RidgePath flat = path(ROWS, spec.with(Penalty.differences(1, 4)), 1e12);
    double[] b = coefficients(flat, 0);
    assertArrayEquals(new double[] {b[0], b[0], b[0], b[0]}, b, 1e-8);
    b = coefficients(path(ROWS, spec.with(Penalty.differences(2, 4)), 1e12), 0);
    assertEquals(b[1] - b[0], b[2] - b[1], 1e-8);
    assertEquals(b[2] - b[1], b[3] - b[2], 1e-8);
    assertArrayEquals(
        new double[] {-1, 3, -3, 1}, Penalty.differences(3, 4).operator().orElseThrow().data());
  }

  @Test
  void aConstantColumnMayBeUnpenalized() {
    Rows rows = ROWS.mapInput(3, v -> 7);
    RidgePath path = path(rows, RidgeSpec.standard().with(Penalty.factors(1, 1, 0, 0)), 2);
    RidgePath fewer =
        path(ROWS.selectInputs(0, 1, 2), RidgeSpec.standard().with(Penalty.factors(1, 1, 0)), 2);
    double[] b = coefficients(path, 0);
    assertEquals(0, b[3]);
    assertArrayEquals(coefficients(fewer, 0), Arrays.copyOf(b, 3), 1e-12);
    assertEquals(fewer.df().get(0), path.df().get(0), 1e-12);
  }

  @Test
  void everyColumnMayBeUnpenalized() {
    RidgePath free = path(ROWS, RidgeSpec.standard().with(Penalty.factors(0, 0, 0, 0)), 100);
    RidgePath leastSquares = path(ROWS, RidgeSpec.standard(), 0);
    assertArrayEquals(coefficients(leastSquares, 0), coefficients(free, 0), 1e-12);
    assertEquals(4, free.df().get(0));
    assertEquals(leastSquares.rss().get(0), free.rss().get(0), 1e-10);
  }

  @Test
  void whatTheDataDoNotDetermineIsRefused() {
    Rows twice = ROWS.selectInputs(0, 1, 0, 3);
    SingularException refused =
        assertThrows(
            SingularException.class,
            () -> path(twice, RidgeSpec.standard().with(Penalty.factors(0, 1, 0, 1)), 1));
    assertEquals(
        "Cannot fit: the data do not determine what the penalty leaves free (collinear"
            + " unpenalized columns, or too few rows); penalize more columns",
        refused.getMessage());
  }

  @Test
  void frequenciesCountAsRows() {
    double[] counts = new double[40];
    int[] repeated = new int[120];
    for (int i = 0; i < 40; i++) {
      counts[i] = 3;
      repeated[3 * i] = i;
      repeated[3 * i + 1] = i;
      repeated[3 * i + 2] = i;
    }
    RidgeSpec spec = RidgeSpec.standard().with(WeightKind.FREQUENCY);
    RidgePath weighted = path(ROWS.withWeights(counts), spec, 2);
    RidgePath once = path(ROWS.withWeights(onesOf(40)).pick(repeated), RidgeSpec.standard(), 2);
    assertEquals(once.residualDf().get(0), weighted.residualDf().get(0), 1e-11);
    assertEquals(once.samplingVariance(0), weighted.samplingVariance(0), 1e-11);
  }

  private static double[] onesOf(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void badPenaltiesAreRefused() {
    assertEquals(
        "Cannot penalize column 1 by the factor -1.0: it must be finite and >= 0",
        refusal(() -> Penalty.factors(1, -1)));
    assertEquals(
        "Cannot take differences of order 4 of 4 coefficients: 1 to d - 1 is possible",
        refusal(() -> Penalty.differences(4, 4)));
    assertEquals(
        "Cannot use the prior mean: it has a value that is not finite",
        refusal(() -> Penalty.identity().withPriorMean(1, Double.NaN)));
    assertEquals(
        "Cannot fit: the penalty has 3 factors for 4 inputs",
        refusal(() -> path(ROWS, RidgeSpec.standard().with(Penalty.factors(1, 2, 1)), 1)));
    assertEquals(
        "Cannot fit: the prior mean is of 3 targets, there are 2",
        refusal(
            () ->
                path(
                    ROWS,
                    RidgeSpec.standard().with(Penalty.identity().withPriorMean(Matrix.zeros(4, 3))),
                    1)));
  }

  private static String refusal(Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }
}
