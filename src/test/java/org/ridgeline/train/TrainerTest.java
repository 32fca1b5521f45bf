package org.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.spark.SparkTest;

/** One call from a table to a model; the oracle is the textbook formula in 60 digits. */
@Tag("spark")
class TrainerTest {
  private static final double TOLERANCE = 1e-12; // systems of condition below 100
  private static final double[] LAMBDAS = {0.01, 1, 30, 1000};
  private static final Rows ROWS = Rows.normal(41, 36, 3, 2).withRandomWeights(42);

  private static TrainingResult train(Rows rows, SolveSpec solve) {
    return Trainer.of(TrainSpec.of(Tables.columns(rows), solve)).train(Tables.of(rows));
  }

  private static TrainSpec byDay(Rows rows, SolveSpec solve) {
    return TrainSpec.of(Tables.columns(rows).withFolds(FoldRule.byColumn("day")), solve);
  }

  private static String day(int i) {
    return "d" + i % 3;
  }

  @Test
  void aFitIsThatOfTheTextbook() {
    TrainingResult result = train(ROWS, Tables.solve(Rule.GIVEN, 2.5));
    ExactRidge expected = ExactRidge.fit(ROWS, RidgeSpec.standard(), 2.5);
    for (int t = 0; t < 2; t++) {
      TargetTuning target = result.target(t);
      Agreement.assertVectors(
          Tables.slopes(expected, 3, t), target.coefficients().toArray(), TOLERANCE, "slopes");
      Agreement.assertClose(expected.intercept(t), target.intercept(), TOLERANCE, "intercept");
      double rss = expected.sumSquares(ROWS, t);
      Agreement.assertClose(rss, target.path().rss().get(0), TOLERANCE, "rss");
    }
    Agreement.assertClose(expected.df(), result.target(0).path().df().get(0), TOLERANCE, "df");
    assertEquals(List.of("x0", "x1", "x2"), result.featureNames());
    assertEquals(List.of("y0", "y1"), result.model().model().targets());
  }

  @Test
  void predictionsAreTheModelByHand() {
    Dataset<Row> table = Tables.of(ROWS);
    TrainingResult result = train(ROWS, Tables.solve(Rule.GIVEN, 2.5));
    List<Row> scored = result.predict(table).collectAsList();
    assertEquals(ROWS.size(), scored.size());
    for (Row row : scored) {
      for (int t = 0; t < 2; t++) {
        double expected = result.target(t).intercept();
        for (int j = 0; j < 3; j++) {
          double x = row.getAs("x" + j);
          expected += x * result.target(t).coefficients().get(j);
        }
        assertEquals(expected, row.<Double>getAs("prediction_y" + t), 1e-13);
      }
    }
  }

  /** The mean of the folds' mean squares, each of a model of the other days' rows. */
  @Test
  void aTuningScoresModelsWithoutTheFold() {
    TrainSpec spec = byDay(ROWS, Tables.solve(Rule.CV_MIN, LAMBDAS));
    TrainingResult result = Trainer.of(spec).train(Tables.of(ROWS, TrainerTest::day));
    for (int t = 0; t < 2; t++) {
      int best = 0;
      double[] means = new double[LAMBDAS.length];
      for (int l = 0; l < LAMBDAS.length; l++) {
        for (int f = 0; f < 3; f++) {
          int fold = f;
          Rows held = ROWS.where(i -> i % 3 == fold);
          ExactRidge rest =
              ExactRidge.fit(ROWS.where(i -> i % 3 != fold), RidgeSpec.standard(), LAMBDAS[l]);
          means[l] += rest.sumSquares(held, t) / held.moments().weightSum() / 3;
        }
        double found = result.target(t).scores().orElseThrow().mean(l);
        Agreement.assertClose(means[l], found, 1e-11, "cv mse");
        best = means[l] < means[best] ? l : best;
      }
      assertEquals(LAMBDAS[best], result.target(t).lambda());
    }
  }

