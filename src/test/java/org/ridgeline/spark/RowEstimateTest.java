package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows that a plan reckons with, against those that are written. */
class RowEstimateTest {
  private static final int ROWS = 60_000;

  @TempDir Path directory;

  /** A category of 300 levels takes a byte or two of a row, and 299 columns of the moments. */
  private Dataset<Row> rows() {
    return SparkTest.session()
        .range(0, ROWS, 1, 1)
        .selectExpr(
            "id % 7 + rand(5) as y", "concat('level ', id * id % 300) as c", "rand(7) as x");
  }

  private void write(Dataset<Row> rows, String format, Map<String, String> options) {
    rows.write().format(format).options(options).mode(SaveMode.Append).save(directory + "/data");
  }

  @ParameterizedTest
  @CsvSource({
    "parquet, none",
    "parquet, snappy",
    "parquet, zstd",
    "orc, snappy",
    "csv, none",
    "csv, gzip",
    "json, none"
  })
  void isWithinTenPercent(String format, String compression) {
    write(rows(), format, Map.of("compression", compression, "header", "false"));
    Dataset<Row> read = SparkTest.session().read().format(format).load(directory + "/data");
    assertEquals(ROWS, estimateOf(read.distinct()), 0.1 * ROWS);
  }

  /** It is decompressed by blocks of 900 KB, so that the position in the file is a rough one. */
  @Test
  void bzip2IsWithinAFactorOfTwo() {
    write(rows(), "csv", Map.of("compression", "bzip2"));
    Dataset<Row> read = SparkTest.session().read().csv(directory + "/data");
    assertEquals(1, Math.abs(Math.log(estimateOf(read) / ROWS) / Math.log(2)), 1);
  }

  private static double estimateOf(Dataset<Row> rows) {
    return RowEstimate.of(SelectedRows.classic(rows).queryExecution().analyzed())
        .orElse(Double.NaN);
  }

  @Test
  void footersOfUnevenFilesAreAddedUp() {
    for (int n : new int[] {10, 20_000, 300, 39_690}) {
      write(rows().limit(n), "parquet", Map.of());
    }
    Dataset<Row> read = SparkTest.session().read().parquet(directory + "/data");
    assertEquals(ROWS, estimateOf(read), 1e-6 * ROWS);
  }

  @Test
  void whatIsNoFileHasNone() {
    assertTrue(RowEstimate.of(SelectedRows.classic(rows()).queryExecution().analyzed()).isEmpty());
  }

  @Test
  void aBrokenFooterIsLeftToThePass() throws java.io.IOException {
    write(rows(), "parquet", Map.of());
    Dataset<Row> read = SparkTest.session().read().parquet(directory + "/data");
    double before = estimateOf(read);
    assertEquals(ROWS, before, 1e-6 * ROWS);
    try (var files = Files.list(directory.resolve("data"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Files.write(file, new byte[100]);
      }
    }
    assertTrue(Double.isNaN(estimateOf(read)));
  }
}
