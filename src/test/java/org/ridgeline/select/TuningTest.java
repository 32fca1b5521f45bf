package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;

/** Fold errors against refits on the rows, and what is made of them. */
class TuningTest {
  private static final double[] LAMBDAS = {0.01, 1, 100};

  private static TuningResult tune(
      Rows rows, int k, IntUnaryOperator folds, RidgeSpec ridge, Rule rule) {
    TuningSpec spec = new TuningSpec(ridge, LambdaRequest.of(LambdaConvention.SUM, LAMBDAS), rule);
    return Tuning.run(rows.folded(k, folds), spec, FoldExecutor.inParallel(2));
  }

  /** Everything of the tuning against refits; tolerance for designs of condition below 100. */
  private static void check(Rows rows, int k, IntUnaryOperator folds, RidgeSpec ridge) {
    TuningResult tuned = tune(rows, k, folds, ridge, Rule.CV_MIN);
    for (int t = 0; t < rows.targets(); t++) {
      FoldScores scores = tuned.target(t).scores().orElseThrow();
      for (int l = 0; l < LAMBDAS.length; l++) {
        double[] squares = new double[k];
        double[] weights = new double[k];
        for (int f = 0; f < k; f++) {
          int fold = f;
          Rows training = rows.where(i -> folds.applyAsInt(i) != fold);
          Rows heldOut = rows.where(i -> folds.applyAsInt(i) == fold);
          squares[f] = ExactRidge.fit(training, ridge, LAMBDAS[l]).sumSquares(heldOut, t);
          for (int i = 0; i < heldOut.size(); i++) {
            weights[f] += heldOut.w(i);
          }
          String what = ridge + " lambda " + LAMBDAS[l] + " target " + t + " fold " + f;
          assertEquals(squares[f], scores.sumSquares().get(l, f), 1e-11 * squares[f], what);
          assertEquals(weights[f], scores.weights().get(f), 1e-14 * weights[f], what);
        }
        checkSummary(scores, l, squares, weights);
      }
    }
  }

  private static void checkSummary(FoldScores scores, int l, double[] squares, double[] weights) {
    int k = squares.length;
    double mean = 0;
    double allSquares = 0;
    double allWeights = 0;
    for (int f = 0; f < k; f++) {
      mean += squares[f] / weights[f] / k;
      allSquares += squares[f];
      allWeights += weights[f];
    }
    double variance = 0;
    for (int f = 0; f < k; f++) {
      variance += Math.pow(squares[f] / weights[f] - mean, 2) / (k - 1);
    }
    assertEquals(mean, scores.mean(l), 1e-11 * mean);
    assertEquals(Math.sqrt(variance / k), scores.standardError(l), 1e-9 * mean);
    assertEquals(allSquares / allWeights, scores.pooled(l), 1e-11 * mean);
  }

  @Test
  void foldErrorsEqualRefitsForEverySpecification() {
    Rows rows = Rows.normal(201, 24, 3, 2).mapInput(1, v -> 5 + 3 * v);
    for (Intercept intercept : Intercept.values()) {
      for (Scaling scaling : Scaling.values()) {
        for (SolverKind solver : List.of(SolverKind.CHOLESKY, SolverKind.EIGEN)) {
          RidgeSpec ridge = new RidgeSpec(intercept, scaling, solver);
          check(rows, 4, i -> i % 4, ridge);
          if (scaling != Scaling.SAMPLE) {
            check(rows.withRandomWeights(202), 4, i -> i % 4, ridge);
          }
        }
      }
    }
  }

  @Test
  void unequalFoldsEqualRefits() {
    Rows rows = Rows.normal(203, 24, 3, 1).withRandomWeights(204);
    check(rows, 3, i -> i < 2 ? 0 : i < 6 ? 1 : 2, RidgeSpec.standard());
    // all rows in one fold but one: the other fold trains on a single row
    check(rows, 2, i -> i == 7 ? 1 : 0, RidgeSpec.standard());
    check(rows, 24, i -> i, RidgeSpec.standard());
    check(rows.pick(0, 1), 2, i -> i, RidgeSpec.standard());
  }

