package org.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.Rule;

/** A training with a feature map; the oracle is the textbook formula on the mapped rows. */
@Tag("spark")
class MapTrainingTest {
  private static final Rows ROWS = Rows.normal(61, 50, 3, 1).withRandomWeights(62);
  private static final RidgeSpec PLAIN = RidgeSpec.standard().with(Scaling.NONE);

  private static MapSearch rff(List<Integer> widths, Double... lengthScales) {
    return new MapSearch(
        MapSpec.of(MapKind.RFF, widths.get(widths.size() - 1)),
        widths,
        MapSearch.Centers.SOME,
        List.of(lengthScales),
        MapSearch.Automatic.GRID,
        Scaling.POPULATION,
        OptionalDouble.empty());
  }

  private static Rows mapped(TrainingResult result) {
    return ROWS.mapped(FeatureMap.of(result.model().maps().get(0)));
  }

  @Test
  void theModelIsThatOfTheMappedRowsUnscaled() {
    TrainSpec spec =
        TrainSpec.of(Tables.columns(ROWS), Tables.solve(Rule.GIVEN, 0.5))
            .with(rff(List.of(8), 2.0));
    Dataset<Row> table = Tables.of(ROWS);
    TrainingResult result = Trainer.of(spec).train(table);
    Rows z = mapped(result);
    ExactRidge expected = ExactRidge.fit(z, PLAIN, 0.5);
    double[] slopes = result.target(0).coefficients().toArray();
    Agreement.assertVectors(Tables.slopes(expected, 8, 0), slopes, 1e-12, "slopes");
    double rss = expected.sumSquares(z, 0);
    Agreement.assertClose(rss, result.target(0).path().rss().get(0), 1e-12, "rss");
    List<Row> scored = result.predict(table).collectAsList();
    for (int i = 0; i < ROWS.size(); i++) {
      double prediction = result.target(0).intercept();
      for (int j = 0; j < 8; j++) {
        prediction += z.x(i, j) * slopes[j];
      }
      assertEquals(prediction, scored.get(i).<Double>getAs("prediction"), 1e-12);
    }
    assertEquals(50, result.errors().residuals().size());
  }

  @Test
  void theSettingIsTheBestOfAllWidthsAndLengthScales() {
    TrainSpec spec =
        TrainSpec.of(
                Tables.columns(ROWS).withFolds(FoldRule.byColumn("day")),
                Tables.solve(Rule.CV_MIN, 0.1, 10))
            .with(rff(List.of(4, 16), 0.5, 3.0));
    TrainingResult result = Trainer.of(spec).train(Tables.of(ROWS, i -> "d" + i % 3));
    assertEquals(4, spec.map().orElseThrow().settings());
    var surface = result.map().orElseThrow().surface();
    double[] scores = new double[4];
    for (int i = 0; i < 4; i++) {
      Rows z = ROWS.mapped(FeatureMap.of(result.moments().maps().orElseThrow().description(i)));
      scores[i] = Math.min(cvMse(z, 0.1), cvMse(z, 10));
    }
    int best = surface.choices().get(0).setting();
    double least = Arrays.stream(scores).min().orElseThrow();
    assertEquals(least, scores[best]);
    int chosen = result.target(0).selection().chosen();
    double found = result.target(0).scores().orElseThrow().mean(chosen);
    Agreement.assertClose(least, found, 1e-10, "cv mse");
  }

  private static double cvMse(Rows z, double lambda) {
    double mean = 0;
    for (int f = 0; f < 3; f++) {
      int fold = f;
      Rows held = z.where(i -> i % 3 == fold);
      ExactRidge rest = ExactRidge.fit(z.where(i -> i % 3 != fold), PLAIN, lambda);
      mean += rest.sumSquares(held, 0) / held.moments().weightSum() / 3;
    }
    return mean;
  }

  @Test
  void exactResidualsAndLeavingOneOutAreOfTheMappedRows() {
    TrainSpec spec =
        TrainSpec.of(
                Tables.columns(ROWS),
                Tables.solve(Rule.LOO, 0.5, 5).with(SolveSpec.Residuals.EXACT))
            .with(rff(List.of(4, 8), 2.0));
    assertEquals(1 + 2 + 1, spec.passes());
    TrainingResult result = Trainer.of(spec).train(Tables.of(ROWS));
    Rows z = mapped(result);
    double[] lambdas = {0.5, 5};
    for (int l = 0; l < 2; l++) {
      ExactRidge fit = ExactRidge.fit(z, PLAIN, lambdas[l]);
      double rss = fit.sumSquares(z, 0);
      Agreement.assertClose(rss, result.target(0).path().rss().get(l), 1e-11, "rss");
      double sum = 0;
      for (int i = 0; i < z.size(); i++) {
        int out = i;
        sum += ExactRidge.fit(z.where(r -> r != out), PLAIN, lambdas[l]).sumSquares(z.pick(out), 0);
      }
      double loo = result.target(0).leaveOneOut().orElseThrow().meanSquare().get(l);
      Agreement.assertClose(sum / z.moments().weightSum(), loo, 1e-10, "loo");
    }
  }

  private static String refusal(SolveSpec solve) {
    TrainSpec mapped = TrainSpec.fit("y0").with(MapSearch.of(MapSpec.of(MapKind.RFF, 8)));
    return assertThrows(IllegalArgumentException.class, () -> mapped.with(solve)).getMessage();
  }

  @Test
  void whatIsForTheColumnsOfTheDataIsRefused() {
    SolveSpec plain = Tables.solve(Rule.GCV, 1);
    for (SolveSpec solve :
        List.of(
            plain.withRefinements(1),
            plain.with(new PenaltySpec(Map.of("x0", 2.0), Optional.empty())),
            plain.with(PLAIN.with(SolverKind.TSQR)))) {
      String said = refusal(solve);
      assertTrue(said.startsWith("Cannot use a penalty by names, a prior, refinements or"), said);
    }
  }

  @Test
  void searchesThatDoNotFitTogetherAreRefused() {
    MapSearch sound = MapSearch.of(MapSpec.of(MapKind.RFF, 8));
    assertEquals(
        "Cannot search the widths [8, 4] of a feature map: they must ascend",
        refusal(() -> sound.withWidths(List.of(8, 4))));
    assertEquals(
        "Cannot make feature map rff: cosine and sine come in pairs, so width must be even, was 3",
        refusal(() -> sound.withWidths(List.of(3, 8))));
    assertEquals(
        "Cannot search the widths [4] of a feature map: it has the width 8, not the largest",
        refusal(
            () ->
                new MapSearch(
                    sound.base(),
                    List.of(4),
                    sound.centers(),
                    List.of(),
                    sound.automatic(),
                    sound.inputs(),
                    sound.clip())));
    assertEquals(
        "Cannot make feature map rff: the length scale must be finite and > 0, was -1.0",
        refusal(() -> rff(List.of(8), -1.0)));
    assertEquals(
        "Cannot clip inputs at standard deviations that are not taken",
        refusal(
            () ->
                new MapSearch(
                    sound.base(),
                    sound.widths(),
                    sound.centers(),
                    List.of(),
                    sound.automatic(),
                    Scaling.NONE,
                    OptionalDouble.of(3))));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable body) {
    return assertThrows(IllegalArgumentException.class, body).getMessage();
  }
}
