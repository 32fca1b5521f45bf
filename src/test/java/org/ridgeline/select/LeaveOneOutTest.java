package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RotatedModels;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.ridge.WeightKind;

/** Leave-one-out errors against refits without each row. */
class LeaveOneOutTest {
  private static final Vec LAMBDAS = Vec.of(1e-3, 0.5, 20);

  /** Columns divided by the scales of all rows. */
  private static Rows scaled(Rows rows, RidgeSpec spec) {
    Vec scales = RidgeProblem.of(rows.moments(), spec).scales();
    Rows scaled = rows;
    for (int j = 0; j < rows.inputs(); j++) {
      double scale = scales.get(j);
      scaled = scaled.mapInput(j, x -> x / scale);
    }
    return scaled;
  }

  /** Refits on scaled columns: scales are frozen, means are not. */
  private static double bruteForce(Rows rows, RidgeSpec spec, double lambda, int target) {
    Rows scaled = scaled(rows, spec);
    double squares = 0;
    double weights = 0;
    for (int i = 0; i < rows.size(); i++) {
      Rows rest = without(scaled, i, spec);
      PathCoefficients fit =
          EigenSystem.of(RidgeProblem.of(rest.moments(), spec.with(Scaling.NONE)))
              .solve(Collections.nCopies(rows.targets(), Vec.of(lambda)))
              .get(target);
      double error = scaled.y(i, target) - fit.intercepts().get(0);
      for (int j = 0; j < rows.inputs(); j++) {
        error -= fit.matrix().get(j, 0) * scaled.x(i, j);
      }
      squares += rows.w(i) * error * error;
      weights += rows.w(i);
    }
    return squares / weights;
  }

  /** Without row i, or without one of its copies. */
  private static Rows without(Rows rows, int i, RidgeSpec spec) {
    if (spec.weights() == WeightKind.PRECISION || rows.w(i) <= 1) {
      return rows.where(r -> r != i);
    }
    double[] weights = new double[rows.size()];
    Arrays.setAll(weights, r -> r == i ? rows.w(r) - 1 : rows.w(r));
    return rows.withWeights(weights);
  }

  @ParameterizedTest
  @CsvSource({
    "23, 4, FREE, POPULATION, false",
    "23, 4, FREE, POPULATION, true",
    "23, 4, NONE, POPULATION, true",
    "23, 4, FREE, NONE, true",
    "12, 19, FREE, POPULATION, false",
    "12, 19, FREE, NONE, true",
    "12, 19, NONE, NONE, true",
    "12, 11, FREE, POPULATION, true"
  })
  void equalsRefitsWithoutEachRow(
      int n, int d, Intercept intercept, Scaling scaling, boolean weighted) {
    Rows rows = Rows.normal(31, n, d, 2);
    rows = weighted ? rows.withRandomWeights(32) : rows;
    RidgeSpec spec = RidgeSpec.standard().with(intercept).with(scaling);
    List<LeaveOneOut> results = LeaveOneOutByBlocks.of(rows, spec, List.of(LAMBDAS, Vec.of(3)));
    for (int l = 0; l < LAMBDAS.size(); l++) {
      double expected = bruteForce(rows, spec, LAMBDAS.get(l), 0);
      assertEquals(expected, results.get(0).meanSquare().get(l), 1e-9 * expected);
    }
    double second = bruteForce(rows, spec, 3, 1);
    assertEquals(second, results.get(1).meanSquare().get(0), 1e-9 * second);
  }

  private static void assertEqualsRefits(Rows rows, RidgeSpec spec, RidgeSpec scaledSpec) {
    List<LeaveOneOut> results = LeaveOneOutByBlocks.of(rows, spec, List.of(LAMBDAS, Vec.of(3)));
    Rows scaled = scaled(rows, spec);
    for (int l = 0; l < LAMBDAS.size(); l++) {
      double expected = bruteForce(scaled, scaledSpec, LAMBDAS.get(l), 0);
      assertEquals(expected, results.get(0).meanSquare().get(l), 1e-9 * expected);
    }
    double second = bruteForce(scaled, scaledSpec, 3, 1);
    assertEquals(second, results.get(1).meanSquare().get(0), 1e-9 * second);
  }

