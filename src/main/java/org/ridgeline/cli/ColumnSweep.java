package org.ridgeline.cli;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.StoredColumns;
import org.ridgeline.forecast.PopulationRisk;
import org.ridgeline.report.Experiment;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.train.SolveSpec;
import org.ridgeline.train.TrainSpec;
import org.ridgeline.train.Trainer;

/**
 * The error of the first p of 100 columns, all equally weak, on 40 rows: Belkin, Hsu and Xu (2020),
 * whose formula for the fit without a penalty, the one of least norm from 40 columns on, is exact.
 * The moments of all columns hold those of every p.
 */
final class ColumnSweep {
  static final GeneratedRows ROWS = new GeneratedRows(100, 1, 0.04);
  static final int TRAINING = 40;
  static final int FRESH = 1000;
  static final List<Double> LAMBDAS = List.of(0.0, 20.0);
  static final List<Integer> SIZES =
      List.of(5, 10, 15, 20, 25, 30, 34, 46, 50, 60, 70, 80, 90, 100);

  private ColumnSweep() {}

  static Dataset<Row> rows(Draws draws, long seed) {
    return ROWS.draw(draws.session(), seed, TRAINING + FRESH, i -> i < TRAINING ? 0 : 1);
  }

  static Experiment run(Draws draws, List<Integer> sizes) {
    return new Experiment(
        "columns",
        "More columns: " + TRAINING + " rows, the first columns of " + ROWS.inputs(),
        "Without a penalty the fit interpolates from "
            + TRAINING
            + " columns on. Theory: the exact formula of Belkin, Hsu and Xu (2020), whose variance"
            + " is infinite at the peak itself; with a penalty the deterministic equivalent.",
        "columns",
        TRAINING,
        draws.average(LAMBDAS, sizes, seed -> draw(draws, sizes, seed)));
  }

  private static Draws.Measured[][] draw(Draws draws, List<Integer> sizes, long seed) {
    double[] lambdas = LAMBDAS.stream().mapToDouble(l -> l).toArray();
    TrainSpec spec =
        TrainSpec.of(
            ColumnRoles.of(GeneratedRows.LABEL)
                .withFeatures(List.of("x*"))
                .withFolds(FoldRule.byColumn(GeneratedRows.PART)),
            SolveSpec.of(LambdaRequest.of(LambdaConvention.SUM, lambdas), Rule.CV_MIN)
                .with(RidgeSpec.standard().with(Scaling.NONE).with(Intercept.NONE)));
    MomentsSet all = RowSweep.sum(spec, draws, rows(draws, seed));
    Draws.Measured[][] found = new Draws.Measured[lambdas.length][sizes.size()];
    for (int i = 0; i < sizes.size(); i++) {
      int p = sizes.get(i);
      List<String> names = IntStream.rangeClosed(1, p).mapToObj(j -> "x" + j).toList();
      MomentsSet some = StoredColumns.choose(all, List.of(), names);
      FoldScores scores = Trainer.of(spec).solve(some).target(0).scores().orElseThrow();
      for (int l = 0; l < lambdas.length; l++) {
        found[l][i] =
            new Draws.Measured(scores.meanSquare(l, 1), theory(p, lambdas[l]), Double.NaN);
      }
    }
    return found;
  }

  /** The risk of p columns; without a penalty exact for normal rows, infinite next to the peak. */
  static double theory(int p, double lambda) {
    double d = ROWS.inputs();
    double n = TRAINING;
    double selected = ROWS.signal() * p / d;
    double rest = ROWS.signal() - selected + ROWS.noise();
    if (lambda > 0) {
      return PopulationRisk.isotropic(p, selected, rest).at(n, lambda, Intercept.NONE);
    }
    if (p <= n - 2) {
      return rest * (1 + p / (n - p - 1));
    }
    return p >= n + 2
        ? selected * (1 - n / p) + rest * (1 + n / (p - n - 1))
        : Double.POSITIVE_INFINITY;
  }
}
