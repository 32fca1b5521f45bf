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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.spark.SparkTest;

/** From a run to its forecast, against the values of the reference cases. */
@Tag("spark")
class ForecastCommandTest {
  private static final Path CASES = Path.of("src/test/resources/forecast");

  @TempDir Path directory;

  private String run;

  private JsonNode train(String name, String... more) throws IOException {
    Path folder = CASES.resolve(name);
    JsonNode expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
    List<String> lambdas = new ArrayList<>();
    expected.get("lambdas").forEach(lambda -> lambdas.add(lambda.asText()));
    run = directory.resolve(name).toString();
    List<String> words = new ArrayList<>(List.of("tune", "--label", "y", "--fold-col", "fold"));
    words.addAll(List.of("--input", folder.resolve("data.csv").toString(), "--out", run));
    words.addAll(List.of("--standardize", "none", "--lambdas", String.join(",", lambdas)));
    words.addAll(Arrays.asList(more));
    CliRun tuned = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, tuned.code(), tuned.err());
    return expected;
  }

  @Test
  void theFileHasWhatIsForetold() throws IOException {
    JsonNode expected = train("f01_powerlaw");
    CliRun done =
        CliRun.of("forecast", run, "--rows", "2x,4x,1200", "--target-rmse", "0.204904443");
    assertEquals(0, done.code(), done.err());
    List<String[]> rows =
        Files.readAllLines(Path.of(run, "forecast.csv")).stream()
            .map(l -> l.split(",", -1))
            .toList();
    assertEquals(
        "target,rows,mse,mse_lower,mse_upper,ratio,ratio_lower,ratio_upper,bound,kind",
        String.join(",", rows.get(0)));
    for (Map.Entry<String, JsonNode> point : expected.get("forecast").properties()) {
      String count = point.getKey().equals("inf") ? "Infinity" : point.getKey() + ".0";
      for (String[] row : rows) {
        if (row[9].equals("optimal") && row[1].equals(count)) {
          List<String> keys = List.of("mse", "lo", "hi", "ratio", "ratio_lo", "ratio_hi");
          for (int i = 0; i < keys.size(); i++) {
            double value = point.getValue().get(keys.get(i)).asDouble();
            assertEquals(value, Double.parseDouble(row[2 + i]), 1e-7 * value);
          }
        }
      }
    }
    assertEquals(
        List.of("15.0", "30.0", "60.0", "105.0", "120.0", "240.0", "480.0", "1200.0", "Infinity"),
        rows.stream()
            .filter(row -> row[9].equals("observed") || row[9].equals("optimal"))
            .map(row -> row[1])
            .toList());
    assertTrue(done.out().startsWith("More rows "), done.out());
    assertTrue(done.out().contains("about 431 rows (90 % band"), done.out());
  }

  @Test
  void startsNoJob() throws IOException {
    train("f01_powerlaw");
    assertEquals(0, SparkTest.jobs(() -> assertEquals(0, CliRun.of("forecast", run).code())));
  }

  @Test
  void thePageHasThePlotAlsoWhenItIsMadeAgain() throws IOException {
    train("f04_wide");
    String before = Files.readString(Path.of(run, "report.html"));
    assertFalse(before.contains("Would more rows help?"));
    assertEquals(0, CliRun.of("forecast", run).code());
    String page = Files.readString(Path.of(run, "report.html"));
    assertTrue(
        page.contains("Would more rows help?") && page.contains("The line is an upper bound"));
    assertEquals(0, CliRun.of("report", run).code());
    assertEquals(page, Files.readString(Path.of(run, "report.html")));
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    JsonNode expected = train("f02_isotropic_double_descent");
    CliRun done =
        CliRun.of(
            "forecast", run, "--output", "json", "--target-rmse", "0.6", "--at-lambda", "best");
    JsonNode json = new ObjectMapper().readTree(done.out()).at("/targets/y");
    assertClose(expected.at("/now/mse"), json.at("/now/mse"));
    assertClose(expected.at("/now/exponent"), json.get("exponent"));
    assertClose(expected.at("/forecast/120/mse"), json.at("/rows/0/mse"));
    assertClose(expected.at("/forecast/inf/mse"), json.at("/floor/mse"));
    assertClose(expected.at("/diagnostic/log_train_over_cv"), json.at("/diagnostic/logGcvOverCv"));
    assertClose(expected.at("/effective_ranks/r/0"), json.at("/effectiveRanks/r0"));
    assertEquals("help", json.at("/verdict/kind").asText());
    assertTrue(json.at("/neededRows/rows").asDouble() > 200, done.out());
  }

  private static void assertClose(JsonNode expected, JsonNode found) {
    assertEquals(expected.asDouble(), found.asDouble(), 1e-7 * Math.abs(expected.asDouble()));
  }

  @Test
  void ofAMapItSaysWhatMoreFeaturesBring() throws IOException {
    run = directory.resolve("map").toString();
    CliRun tuned =
        CliRun.of(
            "tune",
            "--input",
            CASES.resolve("f01_powerlaw/data.csv").toString(),
            "--label",
            "y",
            "--fold-col",
            "fold",
            "--map",
            "rff",
            "--width",
            "20,40",
            "--out",
            run);
    assertEquals(0, tuned.code(), tuned.err());
    CliRun done = CliRun.of("forecast", run, "--output", "json");
    JsonNode json = new ObjectMapper().readTree(done.out()).at("/targets/y");
    assertEquals(3, json.at("/wider/points").size(), done.err());
    assertTrue(json.at("/wider/points/2/ratio").asDouble() <= 1);
    assertTrue(json.at("/variance/both").asDouble() > 0);
    String text = CliRun.of("forecast", run).out();
    assertTrue(text.contains("MSE lower by at least "));
    assertTrue(text.contains("feature-limited"), text);
  }

  @Test
  void anErrorBelowTheFloorTakesOtherFeatures() throws IOException {
    train("f01_powerlaw");
    CliRun done = CliRun.of("forecast", run, "--target-rmse", "0.1");
    assertTrue(
        done.out()
            .contains("not with these features: no number of rows lowers the rmse below 0.1998"),
        done.out());
  }

  @Test
  void ofAModelWithABadLambdaItSaysSo() throws IOException {
    run = directory.resolve("bad").toString();
    String data = CASES.resolve("f01_powerlaw/data.csv").toString();
    CliRun tuned =
        CliRun.of("tune", "--input", data, "--label", "y", "--lambda", "5000", "--out", run);
    assertEquals(0, tuned.code(), tuned.err());
    String text = CliRun.of("forecast", run).out();
    assertTrue(text.contains("a better lambda comes before more rows"), text);
  }

  /** A list that starts too high, one that ends too low, and one with the best between its two. */
  @ParameterizedTest
  @ValueSource(strings = {"1000:50000:20", "1e-9:1e-8:5", "1e-6,1000"})
  void lambdasThatMissTheBestAreCompleted(String lambdas) throws IOException {
    String data = CASES.resolve("f02_isotropic_double_descent/data.csv").toString();
    List<JsonNode> found = new ArrayList<>();
    for (List<String> grid : List.of(List.<String>of(), List.of("--lambdas", lambdas))) {
      run = directory.resolve("grid" + grid.size()).toString();
      List<String> words = new ArrayList<>(List.of("tune", "--input", data, "--label", "y"));
      words.addAll(List.of("--fold-col", "fold", "--forecast", "--out", run));
      words.addAll(grid);
      CliRun tuned = CliRun.of(words.toArray(String[]::new));
      assertEquals(0, tuned.code(), tuned.err());
      assertEquals(0, CliRun.of("forecast", run).code());
      found.add(
          new ObjectMapper().readTree(Path.of(run, "forecast.json").toFile()).at("/targets/y"));
    }
    for (String place : List.of("/now/mse", "/floor/mse", "/rows/0/mseBand/0")) {
      double automatic = found.get(0).at(place).asDouble();
      assertEquals(automatic, found.get(1).at(place).asDouble(), 0.01 * automatic, place);
    }
    assertEquals(
        found.get(0).at("/verdict/kind").asText(), found.get(1).at("/verdict/kind").asText());
    assertTrue(CliRun.of("forecast", run).out().contains("a better lambda comes before more rows"));
  }

  @Test
  void rowsAreInOrderAndNowAmongThem() throws IOException {
    train("f01_powerlaw");
    String text = CliRun.of("forecast", run, "--rows", "2x,1e6,0.5x,1x").out();
    int before = 0;
    for (String row :
        List.of("\n  60 ", "\n  120 ", "\n  240 ", "\n  1,000,000 ", "\n  no limit ")) {
      int at = text.lastIndexOf(row);
      assertTrue(at > before, row + text);
      before = at;
    }
    assertEquals(text.indexOf("\n  120 "), text.lastIndexOf("\n  120 "), "once: " + text);
    List<String[]> rows =
        Files.readAllLines(Path.of(run, "forecast.csv")).stream()
            .map(line -> line.split(",", -1))
            .toList();
    for (String kind : List.of("optimal", "same-lambda")) {
      List<Double> counts =
          rows.stream().filter(r -> r[9].equals(kind)).map(r -> Double.valueOf(r[1])).toList();
      assertEquals(counts.stream().sorted().toList(), counts, kind);
    }
  }

  @Test
  void ofATargetWithoutNoiseOnlyABoundIsKnown() throws IOException {
    Path data = directory.resolve("exact.csv");
    StringBuilder rows = new StringBuilder("y,x,z\n");
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      double x = random.nextGaussian();
      double z = random.nextGaussian();
      rows.append(x + 2 * z).append(',').append(x).append(',').append(z).append('\n');
    }
    Files.writeString(data, rows.toString());
    run = directory.resolve("exact").toString();
    CliRun tuned = CliRun.of("tune", "--input", data.toString(), "--label", "y", "--out", run);
    assertEquals(0, tuned.code(), tuned.err());
    String text = CliRun.of("forecast", run, "--target-rmse", "1e-9").out();
    assertTrue(text.startsWith("Cannot tell whether more rows help: the forecast is an"), text);
    assertTrue(text.contains("now, at most"), text);
    assertTrue(text.contains("would add many times the MSE"), text);
    assertTrue(text.contains("cannot be told: without limit to the rows the rmse is at"), text);
  }

  @Test
  void ofOptionsThatAreRefusedThereIsNoWarning() {
    run = directory.resolve("ordered").toString();
    String data = CASES.resolve("f01_powerlaw/data.csv").toString();
    List<String> words = new ArrayList<>(List.of("tune", "--input", data, "--label", "y"));
    words.addAll(List.of("--fold-col", "fold", "--cv", "forward", "--out", run));
    CliRun tuned = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, tuned.code(), tuned.err());
    String warning = "of a drift it says nothing";
    assertTrue(CliRun.of("forecast", run).err().contains(warning));
    assertFalse(CliRun.of("forecast", run, "--target", "z").err().contains(warning));
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    train("f01_powerlaw");
    requireRefused(2, "Cannot read --rows 'many': it must be a number", "--rows", "2x,many");
    requireRefused(2, "Cannot forecast --target z: the targets of the run are y", "--target", "z");
    requireRefused(
        2, "Cannot read --target-rmse '-1': it must be a positive", "--target-rmse", "-1");
    requireRefused(3, "Cannot forecast the error of 3 rows: they are too few", "--rows", "3");
  }

  private void requireRefused(int code, String start, String... more) {
    List<String> words = new ArrayList<>(List.of("forecast", run));
    words.addAll(Arrays.asList(more));
    CliRun refused = CliRun.of(words.toArray(String[]::new));
    assertEquals(code, refused.code(), refused.err());
    assertTrue(refused.error().startsWith(start), refused.error());
  }

  @Test
  void refusesRunsWithoutMomentsOrWithTwoFolds() throws IOException {
    train("f01_powerlaw", "--no-moments");
    assertEquals(3, CliRun.of("forecast", run).code());
    Path data = CASES.resolve("f01_powerlaw/data.csv");
    run = directory.resolve("two").toString();
    CliRun.of("tune", "--input", data.toString(), "--label", "y", "--folds", "2", "--out", run);
    requireRefused(3, "Cannot forecast from 2 folds: at least 3 are needed");
  }
}