  @Test
  void farOffsetsEqualRefits() {
    Rows rows =
        Rows.normal(205, 30, 3, 1)
            .mapInput(0, v -> 1e8 + v)
            .mapInput(1, v -> 1e-6 * (1e6 - v))
            .mapTargets(v -> v - 1e8);
    check(rows, 5, i -> i % 5, RidgeSpec.standard());
    check(rows.withRandomWeights(206), 3, i -> i / 10, RidgeSpec.standard());
  }

  @Test
  void aColumnConstantOutsideOneFoldEqualsRefits() {
    Rows rows = Rows.normal(207, 20, 3, 1);
    double only = rows.x(4, 1);
    check(rows.mapInput(1, v -> v == only ? 3 : 0.1), 4, i -> i % 4, RidgeSpec.standard());
  }

  @Test
  void moreColumnsThanTrainingRowsEqualRefits() {
    check(Rows.normal(208, 9, 12, 1), 3, i -> i % 3, RidgeSpec.standard());
  }

  @Test
  void heavyAndLightWeightsEqualRefits() {
    for (double unit : new double[] {1e-6, 1e6}) {
      Rows rows = Rows.normal(209, 20, 3, 1);
      double[] weights = new double[20];
      for (int i = 0; i < 20; i++) {
        weights[i] = (i % 3 == 0 ? 1 : unit) * (1 + i % 5);
      }
      check(rows.withWeights(weights), 4, i -> i % 4, RidgeSpec.standard());
    }
  }

  @Test
  void theModelOfAllRowsIsNotAnAverageOfTheFolds() {
    Rows rows = Rows.normal(210, 20, 3, 1);
    TuningResult tuned = tune(rows, 4, i -> i % 4, RidgeSpec.standard(), Rule.CV_MIN);
    TargetTuning target = tuned.target(0);
    ExactRidge exact = ExactRidge.fit(rows, RidgeSpec.standard(), target.lambda());
    for (int j = 0; j < 3; j++) {
      assertEquals(exact.coefficient(j, 0), target.coefficients().get(j), 1e-12);
    }
    assertEquals(exact.intercept(0), target.intercept(), 1e-12);
    assertTrue(tuned.relativeResidual(0) < 1e-14);
    assertEquals(tuned.system().rcond(target.lambda()), tuned.rcond(0));
  }

  @Test
  void givenLambdasAreUsedExactlyInTheirOrder() {
    double[] given = {10, 0.1, 10, 1000, 0};
    LambdaRequest request = LambdaRequest.of(LambdaConvention.SUM, given);
    TuningSpec spec = new TuningSpec(RidgeSpec.standard(), request, Rule.CV_MIN);
    FoldedMoments moments = Rows.normal(211, 20, 3, 1).folded(4, i -> i % 4);
    LambdaGrid grid = Tuning.run(moments, spec, FoldExecutor.inParallel(1)).target(0).grid();
    assertEquals(Vec.of(given), grid.lambdas());
    assertEquals(5, grid.size());
  }

  @Test
  void givenLambdasAreConvertedForEachTarget() {
    Rows rows = Rows.normal(212, 20, 3, 2).withRandomWeights(213);
    LambdaRequest request = LambdaRequest.of(LambdaConvention.SPARK, 0.5);
    TuningSpec spec = new TuningSpec(RidgeSpec.standard(), request, Rule.GIVEN);
    Moments moments = rows.moments();
    TuningResult tuned =
        Tuning.run(
            FoldedMoments.of(List.of("all"), List.of(moments)), spec, FoldExecutor.inParallel(1));
    for (int t = 0; t < 2; t++) {
      double sd = Math.sqrt(moments.scatter().get(3 + t, 3 + t) / moments.weightSum());
      assertEquals(0.5 * moments.weightSum() / sd, tuned.target(t).lambda(), 1e-12);
      assertTrue(tuned.target(t).scores().isEmpty());
    }
  }