  @ParameterizedTest
  @CsvSource({"23, 5, FREE", "23, 5, NONE", "12, 17, FREE", "12, 17, NONE"})
  void penaltiesEqualRefitsWithoutEachRow(int n, int d, Intercept intercept) {
    Rows rows = Rows.normal(41, n, d, 2).withRandomWeights(42);
    RidgeSpec spec = RidgeSpec.standard().with(intercept);
    RidgeSpec unscaled = spec.with(Scaling.NONE);
    double[] factors = new double[d];
    Arrays.setAll(factors, j -> j % 3); // columns 0, 3, .. are free
    Penalty someFree = Penalty.factors(factors);
    assertEqualsRefits(rows, spec.with(someFree), unscaled.with(someFree));
    Penalty smooth = Penalty.differences(2, d);
    assertEqualsRefits(rows, spec.with(smooth), unscaled.with(smooth));
    Matrix prior = Matrix.zeros(d, 2);
    Matrix scaledPrior = Matrix.zeros(d, 2);
    Vec scales = RidgeProblem.of(rows.moments(), spec).scales();
    for (int i = 0; i < 2 * d; i++) {
      prior.set(i / 2, i % 2, Math.cos(i));
      scaledPrior.set(i / 2, i % 2, Math.cos(i) * scales.get(i / 2));
    }
    assertEqualsRefits(
        rows,
        spec.with(someFree.withPriorMean(prior)),
        unscaled.with(someFree.withPriorMean(scaledPrior)));
  }

  @ParameterizedTest
  @CsvSource({"14, 4", "9, 16"})
  void frequenciesLeaveOutOneCopy(int n, int d) {
    double[] weights = new double[n];
    int[] copies = new int[3 * n];
    int size = 0;
    for (int i = 0; i < n; i++) {
      weights[i] = 1 + i % 3;
      for (int c = 0; c < weights[i]; c++) {
        copies[size++] = i;
      }
    }
    Rows once = Rows.normal(44, n, d, 2);
    Rows counted = once.withWeights(weights);
    RidgeSpec spec = RidgeSpec.standard();
    RidgeSpec counting = spec.with(WeightKind.FREQUENCY);
    assertEqualsRefits(counted, counting, counting.with(Scaling.NONE));
    Rows repeated = once.pick(Arrays.copyOf(copies, size));
    LeaveOneOut one = LeaveOneOutByBlocks.of(counted, counting, List.of(LAMBDAS, LAMBDAS)).get(1);
    LeaveOneOut two = LeaveOneOutByBlocks.of(repeated, spec, List.of(LAMBDAS, LAMBDAS)).get(1);
    for (int l = 0; l < LAMBDAS.size(); l++) {
      assertEquals(
          two.meanSquare().get(l), one.meanSquare().get(l), 1e-9 * two.meanSquare().get(l));
      assertEquals(two.maxLeverage().get(l), one.maxLeverage().get(l), 1e-9);
    }
    assertEquals(two.highLeverage(), one.highLeverage());
  }

  @Test
  void partsOfARowAreLeftOutWhole() {
    Rows rows = Rows.normal(45, 20, 3, 2).withWeights(withHalves(20));
    RidgeSpec spec = RidgeSpec.standard().with(WeightKind.FREQUENCY);
    assertEqualsRefits(rows, spec, spec.with(Scaling.NONE));
  }

  private static double[] withHalves(int n) {
    double[] weights = new double[n];
    Arrays.setAll(weights, i -> i % 2 == 0 ? 0.5 : 2.5);
    return weights;
  }

  @Test
  void triangularFactorsGiveTheSame() {
    Rows rows = Rows.normal(46, 30, 6, 2).withRandomWeights(47);
    double[] factors = {0, 1, 2, 1, 1, 3};
    for (Penalty penalty : List.of(Penalty.identity(), Penalty.factors(factors))) {
      RidgeSpec spec = RidgeSpec.standard().with(penalty);
      List<Vec> lambdas = List.of(LAMBDAS, LAMBDAS);
      RidgeProblem problem = RidgeProblem.of(rows.factoredMoments(), spec.with(SolverKind.TSQR));
      EigenSystem system = (EigenSystem) SolverTable.solver(problem, 3, 1e-3);
      List<LeaveOneOut> expected = LeaveOneOutByBlocks.of(rows, spec, lambdas);
      List<LeaveOneOut> actual =
          LeaveOneOutByBlocks.of(rows, RotatedModels.of(system, lambdas), lambdas);
      for (int l = 0; l < LAMBDAS.size(); l++) {
        double value = expected.get(1).meanSquare().get(l);
        assertEquals(value, actual.get(1).meanSquare().get(l), 1e-11 * value);
      }
    }
  }

