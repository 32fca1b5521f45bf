package org.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.infer.Intervals;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.Rule;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.SparkTest;

/** The oracle refits every fold by the textbook and sorts all n values of the definition. */
@Tag("spark")
class CvPlusIntervalsTest {
  private static final Rows ROWS = Rows.normal(71, 43, 3, 2).withRandomWeights(72);
  private static final double LAMBDA = 3;

  private static String day(int i) {
    return "d" + i % 3;
  }

  private static TrainSpec spec(ColumnRoles columns) {
    return TrainSpec.of(
        columns.withFolds(FoldRule.byColumn("day")), Tables.solve(Rule.GIVEN, LAMBDA));
  }

  private static StoredRun run(TrainSpec spec, Dataset<Row> table) {
    TrainingResult result = Trainer.of(spec).train(table);
    return new StoredRun("run", result.model(), result.resolved(), result.moments());
  }

  private static CvPlusIntervals intervals(StoredRun run, Dataset<Row> table) {
    try (PassMeter meter = PassMeter.on(SparkTest.session())) {
      CvPlusIntervals intervals = CvPlusIntervals.of(run, 0.8, () -> table, meter);
      assertEquals(1, meter.dataPasses());
      return intervals;
    }
  }

  /** The ceil(0.8 (n + 1))-th smallest of the upper values and its mirror image. */
  private static void assertDefinition(
      Rows rows, int t, IntFunction<ExactRidge> without, Intervals found) {
    int rank = (int) Math.ceil(0.8 * (rows.size() + 1));
    for (int i = 0; i < 6; i++) {
      List<Double> up = new ArrayList<>();
      List<Double> down = new ArrayList<>();
      for (int r = 0; r < rows.size(); r++) {
        ExactRidge fit = without.apply(r % 3);
        double residual = Math.abs(rows.y(r, t) - predict(fit, rows, r, t));
        up.add(predict(fit, rows, i, t) + residual);
        down.add(predict(fit, rows, i, t) - residual);
      }
      up.sort(null);
      down.sort(null);
      double[] x = new double[rows.inputs()];
      for (int j = 0; j < x.length; j++) {
        x[j] = rows.x(i, j);
      }
      Matrix ends = found.of(Matrix.column(x), new double[1]);
      assertEquals(down.get(rows.size() - rank), ends.get(0, 0), 1e-11);
      assertEquals(up.get(rank - 1), ends.get(1, 0), 1e-11);
    }
  }

  private static double predict(ExactRidge fit, Rows rows, int i, int t) {
    double prediction = fit.intercept(t);
    for (int j = 0; j < rows.inputs(); j++) {
      prediction += rows.x(i, j) * fit.coefficient(j, t);
    }
    return prediction;
  }

  private static IntFunction<ExactRidge> refits(Rows rows, RidgeSpec spec) {
    List<ExactRidge> fits = new ArrayList<>();
    for (int f = 0; f < 3; f++) {
      int fold = f;
      fits.add(ExactRidge.fit(rows.where(i -> i % 3 != fold), spec, LAMBDA));
    }
    return fits::get;
  }

  @Test
  void severalTargetsHaveTheIntervalsOfTheDefinition() {
    Dataset<Row> table = Tables.of(ROWS, CvPlusIntervalsTest::day);
    CvPlusIntervals found = intervals(run(spec(Tables.columns(ROWS)), table), table);
    IntFunction<ExactRidge> without = refits(ROWS, RidgeSpec.standard());
    for (int t = 0; t < 2; t++) {
      assertDefinition(ROWS, t, without, found.intervals(t));
    }
  }

  @Test
  void ofARunWithAMapTheyAreThoseOfTheMappedRows() {
    MapSearch rff =
        new MapSearch(
            MapSpec.of(MapKind.RFF, 8),
            List.of(4, 8),
            MapSearch.Centers.SOME,
            List.of(2.0),
            MapSearch.Automatic.ONE,
            Scaling.POPULATION,
            OptionalDouble.empty());
    Dataset<Row> table = Tables.of(ROWS, CvPlusIntervalsTest::day);
    StoredRun run = run(spec(Tables.columns(ROWS)).with(rff), table);
    CvPlusIntervals found = intervals(run, table);
    for (int t = 0; t < 2; t++) {
      Rows z = ROWS.mapped(FeatureMap.of(run.model().maps().get(t)));
      IntFunction<ExactRidge> without = refits(z, RidgeSpec.standard().with(Scaling.NONE));
      assertDefinition(z, t, without, found.intervals(t));
    }
  }

  /** x2 becomes a category of three levels, of which p has no feature. */
  @Test
  void levelsOfCategoriesAreThoseOfTheRun() {
    Rows one = ROWS.onlyTarget(0);
    Rows dummies =
        one.selectInputs(0, 2, 2).mapInput(1, x -> x < 0 ? 1 : 0).mapInput(2, x -> x > 1 ? 1 : 0);
    Dataset<Row> table =
        Tables.of(one, CvPlusIntervalsTest::day)
            .withColumn("c", functions.expr("if(x2 < 0, 'q', if(x2 > 1, 'r', 'p'))"));
    ColumnRoles columns =
        Tables.columns(one).withFeatures(List.of("x0", "c")).withCategorical(List.of("c"));
    StoredRun run = run(spec(columns), table);
    IntFunction<ExactRidge> without = refits(dummies, RidgeSpec.standard());
    assertDefinition(dummies, 0, without, intervals(run, table).intervals(0));
    Dataset<Row> renamed = table.withColumn("c", functions.expr("if(c = 'q', 's', c)"));
    String said = refusal(run, renamed);
    assertTrue(said.contains("\"s\""), said);
  }

  private static String refusal(StoredRun run, Dataset<Row> table) {
    return assertThrows(DataException.class, () -> intervals(run, table)).getMessage();
  }

  private static String changed(String how) {
    return "Cannot give cv-plus intervals: the data in the rows have changed since run was trained on"
        + " them ("
        + how
        + "); train again, or use predictive intervals";
  }

  @Test
  void dataThatChangedAreRefused() {
    Dataset<Row> table = Tables.of(ROWS, CvPlusIntervalsTest::day);
    StoredRun run = run(spec(Tables.columns(ROWS)), table);
    Rows fewer = ROWS.where(i -> i < 42);
    assertEquals(
        changed("fold d0 had 15 rows, now 14"),
        refusal(run, Tables.of(fewer, CvPlusIntervalsTest::day)));
    String values = changed("the values in fold d1 are others");
    assertEquals(
        values,
        refusal(run, table.withColumn("y1", functions.expr("if(day = 'd1', y1 + 0.01, y1)"))));
    assertEquals(
        values, refusal(run, table.withColumn("w", functions.expr("if(day = 'd1', 2 * w, w)"))));
    assertEquals(
        values, refusal(run, table.withColumn("x0", functions.expr("if(day = 'd1', -x0, x0)"))));
    String other = refusal(run, table.withColumn("day", functions.expr("concat(day, '!')")));
    assertTrue(other.contains("d0!") || other.contains("have changed since"), other);
  }
}
