package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.forecast.LearningForecast;
import org.ridgeline.forecast.PopulationRisk;
import org.ridgeline.forecast.SameLambda;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.Experiment;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.train.Journal;
import org.ridgeline.train.SolveSpec;
import org.ridgeline.train.TrainSpec;
import org.ridgeline.train.Trainer;
import org.ridgeline.train.TrainingRows;

/**
 * The error of a linear model of 100 independent columns against the number of rows, at a fixed
 * lambda. One pass keeps the moments of blocks of 10 rows and of 1,000 fresh ones; the blocks of n
 * rows are merged to train. The first 150 rows also foretell the whole curve. Theory is the closed
 * form of Hastie et al. (2022), whose best lambda, {@code d noise / signal}, is the same for every
 * n.
 */
final class RowSweep {
  static final GeneratedRows ROWS = new GeneratedRows(100, 5, 1);
  static final int BLOCK = 10;
  static final int BLOCKS_FORETELLING = 15;
  static final int FRESH = 1000;
  static final List<Double> LAMBDAS = List.of(0.1, 20.0);
  static final List<Integer> SIZES =
      List.of(
          20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 170, 200, 250, 300, 400,
          600);

  private static final RidgeSpec PLAIN =
      RidgeSpec.standard().with(Scaling.NONE).with(Intercept.NONE);

  private RowSweep() {}

  static Dataset<Row> rows(Draws draws, long seed) {
    int most = SIZES.get(SIZES.size() - 1);
    int blocks = most / BLOCK;
    return ROWS.draw(draws.session(), seed, most + FRESH, i -> (int) Math.min(i / BLOCK, blocks));
  }

  static Experiment run(Draws draws, List<Integer> sizes) {
    return new Experiment(
        "rows",
        "More rows: a linear model of " + ROWS.inputs() + " columns",
        "At a small fixed lambda more rows first hurt: the error peaks where there are as many rows"
            + " as columns. The best lambda, here the same at every number of rows, never rises."
            + " Dashed: foretold from the first "
            + BLOCK * BLOCKS_FORETELLING
            + " rows alone. Theory: Hastie, Montanari, Rosset and Tibshirani (2022).",
        "rows",
        ROWS.inputs(),
        draws.average(LAMBDAS, sizes, seed -> draw(draws, sizes, seed)));
  }

  private static Draws.Measured[][] draw(Draws draws, List<Integer> sizes, long seed) {
    double[] lambdas = LAMBDAS.stream().mapToDouble(l -> l).toArray();
    TrainSpec spec =
        TrainSpec.of(
            ColumnRoles.of(GeneratedRows.LABEL)
                .withFeatures(List.of("x*"))
                .withFolds(FoldRule.byColumn(GeneratedRows.PART)),
            SolveSpec.of(LambdaRequest.of(LambdaConvention.SUM, lambdas), Rule.CV_MIN).with(PLAIN));
    MomentsSet blocks = sum(spec, draws, rows(draws, seed));
    List<SameLambda> foretold = foretold(blocks.moments(), sizes);
    PopulationRisk theory = PopulationRisk.isotropic(ROWS.inputs(), ROWS.signal(), ROWS.noise());
    Draws.Measured[][] found = new Draws.Measured[lambdas.length][sizes.size()];
    for (int i = 0; i < sizes.size(); i++) {
      int n = sizes.get(i);
      MomentsSet parts = blocks.with(blocks.sources(), List.of(parts(blocks.moments(), n)));
      FoldScores scores = Trainer.of(spec).solve(parts).target(0).scores().orElseThrow();
      for (int l = 0; l < lambdas.length; l++) {
        found[l][i] =
            new Draws.Measured(
                scores.meanSquare(l, 1),
                theory.at(n, lambdas[l], Intercept.NONE),
                foretold.get(l).points().get(i).mse().orElse(Double.NaN));
      }
    }
    return found;
  }

  static MomentsSet sum(TrainSpec spec, Draws draws, Dataset<Row> rows) {
    Journal journal = Journal.silent();
    try (PassMeter meter = journal.meter(draws.session())) {
      return Trainer.of(spec).sum(TrainingRows.of(spec, () -> rows, meter, journal));
    }
  }

  /** The first n rows, and the fresh ones. */
  private static FoldedMoments parts(FoldedMoments blocks, int n) {
    Moments training = blocks.merged(IntStream.range(0, n / BLOCK).toArray());
    return FoldedMoments.of(List.of("0", "1"), List.of(training, blocks.fold(blocks.folds() - 1)));
  }

  /** The line of each lambda through the folds that the first blocks are. */
  private static List<SameLambda> foretold(FoldedMoments blocks, List<Integer> sizes) {
    List<String> labels = new ArrayList<>();
    List<Moments> first = new ArrayList<>();
    for (int b = 0; b < BLOCKS_FORETELLING; b++) {
      labels.add(blocks.label(b));
      first.add(blocks.fold(b));
    }
    List<Vec> grid = List.of(LambdaRequest.logSpaced(1e-3, 1e4, 60));
    LearningForecast forecast =
        LearningForecast.of(FoldedMoments.of(labels, first), PLAIN, grid).get(0);
    List<Double> at = sizes.stream().map(Double::valueOf).toList();
    return LAMBDAS.stream().map(lambda -> SameLambda.of(forecast, lambda, at)).toList();
  }
}