  @Test
  void offsetsOfTheDataDoNotMatter() {
    Rows rows = Rows.normal(33, 40, 3, 1);
    Rows shifted = rows.mapInput(1, x -> x + 1e8).mapTargets(y -> y - 1e8);
    // the shift itself rounds the data to 1.5e-8
    double expected =
        LeaveOneOutByBlocks.of(rows, RidgeSpec.standard(), List.of(LAMBDAS))
            .get(0)
            .meanSquare()
            .get(1);
    double actual =
        LeaveOneOutByBlocks.of(shifted, RidgeSpec.standard(), List.of(LAMBDAS))
            .get(0)
            .meanSquare()
            .get(1);
    assertEquals(expected, actual, 2e-7 * expected);
  }

  @Test
  void interpolationHasTheLimitOfSmallLambda() {
    Rows rows = Rows.normal(34, 10, 25, 1);
    LeaveOneOut loo =
        LeaveOneOutByBlocks.of(rows, RidgeSpec.standard(), List.of(Vec.of(0, 1e-12, 1e-9))).get(0);
    assertEquals(loo.meanSquare().get(2), loo.meanSquare().get(0), 1e-8 * loo.meanSquare().get(2));
    assertEquals(loo.meanSquare().get(1), loo.meanSquare().get(0), 1e-8 * loo.meanSquare().get(2));
    assertEquals(1, loo.maxLeverage().get(0), 1e-12);
  }

  @Test
  void rowsThatDetermineTheirOwnFitAreUndefined() {
    double[][] x = {{0, 1}, {0, 2}, {0, 4}, {0, 3}, {1, 5}};
    Rows rows = Rows.of(x, 1, 3, 2, 5, 4);
    LeaveOneOut loo =
        LeaveOneOutByBlocks.of(rows, RidgeSpec.standard(), List.of(Vec.of(0, 0.1))).get(0);
    assertTrue(Double.isNaN(loo.meanSquare().get(0)), "lambda = 0");
    assertTrue(loo.meanSquare().get(1) > 0);
  }

  @Test
  void leveragesAreThoseOfTheHatMatrix() {
    double[][] x = new double[20][];
    double[] y = new double[20];
    Arrays.setAll(x, i -> new double[] {i == 7 ? 100 : i});
    Arrays.setAll(y, i -> i % 3);
    Rows rows = Rows.of(x, y);
    LeaveOneOut loo =
        LeaveOneOutByBlocks.of(rows, RidgeSpec.standard().with(Scaling.NONE), List.of(Vec.of(0)))
            .get(0);
    double mean = Arrays.stream(x).mapToDouble(r -> r[0]).average().orElseThrow();
    double scatter = Arrays.stream(x).mapToDouble(r -> (r[0] - mean) * (r[0] - mean)).sum();
    assertEquals(1.0 / 20 + (100 - mean) * (100 - mean) / scatter, loo.maxLeverage().get(0), 1e-13);
    assertEquals(1, loo.highLeverage().get(0));
  }

  @Test
  void theRuleChoosesTheSmallestOfTheGrid() {
    Rows rows = Rows.normal(35, 30, 6, 2).mapTargets(y -> y + 3 * Math.sin(50 * y));
    TuningSpec spec = new TuningSpec(RidgeSpec.standard(), LambdaRequest.automatic(), Rule.LOO);
    TuningResult tuned = Tuning.run(rows.folded(1, i -> 0), spec, FoldExecutor.inParallel(1));
    List<Vec> lambdas = new ArrayList<>();
    tuned.targets().forEach(t -> lambdas.add(t.path().lambdas()));
    TuningResult chosen =
        Tuning.withLeaveOneOut(tuned, LeaveOneOutByBlocks.of(rows, RidgeSpec.standard(), lambdas));
    for (TargetTuning target : chosen.targets()) {
      Vec scores = target.leaveOneOut().orElseThrow().meanSquare();
      double best = Arrays.stream(scores.toArray()).min().orElseThrow();
      assertEquals(best, scores.get(target.selection().chosen()));
      assertEquals(Rule.LOO, target.selection().rule());
      assertEquals(target.lambda(), Choices.of(target).lambdas().get(Rule.LOO));
    }
  }

