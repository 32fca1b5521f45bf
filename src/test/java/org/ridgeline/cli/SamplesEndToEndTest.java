package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.spark.SparkTest;

/** The sample data, from rows to run directory, against what another program computed. */
@Tag("spark")
class SamplesEndToEndTest {
  private static final double TOLERANCE = 1e-9;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"diamonds,log_price,10,0", "diabetes,progression,5,7", "longley,GNP.deflator,4,1"})
  void runEqualsTheExpectedResults(String name, String label, String folds, String seed)
      throws IOException {
    Path run = directory.resolve(name);
    CliRun tuned =
        CliRun.of(
            "tune",
            "--input",
            CliRun.SAMPLES.resolve(name + ".csv").toString(),
            "--label",
            label,
            "--folds",
            folds,
            "--seed",
            seed,
            "--lambdas",
            "0.001,0.01,0.1,1,10,100,1000",
            "--out",
            run.toString());
    assertEquals(0, tuned.code(), tuned.err());
    for (String file : List.of("path.csv", "coefficients.csv")) {
      assertSameCells(
          CliRun.SAMPLES.resolve("expected").resolve(name + "-" + file), run.resolve(file));
    }
  }

  private static void assertSameCells(Path expected, Path actual) throws IOException {
    List<String> wanted = Files.readAllLines(expected);
    List<String> found = Files.readAllLines(actual);
    assertEquals(wanted.size(), found.size());
    for (int i = 0; i < wanted.size(); i++) {
      String[] left = wanted.get(i).split(",", -1);
      String[] right = found.get(i).split(",", -1);
      assertEquals(left.length, right.length, () -> "columns of " + actual);
      for (int c = 0; c < left.length; c++) {
        String where = actual.getFileName() + " line " + (i + 1) + " column " + (c + 1);
        if (left[c].matches("-?[0-9].*")) {
          double value = Double.parseDouble(left[c]);
          assertEquals(value, Double.parseDouble(right[c]), TOLERANCE * Math.abs(value), where);
        } else {
          assertEquals(left[c], right[c], where);
        }
      }
    }
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    byte[][] paths = new byte[2][];
    for (int i = 0; i < 2; i++) {
      Path run = directory.resolve("run" + i);
      CliRun.of(
          "tune",
          "--input",
          "data-samples/diamonds.csv",
          "--label",
          "log_price",
          "--out",
          run.toString());
      paths[i] = Files.readAllBytes(run.resolve("path.csv"));
    }
    assertArrayEquals(paths[0], paths[1]);
  }

  @Test
  void tenFoldsAndHundredLambdasReadTheInputOnce() throws IOException {
    SparkSession session = SparkTest.session();
    String parquet = directory.resolve("diabetes.parquet").toString();
    session
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv("data-samples/diabetes.csv")
        .coalesce(1)
        .write()
        .parquet(parquet);
    AtomicLong rows = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            rows.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
          }
        };
    session.sparkContext().addSparkListener(listener);
    CliRun run =
        CliRun.of(
            "tune",
            "--input",
            parquet,
            "--label",
            "progression",
            "--folds",
            "10",
            "--lambdas",
            "1e-3:1e3:100",
            "--output",
            "json");
    session.sparkContext().removeSparkListener(listener);
    assertEquals(0, run.code(), run.err());
    assertEquals(442, rows.get());
    JsonNode cost = new ObjectMapper().readTree(run.out()).get("cost");
    assertEquals(1, cost.get("passes").asInt());
    assertTrue(cost.get("bytesRead").asLong() > 0);
  }

  @Test
  void exactResidualsAgreeWithTheMoments() throws IOException {
    JsonNode[] cv = new JsonNode[2];
    for (int i = 0; i < 2; i++) {
      CliRun run =
          CliRun.of(
              "tune",
              "--input",
              "data-samples/diabetes.csv",
              "--label",
              "progression",
              "--lambdas",
              "0.1,1,10",
              "--output",
              "json",
              i == 0 ? "-v" : "--exact-residuals");
      assertEquals(0, run.code(), run.err());
      JsonNode root = new ObjectMapper().readTree(run.out());
      assertEquals(i + 1, root.at("/cost/passes").asInt());
      cv[i] = root.at("/targets/progression/cv");
    }
    for (String key : List.of("mse", "se", "mse_pooled", "r2")) {
      double moments = cv[0].get(key).asDouble();
      assertEquals(moments, cv[1].get(key).asDouble(), 1e-10 * moments, key);
    }
  }
}
