package org.ridgeline.cli;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.features.ReluPopulation;
import org.ridgeline.forecast.PopulationRisk;
import org.ridgeline.report.Experiment;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SurfacePoint;
import org.ridgeline.train.MapSearch;
import org.ridgeline.train.SolveSpec;
import org.ridgeline.train.TrainSpec;
import org.ridgeline.train.Trainer;

/**
 * The error of ReLU features against their number, nested widths of one map in one pass: 150 rows
 * train, 1,000 others are the held-out fold. In theory (with {@code max(w'x / sqrt d, 0) / sqrt D}
 * and a penalty per row of 1e-6 or 1e-2 the same models have {@code 2 d n} times that lambda) the
 * error without much of a penalty peaks at as many features as rows.
 */
final class WidthSweep {
  static final GeneratedRows ROWS = new GeneratedRows(50, 1, 0.05);
  static final int TRAINING = 150;
  static final int FRESH = 1000;
  static final List<Double> LAMBDAS = List.of(0.015, 150.0);
  static final List<Integer> WIDTHS =
      List.of(30, 50, 75, 100, 120, 130, 140, 150, 160, 170, 180, 200, 250, 300, 400, 600);

  private WidthSweep() {}

  static Dataset<Row> rows(Draws draws, long seed) {
    return ROWS.draw(draws.session(), seed, TRAINING + FRESH, i -> i < TRAINING ? 0 : 1);
  }

  static Experiment run(Draws draws, List<Integer> widths) {
    return new Experiment(
        "width",
        "More features: " + TRAINING + " rows, ReLU features of " + ROWS.inputs() + " inputs",
        "With hardly a penalty the error peaks where there are as many features as rows, and falls"
            + " again: double descent. A penalty is the cure. Theory: deterministic equivalents of"
            + " the arc-cosine kernel, given the weights.",
        "features",
        TRAINING,
        draws.average(LAMBDAS, widths, seed -> draw(draws, widths, seed)));
  }

  static Draws.Measured[][] draw(Draws draws, List<Integer> widths, long seed) {
    MapSpec widest =
        MapSpec.of(MapKind.ARCCOS1, widths.get(widths.size() - 1)).withBias(0).withSeed(seed);
    MapSearch search =
        new MapSearch(
            widest,
            widths,
            MapSearch.Centers.SOME,
            List.of(),
            MapSearch.Automatic.ONE,
            Scaling.NONE,
            OptionalDouble.empty());
    double[] lambdas = LAMBDAS.stream().mapToDouble(l -> l).toArray();
    TrainSpec spec =
        TrainSpec.of(
                ColumnRoles.of(GeneratedRows.LABEL)
                    .withFeatures(List.of("x*"))
                    .withFolds(FoldRule.byColumn(GeneratedRows.PART)),
                SolveSpec.of(LambdaRequest.of(LambdaConvention.SUM, lambdas), Rule.CV_MIN))
            .with(search);
    List<SurfacePoint> points =
        Trainer.of(spec).train(rows(draws, seed)).map().orElseThrow().surface().points();
    Draws.Measured[][] found = new Draws.Measured[lambdas.length][widths.size()];
    for (int i = 0; i < widths.size(); i++) {
      PopulationRisk theory = theory(widest.withWidth(widths.get(i)));
      for (int l = 0; l < lambdas.length; l++) {
        found[l][i] =
            new Draws.Measured(
                points.get(i).target(0).scores().orElseThrow().meanSquare(l, 1),
                theory.at(TRAINING, lambdas[l], Intercept.FREE),
                Double.NaN);
      }
    }
    return found;
  }

  private static PopulationRisk theory(MapSpec map) {
    ReluPopulation relu =
        ReluPopulation.of(MapDescription.drawn(map, InputScaling.none(ROWS.inputs())));
    return PopulationRisk.of(
        relu.covariance(), relu.withLinear(ROWS.coefficients()), ROWS.signal() + ROWS.noise());
  }
}