  @Test
  void oneLambdaOfSoManyDegreesOfFreedom() {
    Rows rows = Rows.normal(36, 50, 8, 2);
    for (double df : new double[] {0.01, 2.5, 7.99}) {
      TuningSpec spec =
          new TuningSpec(RidgeSpec.standard(), LambdaRequest.degreesOfFreedom(df), Rule.GIVEN);
      TuningResult tuned = Tuning.run(rows.folded(2, i -> i % 2), spec, FoldExecutor.inParallel(1));
      assertEquals(df, tuned.target(1).path().df().get(0), 1e-10 * df);
    }
    TuningSpec none =
        new TuningSpec(RidgeSpec.standard(), LambdaRequest.degreesOfFreedom(8), Rule.GIVEN);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Tuning.run(rows.folded(1, i -> 0), none, FoldExecutor.inParallel(1)));
    assertEquals(
        "Cannot find the lambda of 8.0 degrees of freedom: they must be between 0 and 8, the rank"
            + " of the inputs",
        refused.getMessage());
  }

  @Test
  void givenGridsKeepTheirOrderWhenRefined() {
    Rows rows = Rows.normal(37, 40, 5, 1).mapTargets(y -> y + 5 * Math.sin(99 * y));
    for (double[] grid : new double[][] {{0, 1, 10, 100}, {100, 10, 1, 0.1}}) {
      for (Rule rule : new Rule[] {Rule.GCV, Rule.AIC, Rule.SURE, Rule.EVIDENCE, Rule.CV_MIN}) {
        TuningSpec spec =
            new TuningSpec(
                RidgeSpec.standard(),
                LambdaRequest.of(LambdaConvention.SUM, grid),
                rule,
                TuningSpec.Search.REFINED);
        TuningResult tuned =
            Tuning.run(rows.folded(4, i -> i % 4), spec, FoldExecutor.inParallel(1));
        TargetTuning target = tuned.target(0);
        List<Double> rest = new ArrayList<>();
        for (double lambda : target.grid().lambdas().toArray()) {
          rest.add(lambda);
        }
        assertEquals(5, rest.size(), rule + " of " + Arrays.toString(grid));
        rest.remove((Object) target.lambda());
        assertEquals(Arrays.stream(grid).boxed().toList(), rest, rule.label());
        assertIsMinimum(rows, tuned, rule);
      }
    }
  }

  /** A finer grid about the chosen lambda has nothing better. */
  private static void assertIsMinimum(Rows rows, TuningResult tuned, Rule rule) {
    double best = tuned.target(0).lambda();
    double[] near = {best * 0.99, best * 0.999, best, best * 1.001, best * 1.01};
    TuningSpec spec =
        new TuningSpec(
            RidgeSpec.standard(), LambdaRequest.of(LambdaConvention.SUM, near), Rule.GCV);
    TargetTuning target =
        Tuning.run(rows.folded(4, i -> i % 4), spec, FoldExecutor.inParallel(1)).target(0);
    double variance = tuned.target(0).criteria().sureVariance();
    for (int l = 0; l < near.length; l++) {
      double[] value = new double[2];
      for (int k = 0; k < 2; k++) {
        int at = k == 0 ? 2 : l;
        value[k] =
            switch (rule) {
              case CV_MIN -> target.scores().orElseThrow().mean(at);
              case SURE -> target.path().rss().get(at) + 2 * variance * target.path().df().get(at);
              default -> target.criteria().scores(rule).get(at);
            };
      }
      assertTrue(value[0] <= value[1] + 1e-13 * Math.abs(value[1]), rule + " at " + near[l]);
    }
  }

  @Test
  void rulesOfTheGridAreNotRefined() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new TuningSpec(
                    RidgeSpec.standard(),
                    LambdaRequest.automatic(),
                    Rule.CV_1SE,
                    TuningSpec.Search.REFINED));
    assertEquals(
        "Cannot refine the choice of cv-1se: it is defined on a grid only", refused.getMessage());
  }
}
