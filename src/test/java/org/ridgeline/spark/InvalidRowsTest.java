package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

@Tag("spark")
final class InvalidRowsTest {
  private static final String FIX = "; correct them, or use on-invalid drop to leave such rows out";

  @TempDir Path folder;

  private static Dataset<Row> dirty() {
    return SparkTest.rows(
            "a double, w double, y double",
            new Object[] {1.0, 1.0, 1.0},
            new Object[] {null, 1.0, 2.0},
            new Object[] {Double.NaN, 1.0, Double.POSITIVE_INFINITY},
            new Object[] {4.0, 1.0, 4.5},
            new Object[] {5.0, 1.0, 7.0})
        .coalesce(1);
  }

  private static String refusal(Dataset<Row> rows, ColumnRoles columns) {
    return assertThrows(DataException.class, () -> SparkTest.collect(rows, columns)).getMessage();
  }

  private Dataset<Row> parquet(Dataset<Row> rows) {
    String path = folder.resolve("dirty.parquet").toString();
    rows.write().parquet(path);
    return SparkTest.session().read().parquet(path);
  }

  /** Every example tells its file. */
  private static String withoutFile(String sentence) {
    String shorter = sentence.replaceAll(", in file:\\S+\\.parquet", "");
    assertEquals(2, shorter.split(" of partition ").length - 1);
    assertEquals(2, sentence.split("dirty[.]parquet").length - 1, sentence);
    return shorter;
  }

  @Test
  void oneSentenceTellsColumnCountExampleAndFix() {
    String expected =
        "column \"a\" has null, NaN or infinite values in 2 rows, first null in row 2 of partition"
            + " 0 (1 further columns have such values too, the next: column \"y\" has null, NaN or"
            + " infinite values in 1 row, first Infinity in row 3 of partition 0)"
            + FIX;
    ColumnRoles columns = ColumnRoles.of("y").withFeatures(List.of("a"));
    assertEquals(expected, refusal(dirty(), columns));
    assertEquals(expected, withoutFile(refusal(parquet(dirty()), columns)));
  }

