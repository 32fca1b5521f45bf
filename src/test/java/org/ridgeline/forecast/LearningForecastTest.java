package org.ridgeline.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ridgeline.base.DataException;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.LambdaRequest;

class LearningForecastTest {
  private static final RidgeSpec SPEC =
      new RidgeSpec(Intercept.FREE, Scaling.NONE, SolverKind.AUTO);
  private static final Vec LAMBDAS = LambdaRequest.logSpaced(1e-3, 1e3, 25);

  @Test
  void foretellsWhatMoreRowsOfTheSameLawGive() {
    LearningForecast few = forecast(folds(200, 30, 10, 1, 0.7), SPEC);
    LearningForecast many = forecast(folds(1600, 30, 10, 2, 0.7), SPEC);
    Foretold there = few.at(1600);
    double truth = many.now().mse();
    assertTrue(there.level().low() < truth && truth < there.level().high(), there + " of " + truth);
    assertTrue(there.ratio() < 1 && few.exponent() > 0, there.toString());
  }

  @Test
  void moreRowsAreNeverWorseAndEndAtTheFloor() {
    LearningForecast forecast = forecast(folds(200, 30, 10, 3, 1), SPEC);
    double before = forecast.now().mse();
    for (double rows = 250; rows < 1e9; rows *= 2) {
      double mse = forecast.at(rows).mse();
      assertTrue(mse <= before, rows + " rows");
      before = mse;
    }
    double floor = forecast.at(Double.POSITIVE_INFINITY).mse();
    assertEquals(floor, before, 1e-6 * floor);
  }

  @Test
  void rowsThatAreThereAreEnoughForAnErrorThatIsReached() {
    LearningForecast forecast = forecast(folds(200, 10, 5, 4, 1), SPEC);
    assertEquals(200, forecast.rowsFor(2 * forecast.now().mse()).rows());
  }

  @Test
  void scalesWithTheTarget() {
    LearningForecast plain = forecast(folds(100, 8, 5, 5, 1), SPEC);
    LearningForecast scaled = forecast(scaled(100, 8, 5, 5, 1, 1e4), SPEC);
    assertEquals(1e8 * plain.at(1000).mse(), scaled.at(1000).mse(), 1e-5 * plain.now().mse() * 1e8);
    assertEquals(plain.exponent(), scaled.exponent(), 1e-9);
    assertEquals(plain.disagreement(), scaled.disagreement(), 1e-9);
  }

  @Test
  void frequenciesAreRows() {
    FoldedMoments once = folds(60, 4, 4, 6, 1);
    RidgeSpec counted = SPEC.with(WeightKind.FREQUENCY);
    LearningForecast doubled = forecast(once.plus(once, String::compareTo), counted);
    LearningForecast weighted = forecast(weighted(60, 4, 4, 6, 2), counted);
    assertEquals(120, weighted.rows());
    assertEquals(doubled.at(1000).mse(), weighted.at(1000).mse(), 1e-9);
  }

  @Test
  void refusesFewerThanThreeFolds() {
    requireRefused(
        "Cannot forecast from 2 folds: at least 3 are needed", folds(100, 5, 2, 7, 1), SPEC);
  }

  @Test
  void refusesFewRows() {
    requireRefused(
        "Cannot forecast from 24 rows: without fold 0 at least 20 are needed",
        folds(24, 2, 4, 8, 1),
        SPEC);
  }

  @Test
  void refusesPrecisionsThatDiffer() {
    requireRefused(
        "Cannot forecast rows whose weights are precisions that differ: the forecast counts rows,"
            + " and has not been validated for them",
        weighted(60, 4, 4, 9, 2),
        SPEC);
  }

  @Test
  void refusesFeaturesWithoutPenalty() {
    requireRefused(
        "Cannot forecast with features that have no penalty: the theory is of one penalty on all of"
            + " them",
        folds(100, 3, 4, 10, 1),
        SPEC.with(Penalty.factors(0, 1, 1)));
  }

  @Test
  void refusesErrorsWithoutDigits() {
    requireRefused(
        "Cannot forecast: at every lambda the errors have fewer than 3 digits left, or the degrees"
            + " of freedom take more than 0.8 of the rows; try larger lambdas",
        folds(100, 3, 4, 11, 1e-9),
        SPEC,
        Vec.of(1e-14, 1e-13));
  }

  @Test
  void lambdasThatEndWhileTheErrorFallsGiveABound() {
    FoldedMoments moments = folds(200, 10, 5, 13, 0.3);
    LearningForecast high = forecast(moments, LambdaRequest.logSpaced(1e3, 1e5, 20));
    assertTrue(high.isOpen());
    for (double rows : new double[] {200, 2000, Double.POSITIVE_INFINITY}) {
      Foretold found = high.at(rows);
      assertTrue(found.atMost(), found.toString());
      assertEquals(0, found.level().low());
      assertEquals(0, found.gain().low());
      assertTrue(found.gain().high() >= 1, "of a bound now no gain is known: " + found);
    }
    Foretold limit = high.at(Double.POSITIVE_INFINITY);
    assertEquals(Verdict.Kind.CANNOT_TELL, Verdict.of(high.at(2000), limit, 0, 0).kind());
    assertTrue(!forecast(moments, SPEC).isOpen());
    assertTrue(!forecast(moments, SPEC).at(2000).atMost());
  }