  @Test
  void withoutFoldsGeneralizedCrossValidationChooses() {
    Rows rows = ROWS.onlyTarget(0);
    TrainingResult result = train(rows, Tables.solve(Rule.GCV, LAMBDAS));
    double least = Double.POSITIVE_INFINITY;
    double best = 0;
    for (double lambda : LAMBDAS) {
      ExactRidge fit = ExactRidge.fit(rows, RidgeSpec.standard(), lambda);
      double gcv = fit.sumSquares(rows, 0) / Math.pow(36 - 1 - fit.df(), 2);
      best = gcv < least ? lambda : best;
      least = Math.min(gcv, least);
    }
    assertEquals(best, result.target(0).lambda());
  }

  @Test
  void leftOutRowsArePredictedByModelsOfTheOthers() {
    Rows rows = Rows.normal(44, 14, 2, 1);
    RidgeSpec plain = RidgeSpec.standard().with(Scaling.NONE);
    TrainingResult result = train(rows, Tables.solve(Rule.LOO, LAMBDAS).with(plain));
    for (int l = 0; l < LAMBDAS.length; l++) {
      double sum = 0;
      for (int i = 0; i < rows.size(); i++) {
        int out = i;
        ExactRidge rest = ExactRidge.fit(rows.where(r -> r != out), plain, LAMBDAS[l]);
        sum += rest.sumSquares(rows.pick(out), 0);
      }
      double found = result.target(0).leaveOneOut().orElseThrow().meanSquare().get(l);
      Agreement.assertClose(sum / rows.size(), found, 1e-11, "loo");
    }
  }

  /** Errors of 1e-7 beside values of 1e4 are lost in the moments, and seen in the rows. */
  @Test
  void exactResidualsAreTakenFromTheRows() {
    Rows rows = ROWS.onlyTarget(0);
    double[] close = new double[rows.size()];
    for (int i = 0; i < close.length; i++) {
      close[i] = 1e4 + 3e3 * rows.x(i, 0) + 1e-7 * Math.sin(i);
    }
    double[] weights = new double[close.length];
    double[][] x = new double[close.length][];
    double[][] y = new double[close.length][];
    for (int i = 0; i < close.length; i++) {
      weights[i] = rows.w(i);
      x[i] = new double[] {rows.x(i, 0), rows.x(i, 1)};
      y[i] = new double[] {close[i]};
    }
    Rows fitted = Rows.of(x, y, weights);
    SolveSpec solve = Tables.solve(Rule.GIVEN, 0);
    Dataset<Row> table = Tables.of(fitted, TrainerTest::day);
    double rss = ExactRidge.fit(fitted, RidgeSpec.standard(), 0).sumSquares(fitted, 0);
    TrainingResult moments = Trainer.of(byDay(fitted, solve)).train(table);
    TrainSpec spec = byDay(fitted, solve.with(SolveSpec.Residuals.EXACT));
    TrainingResult exact = Trainer.of(spec).train(table);
    assertEquals(2, spec.passes());
    assertTrue(moments.digitsLost() > 15, "" + moments.digitsLost());
    assertEquals(0, exact.digitsLost());
    assertEquals(rss, exact.target(0).path().rss().get(0), 1e-3 * rss);
  }

  @Test
  void refinementSharpensTheChosenModel() {
    Rows rows = ROWS.onlyTarget(0).selectInputs(0, 0, 1);
    Rows near = rows.mapInput(1, x -> x + 1e-5 * Math.sin(1000 * x));
    ExactRidge expected = ExactRidge.fit(near, RidgeSpec.standard(), 1e-9);
    double[] exact = Tables.slopes(expected, 3, 0);
    double before = error(exact, train(near, Tables.solve(Rule.GIVEN, 1e-9)));
    SolveSpec twice = Tables.solve(Rule.GIVEN, 1e-9).withRefinements(2);
    double after = error(exact, train(near, twice));
    assertTrue(after < before / 100, before + " -> " + after);
    assertTrue(after < 1e-10, before + " -> " + after);
  }

  private static double error(double[] exact, TrainingResult result) {
    double[] difference = result.target(0).coefficients().toArray();
    for (int j = 0; j < exact.length; j++) {
      difference[j] -= exact[j];
    }
    return Agreement.norm(difference) / Agreement.norm(exact);
  }

