package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

@Tag("spark")
final class MappedScoringTest {
  private static final int D = 3;
  private static final int WIDTH = 40;
  private static final FeatureMap MAP =
      FeatureMap.random(
          MapSpec.of(MapKind.RFF, WIDTH).withSeed(3),
          InputScaling.of(Vec.of(0, 1, 2), Vec.of(1, 1, 2)));
  private static final Matrix COEFFICIENTS = coefficients();
  private static final LinearScorer SCORER =
      LinearScorer.of(List.of("y"), COEFFICIENTS, Vec.of(0.25)).withMap(MAP);

  @TempDir Path folder;

  private static Matrix coefficients() {
    double[] b = new double[WIDTH];
    for (int j = 0; j < WIDTH; j++) {
      b[j] = Math.sin(j + 1);
    }
    return Matrix.column(b);
  }

  private static double slope(Row row) {
    double[] z = new double[WIDTH];
    double[] x = {row.getDouble(0), row.getDouble(1), row.getDouble(2)};
    MAP.newTask().apply(1, x, D, z, WIDTH);
    double sum = 0;
    for (int j = 0; j < WIDTH; j++) {
      sum += COEFFICIENTS.get(j, 0) * z[j];
    }
    return sum;
  }

  private static Design predictDesign(Dataset<Row> rows) {
    List<InputColumn> inputs =
        List.of("x0", "x1", "x2").stream()
            .map(n -> new InputColumn(n, InputColumn.Kind.NUMBER, List.of(n), List.of()))
            .toList();
    return Designs.forModel(rows.schema(), inputs, List.of(), Optional.empty(), UnseenLevel.ERROR);
  }

  @Test
  void predictionsAreThoseOfTheMappedRows() {
    Dataset<Row> rows = SparkTest.linear(1_300, D, 60);
    ScoringJob job = ScoringJob.of(predictDesign(rows), OnInvalid.ERROR);
    for (Row row : job.score(rows, SCORER).collectAsList()) {
      assertEquals(0.25 + slope(row), row.getDouble(D + 1), 1e-13);
    }
    String path = folder.resolve("scored").toString();
    try (PassMeter meter = SparkTest.meter()) {
      job.write(rows, SCORER, path, OutputFormat.PARQUET, meter);
      assertEquals(1, meter.dataPasses());
    }
    List<Row> written = SparkTest.session().read().parquet(path).collectAsList();
    assertEquals(1_300, written.size());
    written.forEach(row -> assertEquals(0.25 + slope(row), row.getDouble(D + 1), 1e-13));
  }

  @Test
  void evaluationIsThatOfTheMappedRows() {
    Dataset<Row> rows = SparkTest.linear(400, D, 61);
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, ColumnRoles.of("y"), meter);
      Evaluation evaluation = EvaluationJob.of(design, OnInvalid.ERROR).run(rows, SCORER, meter);
      double squares = 0;
      for (Row row : rows.collectAsList()) {
        double error = row.getDouble(D) - 0.25 - slope(row);
        squares += error * error;
      }
      assertEquals(squares / 400, evaluation.targets().get(0).mse(), 1e-12 * squares / 400);
    }
  }

  @Test
  void residualsAreThoseOfTheMappedRows() {
    Dataset<Row> rows =
        SparkTest.linear(500, D, 62).withColumn("f", functions.expr("if(x0 > 0, 1, 0)")).cache();
    ColumnRoles columns =
        ColumnRoles.of("y").withFeatures(List.of("x*")).withFolds(FoldRule.byColumn("f"));
    double[] center = new double[WIDTH + 1];
    center[WIDTH] = 0.25;
    PathModel model = PathModel.of(Vec.owning(center), COEFFICIENTS, 1);
    PathModel zero = PathModel.of(Vec.owning(center.clone()), Matrix.zeros(WIDTH, 1), 1);
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, columns, meter);
      Collected first =
          MomentsJob.of(design, OnInvalid.ERROR).withMaps(List.of(MAP)).run(rows, meter);
      ResidualJob job = ResidualJob.of(design, OnInvalid.ERROR).withMap(MAP);
      Residuals residuals =
          job.run(
              rows, model, first.moments(), List.of(Optional.of(model), Optional.of(zero)), meter);
      double all = 0;
      double held = 0;
      for (Row row : rows.collectAsList()) {
        double y = row.getDouble(D) - 0.25;
        all += Math.pow(y - slope(row), 2);
        held += row.getInt(D + 1) == 1 ? y * y : 0;
      }
      assertEquals(all, residuals.sumSquares(0, 0), 1e-12 * all);
      assertEquals(held, residuals.foldSumSquares(1, 0, 0), 1e-12 * held);
      assertThrows(
          IllegalArgumentException.class,
          () -> ResidualJob.of(design, OnInvalid.ERROR).run(rows, model, meter));
    }
    rows.unpersist();
  }

  @Test
  void shapesMustAgree() {
    assertEquals(
        "Cannot score 40 features of a map with 3 coefficients",
        assertThrows(
                IllegalArgumentException.class,
                () -> LinearScorer.of(List.of("y"), Matrix.zeros(3, 1), Vec.of(0)).withMap(MAP))
            .getMessage());
  }
}