  @Test
  void gcvEqualsItsFormulaAndNeedsNoFolds() {
    Rows rows = Rows.normal(214, 20, 3, 1).withRandomWeights(215);
    TuningSpec spec =
        new TuningSpec(
            RidgeSpec.standard(), LambdaRequest.of(LambdaConvention.SUM, LAMBDAS), Rule.GCV);
    FoldedMoments moments = FoldedMoments.of(List.of("all"), List.of(rows.moments()));
    TargetTuning target = Tuning.run(moments, spec, FoldExecutor.inParallel(1)).target(0);
    int best = 0;
    for (int l = 0; l < LAMBDAS.length; l++) {
      ExactRidge exact = ExactRidge.fit(rows, RidgeSpec.standard(), LAMBDAS[l]);
      double mse = exact.sumSquares(rows, 0) / rows.moments().weightSum();
      double gcv = mse / Math.pow(1 - (exact.df() + 1) / 20, 2);
      assertEquals(gcv, target.criteria().gcv().get(l), 1e-11 * gcv);
      best = target.criteria().gcv().get(l) < target.criteria().gcv().get(best) ? l : best;
    }
    assertEquals(best, target.selection().chosen());
  }

  @Test
  void gcvDoesNotCollapseWhereColumnsInterpolate() {
    for (SolverKind solver : List.of(SolverKind.CHOLESKY, SolverKind.EIGEN)) {
      Rows rows = Rows.normal(216, 12, 30, 1).mapInput(0, v -> 1e-4 * v).mapInput(1, v -> 1e4 * v);
      RidgeSpec ridge = new RidgeSpec(Intercept.FREE, Scaling.NONE, solver);
      TuningSpec spec = new TuningSpec(ridge, LambdaRequest.automatic(), Rule.GCV);
      FoldedMoments moments = FoldedMoments.of(List.of("all"), List.of(rows.moments()));
      TuningResult tuned = Tuning.run(moments, spec, FoldExecutor.inParallel(1));
      TargetTuning target = tuned.target(0);
      ExactRidge exact = ExactRidge.fit(rows, ridge, target.lambda());
      double left = 1 - (exact.df() + 1) / 12;
      double gcv = exact.sumSquares(rows, 0) / 12 / (left * left);
      // the eigenvalues of columns of such different size lose half their digits
      double tolerance = solver == SolverKind.EIGEN ? 1e-2 : 1e-4;
      assertEquals(
          gcv,
          target.criteria().gcv().get(target.selection().chosen()),
          tolerance * gcv,
          "" + solver);
    }
  }

  @Test
  void impossibleRequestsAreRefused() {
    Rows rows = Rows.normal(217, 20, 3, 1);
    assertEquals(
        "Cannot choose lambda by cv-min: it needs at least 2 folds",
        refusal(() -> tune(rows, 1, i -> 0, RidgeSpec.standard(), Rule.CV_MIN)));
    assertEquals(
        "Cannot cross-validate: fold 2 has no rows of positive weight; use fewer folds",
        refusal(() -> tune(rows, 3, i -> i % 2, RidgeSpec.standard(), Rule.CV_MIN)));
    assertEquals(
        "Cannot choose lambda: the criterion is undefined on the whole grid, because no degrees of"
            + " freedom are left; use larger lambdas or select cv-min",
        refusal(() -> tune(rows.pick(3), 1, i -> 0, RidgeSpec.standard(), Rule.GCV)));
  }

