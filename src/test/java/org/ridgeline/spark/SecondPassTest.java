package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

@Tag("spark")
final class SecondPassTest {
  private static final double[] B = {0.5, -1, 2};
  private static final LinearScorer SCORER =
      LinearScorer.of(List.of("y"), Matrix.column(B), Vec.of(0.25));

  @TempDir Path folder;

  private static double prediction(Row row) {
    return 0.25 + B[0] * row.getDouble(0) + B[1] * row.getDouble(1) + B[2] * row.getDouble(2);
  }

  @Test
  void residualsOfAllModelsAndFolds() {
    Dataset<Row> rows =
        SparkTest.linear(400, 3, 20)
            .repartition(3)
            .withColumn("f", functions.expr("x0 > 0"))
            .withColumn("f", functions.expr("cast(f as int)"))
            .cache();
    ColumnRoles columns =
        ColumnRoles.of("y").withFeatures(List.of("x*")).withFolds(FoldRule.byColumn("f"));
    Matrix slopes = Matrix.owning(3, 2, new double[] {0.5, -1, 2, 0, 0, 0});
    PathModel full = PathModel.of(Vec.of(0, 0, 0, 0.25), slopes, 1);
    PathModel other = PathModel.of(Vec.of(1, 1, 1, 3), slopes, 1);
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, columns, meter);
      Collected first = MomentsJob.of(design, OnInvalid.ERROR).run(rows, meter);
      Residuals residuals =
          ResidualJob.of(design, OnInvalid.ERROR)
              .run(
                  rows,
                  full,
                  first.moments(),
                  List.of(Optional.of(full), Optional.of(other)),
                  meter);
      double sum = 0;
      double zero = 0;
      double held = 0;
      for (Row row : rows.collectAsList()) {
        double e = row.getDouble(3) - prediction(row);
        sum += e * e;
        zero += Math.pow(row.getDouble(3) - 0.25, 2);
        if (row.getInt(4) == 1) {
          double shifted =
              3
                  + B[0] * (row.getDouble(0) - 1)
                  + B[1] * (row.getDouble(1) - 1)
                  + B[2] * (row.getDouble(2) - 1);
          held += Math.pow(row.getDouble(3) - shifted, 2);
        }
      }
      assertEquals(sum, residuals.sumSquares(0, 0), 1e-12 * sum);
      assertEquals(zero, residuals.sumSquares(0, 1), 1e-12 * zero);
      assertEquals(held, residuals.foldSumSquares(1, 0, 0), 1e-12 * held);
      assertEquals(2, meter.dataPasses());
    }
    rows.unpersist();
  }

  @Test
  void evaluationMatchesTheDefinitions() {
    Dataset<Row> rows = SparkTest.linear(300, 3, 21).withColumn("w", functions.expr("abs(x0)"));
    try (PassMeter meter = SparkTest.meter()) {
      ColumnRoles columns = ColumnRoles.of("y").withFeatures(List.of("x*")).withWeight("w");
      Design design = Designs.of(rows, columns, meter);
      Evaluation evaluation = EvaluationJob.of(design, OnInvalid.ERROR).run(rows, SCORER, meter);
      double weight = 0;
      double squares = 0;
      double absolutes = 0;
      double mean = 0;
      List<Row> list = rows.collectAsList();
      for (Row row : list) {
        double w = row.getDouble(4);
        double e = row.getDouble(3) - prediction(row);
        weight += w;
        squares += w * e * e;
        absolutes += w * Math.abs(e);
        mean += w * row.getDouble(3);
      }
      double spread = 0;
      for (Row row : list) {
        spread += row.getDouble(4) * Math.pow(row.getDouble(3) - mean / weight, 2);
      }
      TargetMetrics metrics = evaluation.targets().get(0);
      assertEquals(300, metrics.n());
      assertEquals(squares / weight, metrics.mse(), 1e-12 * metrics.mse());
      assertEquals(absolutes / weight, metrics.mae(), 1e-12 * metrics.mae());
      assertEquals(1 - squares / spread, metrics.r2(), 1e-12);
    }
  }

  @Test
  void predictionsStandBesideTheColumnsInOrder() {
    Dataset<Row> rows =
        SparkTest.linear(700, 3, 22).drop("y").withColumn("name", functions.lit("a,\"b"));
    for (OutputFormat format : OutputFormat.values()) {
      String path = folder.resolve("out-" + format).toString();
      try (PassMeter meter = SparkTest.meter()) {
        Design design = predictDesign(rows);
        ScoringResult scored =
            ScoringJob.of(design, OnInvalid.ERROR).write(rows, SCORER, path, format, meter);
        assertEquals(0, scored.rowsDropped());
      }
      Dataset<Row> back =
          SparkTest.session()
              .read()
              .option("header", "true")
              .option("inferSchema", "true")
              .option("escape", "\"")
              .format(format.sparkName())
              .load(path);
      List<Row> list = back.collectAsList();
      assertEquals(700, list.size());
      assertEquals("prediction", back.columns()[4]);
      for (Row row : list) {
        assertEquals(prediction(row), row.getDouble(4), 1e-12);
      }
      assertEquals("a,\"b", list.get(0).getString(3));
    }
  }

  private static Design predictDesign(Dataset<Row> rows) {
    List<InputColumn> inputs =
        List.of("x0", "x1", "x2").stream()
            .map(n -> new InputColumn(n, InputColumn.Kind.NUMBER, List.of(n), List.of()))
            .toList();
    return Designs.forModel(rows.schema(), inputs, List.of(), Optional.empty(), UnseenLevel.ERROR);
  }

  @Test
  void invalidRowsAreDroppedFromPredictions() {
    Dataset<Row> rows =
        SparkTest.linear(600, 3, 23)
            .drop("y")
            .withColumn("x1", functions.expr("if(x0 > 0, x1, null)"));
    long valid = rows.where("x1 is not null").count();
    String path = folder.resolve("dropped").toString();
    try (PassMeter meter = SparkTest.meter()) {
      ScoringResult scored =
          ScoringJob.of(predictDesign(rows), OnInvalid.DROP)
              .write(rows, SCORER, path, OutputFormat.PARQUET, meter);
      assertEquals(600 - valid, scored.rowsDropped());
    }
    List<Row> list = SparkTest.session().read().parquet(path).collectAsList();
    assertEquals(valid, list.size());
    list.forEach(row -> assertEquals(prediction(row), row.getDouble(3), 1e-12));
  }

  @Test
  void severalTargetsAreNamed() {
    Dataset<Row> rows = SparkTest.linear(10, 3, 24);
    LinearScorer two = LinearScorer.of(List.of("a", "b"), Matrix.zeros(3, 2), Vec.of(1, 2));
    Dataset<Row> scored = ScoringJob.of(predictDesign(rows), OnInvalid.ERROR).score(rows, two);
    assertEquals(
        List.of("x0", "x1", "x2", "y", "prediction_a", "prediction_b"), List.of(scored.columns()));
    assertEquals(2.0, scored.collectAsList().get(9).getDouble(5));
  }

  @Test
  void aColumnCalledPredictionIsNotOverwritten() {
    Dataset<Row> rows = SparkTest.linear(3, 3, 25).withColumnRenamed("y", "Prediction");
    DataException refused =
        assertThrows(
            DataException.class,
            () -> ScoringJob.of(predictDesign(rows), OnInvalid.ERROR).score(rows, SCORER));
    assertEquals(
        "the input already has a column \"Prediction\"; rename it before predicting",
        refused.getMessage());
  }

  @Test
  void vectorsCannotBeWrittenAsText() {
    Dataset<Row> rows = SparkTest.linear(3, 3, 26).withColumn("v", functions.expr("array(x0, x1)"));
    try (PassMeter meter = SparkTest.meter()) {
      DataException refused =
          assertThrows(
              DataException.class,
              () ->
                  ScoringJob.of(predictDesign(rows), OnInvalid.ERROR)
                      .write(
                          rows, SCORER, folder.resolve("v").toString(), OutputFormat.CSV, meter));
      assertTrue(
          refused.getMessage().startsWith("cannot write the predictions as csv: "),
          refused.getMessage());
    }
  }
}