  @Test
  void dropLeavesTheRowsOutAndSaysSo() {
    Dataset<Row> rows = dirty();
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, ColumnRoles.of("y"), meter);
      Collected collected = MomentsJob.of(design, OnInvalid.DROP).run(rows, meter);
      assertEquals(3, collected.moments().total().rows());
      assertEquals(2, collected.rowsDropped());
      assertEquals(
          "column \"a\" has null, NaN or infinite values in 2 rows, first null in row 2 of"
              + " partition 0: these rows were left out",
          collected.warnings().get(0));
    }
  }

  @Test
  void negativeWeightsAreRefused() {
    Dataset<Row> rows =
        SparkTest.rows(
                "a double, w double, y double",
                new Object[] {1.0, 1.0, 1.0},
                new Object[] {2.0, -0.5, 2.0})
            .coalesce(1);
    assertEquals(
        "column \"w\" has negative weights in 1 row, first -0.5 in row 2 of partition 0" + FIX,
        refusal(rows, ColumnRoles.of("y").withWeight("w")));
  }

  @Test
  void arraysOfAnotherLengthAreRefused() {
    Dataset<Row> rows =
        SparkTest.rows(
                "a array<double>, y double",
                new Object[] {new Double[] {1.0, 2.0}, 1.0},
                new Object[] {new Double[] {1.0, 2.0, 3.0}, 2.0},
                new Object[] {new Double[] {1.0, null}, 2.0})
            .coalesce(1);
    String expected =
        "column \"a\" has vectors of another length in 1 row, first 3 elements instead of 2 in"
            + " row 2 of partition 0 (1 further columns have such values too, the next: column"
            + " \"a\" has null, NaN or infinite values in 1 row, first a null element in row 3 of"
            + " partition 0)"
            + FIX;
    assertEquals(expected, refusal(rows, ColumnRoles.of("y")));
    assertEquals(expected, withoutFile(refusal(parquet(rows), ColumnRoles.of("y"))));
  }

  @Test
  void wholeTablesThatCannotBeUsed() {
    Dataset<Row> rows = dirty().where("a > 0 and not isnan(a)");
    assertEquals("the input has no rows", refusal(rows.where("a > 100"), ColumnRoles.of("y")));
    assertEquals(
        "there are 3 rows for 5 folds; use fewer folds (folds)",
        refusal(rows, ColumnRoles.of("y").withFolds(FoldRule.hashed(5, 0))));
    assertEquals(3, SparkTest.collect(rows, ColumnRoles.of("w")).moments().rows(), "to be merged");
    assertEquals(
        "all weights in column \"z\" are 0",
        refusal(
            rows.withColumn("z", org.apache.spark.sql.functions.lit(0.0)),
            ColumnRoles.of("y").withWeight("z")));
  }

  @Test
  void labelsAndWeightsOfExtremeSizeAreRefusedInWords() {
    Dataset<Row> rows = SparkTest.linear(30, 2, 3);
    for (double size : new double[] {1e-155, 1e-200, 1e-300}) {
      String refused = refusal(rows.withColumn("y", rows.col("y").multiply(size)));
      assertEquals(
          "the label \"y\" is too small: squares of its errors, which are results, underflow where"
              + " labels vary by less than about 1e-145; multiply it by 1e200",
          refused);
    }
    for (double size : new double[] {1e150, 1e160, 1e300, 1e307}) {
      String refused = refusal(rows.withColumn("y", rows.col("y").multiply(size)));
      assertEquals(
          "the label \"y\" is too large: squares of its errors, which are results, overflow where"
              + " labels exceed about 1e145; divide it by 1e200",
          refused);
    }
    Dataset<Row> opposite =
        rows.withColumn("y", org.apache.spark.sql.functions.expr("if(x0 > 0, 1e-200, -1e-200)"));
    assertTrue(refusal(opposite).contains("too small"), refusal(opposite));
    for (double size : new double[] {1e-300, 1e300}) {
      Dataset<Row> weighted =
          rows.withColumn("w", org.apache.spark.sql.functions.lit(size))
              .withColumn("x0", rows.col("x0").multiply(1e200));
      String refused = refusal(weighted, ColumnRoles.of("y").withWeight("w"));
      assertTrue(refused.startsWith("the weights in column \"w\" sum to 3"), refused);
    }
  }

  private static String refusal(Dataset<Row> rows) {
    return refusal(rows, ColumnRoles.of("y"));
  }

  @Test
  void emptyFoldsNameSeedAndFoldColumn() {
    Dataset<Row> rows = SparkTest.linear(8, 1, 1);
    assertEquals(
        "fold 0 of 7 has no rows; use a seed other than 0 (seed), fewer folds (folds), or choose the"
            + " folds by fold-col",
        refusal(rows, ColumnRoles.of("y").withFolds(FoldRule.hashed(7, 0)))
            .replaceFirst("fold \\d", "fold 0"));
  }

  @Test
  void unseenLevelsAreErrorsOrZeros() {
    Dataset<Row> train =
        SparkTest.rows("c string, y double", new Object[] {"a", 1.0}, new Object[] {"b", 2.0});
    Dataset<Row> fresh =
        SparkTest.rows("c string", new Object[] {"b"}, new Object[] {"z"}).coalesce(1);
    LinearScorer scorer = LinearScorer.of(List.of("y"), Matrix.column(1), Vec.of(10));
    try (PassMeter meter = SparkTest.meter()) {
      Design trained = Designs.of(train, ColumnRoles.of("y").withCategorical(List.of("c")), meter);
      Design zero =
          Designs.forModel(
              fresh.schema(),
              trained.inputColumns(),
              List.of(),
              Optional.empty(),
              UnseenLevel.ZERO);
      List<Row> scored = ScoringJob.of(zero, OnInvalid.ERROR).score(fresh, scorer).collectAsList();
      assertEquals(11, scored.get(0).getDouble(1));
      assertEquals(10, scored.get(1).getDouble(1));
      Design strict =
          Designs.forModel(
              fresh.schema(),
              trained.inputColumns(),
              List.of(),
              Optional.empty(),
              UnseenLevel.ERROR);
      DataException refused =
          assertThrows(
              DataException.class,
              () ->
                  ScoringJob.of(strict, OnInvalid.ERROR)
                      .write(
                          fresh,
                          scorer,
                          folder.resolve("out").toString(),
                          OutputFormat.PARQUET,
                          meter));
      assertEquals(
          "column \"c\" has levels that the model does not know in 1 row, first \"z\" in row 2 of"
              + " partition 0"
              + FIX
              + ", or unseen zero to take unknown levels as none",
          refused.getMessage());
    }
  }
}