  @Test
  void exactSumsOfSquaresReplaceThoseOfTheMoments() {
    Rows rows = Rows.normal(218, 20, 3, 1);
    TuningResult tuned = tune(rows, 2, i -> i % 2, RidgeSpec.standard(), Rule.CV_MIN);
    List<Vec> rss = List.of(Vec.of(1, 2, 3));
    double[] weights = {10, 10};
    FoldScores scores = FoldScores.of(List.of(Vec.of(50, 40, 60), Vec.of(50, 60, 10)), weights);
    TargetTuning rescored = Tuning.rescored(tuned, rss, List.of(Optional.of(scores))).target(0);
    assertEquals(Vec.of(1, 2, 3), rescored.path().rss());
    assertEquals(3.5, rescored.scores().orElseThrow().mean(2));
    assertEquals(2, rescored.selection().chosen());
    double left = (19 - rescored.path().df().get(1)) / 20;
    assertEquals(2.0 / 20 / (left * left), rescored.criteria().gcv().get(1), 1e-12);
    assertEquals(tuned.target(0).coefficients().size(), rescored.coefficients().size());
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Rows rows = Rows.normal(219, 60, 8, 2);
    List<FoldScores> all = new ArrayList<>();
    List<RidgePath> paths = new ArrayList<>();
    for (int threads : new int[] {1, 2, 5}) {
      TuningSpec spec =
          new TuningSpec(RidgeSpec.standard(), LambdaRequest.automatic(), Rule.CV_1SE);
      FoldedMoments moments = rows.folded(5, i -> i % 5);
      TargetTuning target = Tuning.run(moments, spec, FoldExecutor.inParallel(threads)).target(1);
      all.add(target.scores().orElseThrow());
      paths.add(target.path());
    }
    assertEquals(Collections.nCopies(3, all.get(0)), all);
    assertEquals(paths.get(0).rss(), paths.get(2).rss());
  }

  @Test
  void aRefusalInAFoldReachesTheCaller() {
    // without a fold of its own, the first column repeats the second
    Rows rows = Rows.normal(220, 20, 2, 1).selectInputs(0, 1, 0);
    double odd = rows.x(0, 2);
    Rows collinear = rows.mapInput(2, v -> v == odd ? v + 1 : v);
    RidgeSpec cholesky = RidgeSpec.standard().with(SolverKind.CHOLESKY);
    TuningSpec spec =
        new TuningSpec(cholesky, LambdaRequest.of(LambdaConvention.SUM, 0), Rule.CV_MIN);
    FoldedMoments moments = collinear.folded(4, i -> i % 4);
    for (int threads : new int[] {1, 3}) {
      RuntimeException refusal =
          assertThrows(
              RuntimeException.class,
              () -> Tuning.run(moments, spec, FoldExecutor.inParallel(threads)));
      assertTrue(
          refusal.getMessage().startsWith("Cannot solve at lambda = 0.0"), refusal::getMessage);
    }
    assertEquals(
        "Cannot solve with 0 threads: at least 1 is needed",
        refusal(() -> FoldExecutor.inParallel(0)));
  }

  /** Spectra: few rows of many smooth columns, and a target that two of them explain. */
  private static Rows spectra() {
    Random random = new Random(28);
    double[][] x = new double[28][268];
    double[] y = new double[28];
    for (int i = 0; i < 28; i++) {
      double[] parts = random.doubles(12, -1, 1).toArray();
      for (int j = 0; j < 268; j++) {
        for (int k = 0; k < 12; k++) {
          x[i][j] += parts[k] * Math.pow(10, -0.5 * k) * Math.cos(k * j / 268.0);
        }
      }
      y[i] = x[i][100] - 0.5 * x[i][200];
    }
    return Rows.of(x, y);
  }

