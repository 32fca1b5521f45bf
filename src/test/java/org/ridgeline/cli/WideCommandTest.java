package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Launched;
import org.ridgeline.spark.SparkTest;

/** Few rows of many columns: rows are kept at {@code n d}, and nothing has {@code d^2} numbers. */
@Tag("spark")
class WideCommandTest {
  @TempDir Path directory;

  /** n rows of an array x of d numbers that two factors and noise make, y one of the factors. */
  private static Dataset<Row> wide(int n, int d) {
    return SparkTest.session()
        .range(0, n, 1, 1)
        .selectExpr(
            "id",
            "transform(sequence(0, "
                + (d - 1)
                + "), j -> sin(id) * cos(7 * j) + cos(3 * id) * sin(2 * j)"
                + " + sin(id * 12.9898 + j * 78.233 + 0.37 * id * j)) as x",
            "5 + sin(id) + 0.1 * sin(id * id) as y");
  }

  private Path parquet(Dataset<Row> rows, String name) {
    Path path = directory.resolve(name);
    rows.write().parquet(path.toString());
    return path;
  }

  private static JsonNode json(Path run, String name) throws IOException {
    return new ObjectMapper().readTree(run.resolve(name).toFile());
  }

  private static List<String> words(String command, Path data, Path run) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--input", data.toString(), "--label", "y", "--features", "x"));
    words.addAll(List.of("--out", run.toString()));
    return words;
  }

  /** Trains in a JVM of its own and returns the run. */
  private Path trained(Path data, String heap) throws Exception {
    Path run = directory.resolve("run");
    List<String> words = words("tune", data, run);
    List<String> jvm =
        List.of(
            "-Xmx" + heap,
            "-Dspark.master=local[2]",
            "-Dlog4j2.configurationFile=" + Path.of("conf", "log4j2.properties").toUri());
    try (Launched tune = Launched.start(directory, Main.class.getName(), jvm, Map.of(), words)) {
      assertEquals(0, tune.code(), tune.said());
      assertFalse(tune.err().matches("(?s).*[0-9] (WARN|ERROR) .*"), tune.err());
    }
    JsonNode report = json(run, "report.json");
    assertEquals("dual", report.at("/numerics/solver").asText());
    assertEquals(1, report.at("/cost/passes").asInt());
    long page = Files.size(run.resolve("report.html"));
    assertTrue(page < 1_500_000, "report.html has " + page + " bytes");
    return run;
  }

  @Test
  void aHundredRowsOfTenThousandColumnsTrainInAGigabyte() throws Exception {
    Path data = parquet(wide(100, 10_000), "data");
    Path run = trained(data, "1g");
    JsonNode report = json(run, "report.json");
    assertEquals(10_000, report.at("/data/d").asInt());
    double mse = report.at("/targets/y/cv/mse").asDouble();
    assertTrue(mse > 0.001 && mse < 0.1, "cv mse " + mse); // the variance of y is 0.5
  }

  /** Every number of two runs, those of the second by another solver. */
  private void assertSame(Path expected, Path actual, double tolerance) throws IOException {
    for (String name : List.of("path.csv", "coefficients.csv")) {
      List<String> wanted = Files.readAllLines(expected.resolve(name));
      List<String> found = Files.readAllLines(actual.resolve(name));
      assertEquals(wanted.size(), found.size(), name);
      for (int i = 0; i < wanted.size(); i++) {
        String[] cells = wanted.get(i).split(",", -1);
        String[] others = found.get(i).split(",", -1);
        assertEquals(cells.length, others.length);
        for (int c = 0; c < cells.length; c++) {
          assertCell(cells[c], others[c], tolerance, name + " line " + i + " column " + c);
        }
      }
    }
  }

  private static void assertCell(String wanted, String found, double tolerance, String where) {
    if (!wanted.matches("-?[0-9].*")) {
      assertEquals(wanted, found, where);
      return;
    }
    double number = Double.parseDouble(wanted);
    assertEquals(
        number, Double.parseDouble(found), tolerance * Math.max(1e-3, Math.abs(number)), where);
  }

  private Path run(String command, Path data, String name, String... more) {
    Path run = directory.resolve(name);
    List<String> words = words(command, data, run);
    words.addAll(List.of(more));
    CliRun done = CliRun.of(words.toArray(new String[0]));
    assertEquals(0, done.code(), done.err());
    return run;
  }

  @Test
  void theDualHasTheNumbersOfTheOtherSolvers() throws IOException {
    Path data = parquet(wide(100, 300), "data");
    String[] options = {"--lambdas", "0.1:1e5:15", "--folds", "4"};
    Path primal = run("tune", data, "primal", with(options, "--solver", "eigen"));
    Path dual = run("tune", data, "dual", with(options, "--solver", "dual"));
    assertEquals("eigen", json(primal, "report.json").at("/numerics/solver").asText());
    assertEquals("dual", json(dual, "report.json").at("/numerics/solver").asText());
    assertSame(primal, dual, 1e-10);
  }

  @Test
  void fewRowsOfAThousandColumnsAreSolvedByTheDualUnlessAskedOtherwise() throws IOException {
    Path data = parquet(wide(60, 1000), "data");
    String[] options = {"--lambdas", "1:1e5:6", "--folds", "3", "--select", "loo"};
    Path primal = run("tune", data, "primal", with(options, "--solver", "eigen"));
    Path dual = run("tune", data, "dual", options);
    assertEquals("dual", json(dual, "report.json").at("/numerics/solver").asText());
    assertSame(primal, dual, 1e-10);
    for (String kind : List.of("predictive", "cv-plus")) {
      Path expected = predicted(primal, data, "p-" + kind, kind);
      Path found = predicted(dual, data, "d-" + kind, kind);
      List<Row> rows = read(expected);
      List<Row> others = read(found);
      for (int i = 0; i < rows.size(); i++) {
        for (String end : List.of("prediction", "prediction_lower", "prediction_upper")) {
          double number = rows.get(i).getAs(end);
          assertEquals(number, (double) others.get(i).getAs(end), 1e-9, kind + " " + end);
        }
      }
    }
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  private Path predicted(Path run, Path data, String name, String kind) {
    Path out = directory.resolve(name);
    CliRun done =
        CliRun.of(
            "predict",
            "--model",
            run.toString(),
            "--input",
            data.toString(),
            "--interval",
            "0.9",
            "--interval-kind",
            kind,
            "--out",
            out.toString());
    assertEquals(0, done.code(), done.err());
    return out;
  }

  private static List<Row> read(Path predictions) {
    return SparkTest.session().read().parquet(predictions.toString()).orderBy("id").collectAsList();
  }

  @Test
  void storedRowsMergeAndAreSolvedButNotSubtracted() throws IOException {
    Path data = parquet(wide(80, 1000), "data");
    Path first = run("moments write", data, "a", "--where", "id < 30", "--id-col", "id");
    Path second = run("moments write", data, "b", "--where", "id >= 30", "--id-col", "id");
    assertTrue(Files.size(first.resolve("moments.bin")) < 30 * 1001 * 8 + 300_000);
    Path merged = directory.resolve("merged");
    CliRun merge =
        CliRun.of(
            "moments", "merge", first.toString(), second.toString(), "--out", merged.toString());
    assertEquals(0, merge.code(), merge.err());
    String[] options = {"--lambdas", "1:1e5:6"};
    Path whole = run("tune", data, "whole", with(options, "--id-col", "id"));
    Path solved = directory.resolve("solved");
    CliRun solve =
        CliRun.of(
            with(
                new String[] {"moments", "solve", merged.toString(), "--out", solved.toString()},
                options));
    assertEquals(0, solve.code(), solve.err());
    assertEquals("dual", json(solved, "report.json").at("/numerics/solver").asText());
    assertSame(whole, solved, 1e-10);
    CliRun shown = CliRun.of("moments", "show", merged.toString());
    assertEquals(0, shown.code(), shown.err());
    CliRun subtracted =
        CliRun.of(
            "moments",
            "subtract",
            merged.toString(),
            first.toString(),
            "--out",
            directory.resolve("rest").toString());
    assertEquals(3, subtracted.code(), subtracted.err());
    assertTrue(
        subtracted
            .error()
            .startsWith(
                "Cannot subtract: fold '0' keeps its rows, not their sums; merge the moments that"
                    + " remain instead"),
        subtracted.error());
  }

  @Test
  @Tag("slow")
  void sixtyRowsOfAHundredThousandColumnsTrainInFour() throws Exception {
    trained(parquet(wide(60, 100_000), "data"), "4g");
  }
}