  @Test
  void aTuningIsOneJobAndNothingAfterIt() {
    Dataset<Row> table = Tables.of(ROWS);
    Trainer trainer =
        Trainer.of(
            TrainSpec.tune("y0", "y1").with(Tables.columns(ROWS).withFolds(FoldRule.hashed(4, 0))));
    List<TrainingResult> results = new ArrayList<>();
    assertEquals(1, SparkTest.jobs(() -> results.add(trainer.train(table))));
    TrainingResult result = results.get(0);
    int further =
        SparkTest.jobs(
            () -> {
              assertEquals(2, result.errors().inference().size());
              assertEquals(3, result.model().model().features().size());
              assertEquals(9, result.predict(table).columns().length);
              trainer.solve(result.moments());
            });
    assertEquals(0, further);
  }

  @Test
  void errorsAreComputedWhenTheyAreAskedForAndOnce() {
    Journal journal = Journal.silent();
    TrainSpec spec = byDay(ROWS, Tables.solve(Rule.CV_MIN, LAMBDAS));
    TrainingResult result = Trainer.of(spec).with(journal).train(Tables.of(ROWS, TrainerTest::day));
    assertEquals(List.of("columns", "moments", "solve"), shown(journal));
    assertFalse(journal.seconds().containsKey("inference"));
    ModelErrors errors = result.errors();
    assertTrue(journal.seconds().containsKey("inference"));
    double taken = journal.seconds().get("inference");
    assertSame(errors, result.errors());
    assertEquals(taken, journal.seconds().get("inference"));
    assertEquals(2 * 36, errors.residuals().size(), "every row is in the sample of a small table");
  }

  /** Finding them takes no errors of coefficients, which cost factorizations. */
  @Test
  void aResultHasTheWarningsOfItsTraining() {
    Rows rows = ROWS.onlyTarget(0);
    Rows sum = rows.selectInputs(0, 1, 2, 0).mapInput(3, v -> 7);
    Journal journal = Journal.silent();
    Trainer trainer =
        Trainer.of(
                TrainSpec.of(
                    Tables.columns(sum).withFeatures(List.of()),
                    Tables.solve(Rule.GCV, 1e5, 1e6, 1e7)))
            .with(journal);
    TrainingResult first = trainer.train(Tables.of(sum));
    List<String> expected =
        List.of(
            "Not used as features: day (string); for text use categorical, or name what to use in"
                + " features",
            "Constant columns, coefficient 0: \"x3\"",
            "The best lambda of y0, 100000, is the smallest of the grid; widen lambdas");
    assertEquals(expected, first.warnings());
    assertEquals(expected, journal.warnings());
    assertFalse(journal.seconds().containsKey("inference"));
    TrainingResult second = trainer.solve(first.moments());
    assertEquals(expected, second.warnings());
    assertEquals(6, journal.warnings().size());
    TrainingResult none = train(rows, Tables.solve(Rule.GIVEN, 2));
    assertEquals(List.of(), none.warnings());
  }

  private static List<String> shown(Journal journal) {
    return journal.seconds().keySet().stream().filter(stage -> !stage.equals("schema")).toList();
  }

  /** The fitted value, the residual of the model without the fold, and the leverage of a row. */
  @Test
  void residualsOfTheSampleAreThoseOfTheirFolds() {
    TrainSpec spec = byDay(ROWS, Tables.solve(Rule.GIVEN, 2));
    TrainingResult result = Trainer.of(spec).train(Tables.of(ROWS, TrainerTest::day));
    ExactRidge all = ExactRidge.fit(ROWS, RidgeSpec.standard(), 2);
    double leverages = 0;
    for (var residual : result.errors().residuals().subList(0, 36)) {
      int i = 0;
      while (ROWS.y(i, 0) != residual.observed()) {
        i++;
      }
      int fold = i % 3;
      assertEquals("d" + fold, residual.fold());
      ExactRidge rest = ExactRidge.fit(ROWS.where(r -> r % 3 != fold), RidgeSpec.standard(), 2);
      assertEquals(predict(all, i), residual.fitted(), 1e-12);
      assertEquals(ROWS.y(i, 0) - predict(rest, i), residual.heldOutResidual(), 1e-12);
      leverages += residual.leverage();
    }
    Agreement.assertClose(all.df() + 1, leverages, 1e-11, "sum of leverages");
  }

  private static double predict(ExactRidge fit, int i) {
    double prediction = fit.intercept(0);
    for (int j = 0; j < 3; j++) {
      prediction += ROWS.x(i, j) * fit.coefficient(j, 0);
    }
    return prediction;
  }
}
