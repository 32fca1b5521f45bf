package org.ridgeline.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;

/** Forecasts against values in arithmetic of 40 digits. */
class ForecastCasesTest {
  static List<ForecastCase> cases() throws IOException {
    return ForecastCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void curvesOfEveryFold(ForecastCase of) throws IOException {
    JsonNode folds = of.expected().get("folds");
    List<ScoredCurve> found = of.forecast().folds();
    assertEquals(folds.size(), found.size());
    for (int f = 0; f < found.size(); f++) {
      requireCurve(folds.get(f), found.get(f).training());
      assertClose(folds.get(f).get("heldout"), found.get(f).errors().get(0), 1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void curvesOfAllRows(ForecastCase of) throws IOException {
    RidgeProblem problem = RidgeProblem.of(of.moments().total(), of.spec());
    RidgeSystem system = EigenSystem.of(problem);
    requireCurve(
        of.expected().get("all_rows"),
        TrainingCurve.of(problem, system, system.paths(List.of(of.lambdas())).get(0)));
  }

  private static void requireCurve(JsonNode expected, TrainingCurve found) {
    assertClose(expected.get("df1"), found.df1(), 1e-9);
    assertClose(expected.get("df2_population"), found.df2(), 1e-9);
    assertClose(expected.get("kappa"), found.kappa(), 1e-9);
    assertClose(expected.get("M"), found.level(), 1e-9);
    assertClose(expected.get("Q"), found.objective(), 1e-9);
    for (int l = 0; l < found.size() && found.isContinuous(); l++) {
      double lambda = found.lambdas().get(l);
      assertEquals(found.df1().get(l), found.df1At(lambda), 1e-10 * found.df1().get(l));
      assertEquals(found.kappa().get(l), found.kappaAt(lambda), 1e-9 * found.kappa().get(l));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pooledCurve(ForecastCase of) throws IOException {
    JsonNode expected = of.expected().get("pooled");
    PooledCurve found = of.forecast().pooled();
    assertClose(expected.get("e"), found.error(), 1e-8);
    assertClose(expected.get("df1"), found.df1(), 1e-8);
    assertClose(expected.get("df2"), found.df2(), 1e-8);
    assertClose(expected.get("M_train"), found.trainingLevel(), 1e-8);
    for (int l = 0; l < found.lambdas().size(); l++) {
      assertClose(expected.get("M").get(l).asDouble(), found.level(l), 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void errorsAndBandsAtEveryNumberOfRows(ForecastCase of) throws IOException {
    LearningForecast forecast = of.forecast();
    for (Map.Entry<String, JsonNode> each : of.expected().get("forecast").properties()) {
      JsonNode expected = each.getValue();
      double rows =
          each.getKey().equals("inf")
              ? Double.POSITIVE_INFINITY
              : Double.parseDouble(each.getKey());
      Foretold found = forecast.at(rows);
      assertClose(expected.get("mse").asDouble(), found.mse(), 1e-7);
      assertClose(expected.get("lo").asDouble(), found.level().low(), 1e-7);
      assertClose(expected.get("hi").asDouble(), found.level().high(), 1e-7);
      assertClose(expected.get("ratio").asDouble(), found.ratio(), 1e-7);
      assertClose(expected.get("ratio_lo").asDouble(), found.gain().low(), 1e-7);
      assertClose(expected.get("ratio_hi").asDouble(), found.gain().high(), 1e-7);
      assertEquals(expected.get("edge").asBoolean(), found.atMost());
    }
  }

  /** A property of these draws; of others nine in ten. */
  @ParameterizedTest
  @MethodSource("cases")
  void theTruthIsInTheBands(ForecastCase of) throws IOException {
    JsonNode truths = of.expected().path("population_truth");
    LearningForecast forecast = of.forecast();
    for (Map.Entry<String, JsonNode> truth : truths.properties()) {
      double rows = Double.parseDouble(truth.getKey());
      double mse = truth.getValue().path("mse").asDouble();
      Band band = forecast.at(rows).level();
      assertTrue(band.low() <= mse && mse <= band.high(), rows + " rows: " + mse + ", " + band);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whereTheRunIsNow(ForecastCase of) throws IOException {
    JsonNode expected = of.expected().get("now");
    LearningForecast forecast = of.forecast();
    assertClose(expected.get("mse").asDouble(), forecast.now().mse(), 1e-7);
    assertClose(expected.get("exponent").asDouble(), forecast.exponent(), 1e-7);
    assertClose(expected.get("df1").asDouble(), forecast.df(), 1e-7);
    assertEquals(of.lambdas().get(expected.get("index").asInt()), forecast.lambda());
    JsonNode diagnostic = of.expected().get("diagnostic");
    assertEquals(of.lambdas().get(diagnostic.get("index").asInt()), forecast.bestLambda());
    assertEquals(diagnostic.get("log_train_over_cv").asDouble(), forecast.disagreement(), 1e-8);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowsForTargets(ForecastCase of) throws IOException {
    LearningForecast forecast = of.forecast();
    for (JsonNode expected : of.expected().get("rows_for_target")) {
      double mse = expected.get("target").asDouble();
      NeededRows found = forecast.rowsFor(mse);
      assertEquals(!expected.get("rows").isNull(), found.isReachable());
      if (found.isReachable()) {
        assertClose(expected.get("rows").asDouble(), found.rows(), 1e-5);
        assertClose(mse, forecast.at(found.rows()).mse(), 1e-7);
      }
      assertTrue(found.low() <= found.rows() && found.rows() <= found.high());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void errorsAtFixedLambda(ForecastCase of) throws IOException {
    LearningForecast forecast = of.forecast();
    for (JsonNode expected : of.expected().path("fixed_lambda")) {
      SameLambda found =
          SameLambda.of(
              forecast, expected.get("lam").asDouble(), List.of(expected.get("rows").asDouble()));
      JsonNode mse = expected.get("cv_level");
      assertEquals(!mse.isNull(), found.points().get(0).mse().isPresent());
      if (!mse.isNull()) {
        assertClose(mse.asDouble(), found.points().get(0).mse().getAsDouble(), 1e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void windowsOfFolds(ForecastCase of) throws IOException {
    LearningForecast forecast = of.forecast();
    for (JsonNode expected : of.expected().get("learning_curve")) {
      ObservedCurve.Windows found =
          ObservedCurve.Windows.of(forecast, expected.get("folds").asInt());
      for (int l = 0; l < of.lambdas().size(); l++) {
        assertClose(expected.get("mse").get(l).asDouble(), found.mean(l), 1e-9);
        assertClose(expected.get("se").get(l).asDouble(), found.foldError(l), 1e-9);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void effectiveRanks(ForecastCase of) throws IOException {
    JsonNode expected = of.expected().get("effective_ranks");
    Moments all = of.moments().total();
    Vec e = EigenSystem.of(RidgeProblem.of(all, of.spec())).eigenvalues();
    EffectiveRanks found = EffectiveRanks.of(e, (double) all.rows());
    assertClose(expected.get("r").get(0).asDouble(), found.first(), 1e-9);
    assertClose(expected.get("R").get(0).asDouble(), found.second(), 1e-9);
    JsonNode benign = expected.get("kstar");
    assertEquals(
        benign.isNull() ? OptionalInt.empty() : OptionalInt.of(benign.asInt()), found.benignFrom());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void varianceByTheRows(ForecastCase of) throws IOException {
    JsonNode expected = of.expected().path("data_variance");
    if (expected.has("value")) {
      VarianceSplit found = VarianceSplit.ofRows(of.forecast(), expected.get("lam").asDouble());
      assertClose(expected.get("value").asDouble(), found.rows(), 1e-8);
    }
  }

  @Test
  void varianceByRowsAndFeatures() throws IOException {
    ForecastCase of = ForecastCase.of("f03_random_features");
    JsonNode expected = of.expected().get("split_2x2");
    double lambda = expected.get("lam_full").asDouble();
    VarianceSplit found = VarianceSplit.of(of.forecast(), lambda, 15);
    assertClose(expected.get("V_data").asDouble(), found.rows(), 1e-8);
    assertClose(expected.get("V_features").asDouble(), found.features().getAsDouble(), 1e-8);
    assertClose(expected.get("V_interaction").asDouble(), found.both().getAsDouble(), 1e-8);
  }

  @Test
  void errorsOfOtherWidths() throws IOException {
    ForecastCase of = ForecastCase.of("f03_random_features");
    RidgeProblem problem = RidgeProblem.of(of.moments().total(), of.spec());
    RidgeSystem system = EigenSystem.of(problem);
    TrainingCurve curve =
        TrainingCurve.of(problem, system, system.paths(List.of(of.lambdas())).get(0));
    for (JsonNode expected : of.expected().at("/random_features/values")) {
      JsonNode width = expected.get("width");
      double wider = width.isTextual() ? Double.POSITIVE_INFINITY : width.asDouble();
      Vec errors = ForecastCase.vec(expected.get("mse"));
      for (int l = 0; l < errors.size(); l++) {
        double rows = expected.get("rows").asDouble();
        double found = WiderMaps.error(curve, l, 30, rows, wider);
        if (!Double.isNaN(errors.get(l))) {
          assertClose(errors.get(l), found, 1e-8);
        }
      }
    }
  }

  /** Of starved features the gain is foretold on the side of too little. */
  @Test
  void widerMapsAreAtLeastThisMuchBetter() throws IOException {
    ForecastCase of = ForecastCase.of("f03_random_features");
    WiderMaps found = WiderMaps.of(of.forecast());
    double before = 1;
    JsonNode truths = of.expected().at("/random_features/population_truth");
    for (WiderMaps.Point point : found.points()) {
      double truth = Double.NaN;
      for (JsonNode each : truths) {
        String width = each.get("width").asText();
        boolean same =
            width.equals("inf")
                ? Double.isInfinite(point.features())
                : Double.parseDouble(width) == point.features();
        truth = each.get("rows").asInt() == 150 && same ? each.get("mse").asDouble() : truth;
      }
      assertTrue(truth <= point.mse(), truth + " > " + point);
      assertTrue(point.ratio() < before, point.toString());
      before = point.ratio();
    }
    assertTrue(found.isFeatureLimited(), found.toString());
  }

  private static void assertClose(JsonNode expected, Vec found, double tolerance) {
    Vec values = ForecastCase.vec(expected);
    assertEquals(values.size(), found.size());
    for (int l = 0; l < values.size(); l++) {
      assertClose(values.get(l), found.get(l), tolerance);
    }
  }

  private static void assertClose(double expected, double found, double tolerance) {
    assertEquals(expected, found, tolerance * Math.abs(expected));
  }
}