  /** Of a target that is noise, the best lambda has no end. */
  @Test
  void lambdasThatEndBelowTheBestGiveABound() {
    FoldedMoments noise = folds(100, 30, 5, 14, 100);
    assertTrue(forecast(noise, LambdaRequest.logSpaced(1e-3, 1, 10)).isOpen());
    assertTrue(!forecast(noise, LambdaRequest.logSpaced(1e-3, 1e6, 40)).isOpen());
  }

  @Test
  void oneLambdaGivesABoundUnlessItIsZero() {
    FoldedMoments moments = folds(200, 10, 5, 15, 0.3);
    assertTrue(forecast(moments, Vec.of(1)).at(400).atMost());
    assertTrue(!forecast(moments, Vec.of(0)).at(400).atMost());
  }

  @Test
  void theBestLambdaIsNeverWorseThanAFixedOne() {
    FoldedMoments exact = folds(200, 5, 5, 16, 0);
    LearningForecast forecast = forecast(exact, LambdaRequest.logSpaced(0.05, 1e3, 40));
    SameLambda same = SameLambda.of(forecast, 0.05, List.of(200.0, 400.0, 2000.0));
    OptimalLine line = OptimalLine.of(forecast, same);
    List<Foretold> all = new ArrayList<>(List.of(line.now()));
    all.addAll(line.foretold());
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i < all.size(); i++) {
      Foretold point = all.get(i);
      assertTrue(point.atMost() && point.level().low() == 0, point.toString());
      assertTrue(point.mse() <= before && point.mse() <= point.level().high(), point.toString());
      assertEquals(point.mse() / line.now().mse(), point.ratio(), 1e-12);
      assertTrue(point.ratio() <= point.gain().high() && point.gain().high() >= 1);
      int fixed = Math.min(i, same.points().size() - 1);
      assertEquals(same.points().get(fixed).mse().orElseThrow(), point.mse(), "the lower of both");
      before = point.mse();
    }
    assertTrue(line.foretold().get(0).mse() < forecast.at(400).mse());
  }

  /** The peak of the error of fixed lambda is where there are as many rows as columns. */
  @Test
  void atOneLambdaMoreRowsMayHurtFirst() {
    FoldedMoments moments = folds(48, 60, 12, 12, 1);
    LearningForecast forecast = forecast(moments, SPEC);
    assertTrue(SameLambda.of(forecast, 1e-3, List.of(96.0)).rises());
    SameLambda best = SameLambda.of(forecast, forecast.bestLambda(), List.of(96.0));
    assertTrue(!best.rises(), best.toString());
  }

  private static void requireRefused(
      String sentence, FoldedMoments folds, RidgeSpec spec, Vec... lambdas) {
    Vec grid = lambdas.length > 0 ? lambdas[0] : LAMBDAS;
    DataException refused =
        assertThrows(DataException.class, () -> LearningForecast.of(folds, spec, List.of(grid)));
    assertEquals(sentence, refused.getMessage());
  }

  private static LearningForecast forecast(FoldedMoments folds, RidgeSpec spec) {
    return LearningForecast.of(folds, spec, List.of(LAMBDAS)).get(0);
  }

  private static LearningForecast forecast(FoldedMoments folds, Vec lambdas) {
    return LearningForecast.of(folds, SPEC, List.of(lambdas)).get(0);
  }

  private static FoldedMoments folds(int n, int d, int k, long seed, double noise) {
    return folds(new int[] {n, d, k}, seed, noise, 1, 1);
  }

  private static FoldedMoments scaled(int n, int d, int k, long seed, double noise, double factor) {
    return folds(new int[] {n, d, k}, seed, noise, factor, 1);
  }

  private static FoldedMoments weighted(int n, int d, int k, long seed, double weight) {
    return folds(new int[] {n, d, k}, seed, 1, 1, weight);
  }

  private static FoldedMoments folds(
      int[] shape, long seed, double noise, double factor, double weight) {
    int n = shape[0];
    int d = shape[1];
    int k = shape[2];
    Random random = new Random(seed);
    List<MomentsAccumulator> folds = new ArrayList<>();
    IntStream.range(0, k).forEach(f -> folds.add(new MomentsAccumulator(d, 1)));
    RowBlock block = new RowBlock(1, d + 1);
    for (int i = 0; i < n; i++) {
      double[] row = new double[d + 1];
      row[d] = noise * random.nextGaussian();
      for (int j = 0; j < d; j++) {
        row[j] = random.nextGaussian();
        row[d] += row[j] / (j + 1);
      }
      row[d] *= factor;
      block.append(row, weight);
      folds.get(i % k).addInPlace(block);
    }
    List<Moments> moments = folds.stream().map(MomentsAccumulator::snapshot).toList();
    return FoldedMoments.of(IntStream.range(0, k).mapToObj(String::valueOf).toList(), moments);
  }
}