  @Test
  void whatHasLostItsDigitsIsEmptyAndNeverChosen() {
    Rows rows = spectra();
    FoldedMoments moments = rows.folded(4, i -> i % 4);
    for (Rule rule : List.of(Rule.GCV, Rule.AIC, Rule.BIC, Rule.SURE, Rule.CV_MIN)) {
      TuningSpec spec =
          new TuningSpec(
              RidgeSpec.standard(),
              LambdaRequest.of(
                  LambdaConvention.SUM, LambdaRequest.logSpaced(1e-16, 1e3, 39).toArray()),
              rule);
      TargetTuning target = Tuning.run(moments, spec, FoldExecutor.inParallel(1)).target(0);
      int lost = 0;
      for (int l = 0; l < target.grid().lambdas().size(); l++) {
        double rss = target.path().rss().get(l);
        boolean isLost = rss <= 4 * 268 * Math.ulp(1.0) * target.path().targetSumSquares();
        assertEquals(isLost, target.path().isLost(l), "lambda " + l);
        assertEquals(isLost, Double.isNaN(target.criteria().gcv().get(l)), "gcv " + l);
        assertEquals(isLost, Double.isNaN(target.criteria().aic().get(l)), "aic " + l);
        assertEquals(isLost, Double.isNaN(target.criteria().bic().get(l)), "bic " + l);
        assertEquals(isLost, Double.isNaN(target.criteria().sure().get(l)), "sure " + l);
        assertEquals(isLost, Double.isNaN(target.path().samplingVariance(l)), "variance " + l);
        lost += isLost ? 1 : 0;
      }
      assertTrue(lost > 0, rule + " lost none");
      int chosen = target.selection().chosen();
      assertFalse(rule != Rule.CV_MIN && target.path().isLost(chosen), rule + " chose noise");
      double error = target.scores().orElseThrow().mean(chosen);
      assertFalse(rule == Rule.CV_MIN && Double.isNaN(error), "cv-min chose noise");
    }
  }

  @Test
  void aChoiceWithoutDigitsIsRefusedUnlessTheRowsWillTell() {
    Rows rows = Rows.normal(230, 30, 2, 1);
    double[] y = new double[30];
    for (int i = 0; i < 30; i++) {
      y[i] = 3 * rows.x(i, 0) - rows.x(i, 1);
    }
    Rows exact = rows.withTarget(y).onlyTarget(1);
    FoldedMoments moments = exact.folded(3, i -> i % 3);
    for (Rule rule : List.of(Rule.GCV, Rule.CV_MIN)) {
      TuningSpec spec =
          new TuningSpec(
              RidgeSpec.standard(), LambdaRequest.of(LambdaConvention.SUM, 0, 1e-9), rule);
      SingularException refused =
          assertThrows(
              SingularException.class, () -> Tuning.run(moments, spec, FoldExecutor.inParallel(1)));
      assertEquals(
          "Cannot choose lambda by "
              + rule.label()
              + ": the fit is so close that the errors in the moments have lost their digits at"
              + " every lambda; use exact-residuals, or larger lambdas",
          refused.getMessage());
      TuningResult later = Tuning.run(moments, spec.measuredLater(), FoldExecutor.inParallel(1));
      List<Vec> folds = List.of(Vec.of(2, 1), Vec.of(2, 1), Vec.of(2, 1));
      FoldScores scores = FoldScores.of(folds, new double[] {1, 1, 1});
      TuningResult measured =
          Tuning.rescored(later, List.of(Vec.of(2, 1)), List.of(Optional.of(scores)));
      assertEquals(1, measured.target(0).selection().chosen());
    }
  }

  @Test
  void aRuleIsCostlyAgainstTheSmallestErrorOfAnySetting() {
    Rows rows = Rows.normal(231, 60, 4, 1);
    TuningSpec spec = new TuningSpec(RidgeSpec.standard(), LambdaRequest.automatic(), Rule.GCV);
    FoldExecutor executor = FoldExecutor.inParallel(1);
    TargetTuning all = Tuning.run(rows.folded(5, i -> i % 5), spec, executor).target(0);
    FoldedMoments fewer = rows.selectInputs(0).folded(5, i -> i % 5);
    TargetTuning one = Tuning.run(fewer, spec, executor).target(0);
    assertEquals(Map.of(), Choices.costly(all, all));
    assertEquals(Map.of(), Choices.costly(one, one));
    Map<Rule, Double> costly = Choices.costly(one, all);
    double error = one.scores().orElseThrow().mean(one.selection().chosen());
    assertEquals(error, costly.get(Rule.GCV));
    assertFalse(costly.containsKey(Rule.CV_1SE));
    FoldedMoments whole = rows.folded(1, i -> 0);
    TargetTuning unfolded = Tuning.run(whole, spec, executor).target(0);
    assertEquals(Map.of(), Choices.costly(unfolded, unfolded));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
