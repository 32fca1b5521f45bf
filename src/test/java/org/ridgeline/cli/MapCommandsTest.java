package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands with a feature map, on the sample data. */
@Tag("spark")
class MapCommandsTest {
  private static final String FRIEDMAN = "data-samples/friedman1.csv";
  private static final String DIABETES = "data-samples/diabetes.csv";

  @TempDir Path directory;

  private static CliRun friedman(String command, String... more) {
    return of(command, FRIEDMAN, "y", more);
  }

  private static CliRun diabetes(String command, String... more) {
    return of(command, DIABETES, "progression", more);
  }

  private static CliRun of(String command, String input, String label, String... more) {
    Stream<String> front = Stream.of(command, "--input", input, "--label", label);
    return CliRun.of(Stream.concat(front, Stream.of(more)).toArray(String[]::new));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private String run(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void randomFeaturesBeatTheLinearModelOnAHoldout() throws IOException {
    String training = "x10 < 0.8";
    double[] rmse = new double[2];
    for (int i = 0; i < 2; i++) {
      List<String> words = new ArrayList<>(List.of("--where", training, "--out", run("m" + i)));
      words.addAll(i == 0 ? List.of() : List.of("--map", "orf", "--width", "64,256"));
      CliRun tuned = friedman("tune", words.toArray(String[]::new));
      assertEquals(0, tuned.code(), tuned.err());
      CliRun scored =
          CliRun.of(
              "evaluate",
              "--model",
              run("m" + i),
              "--input",
              FRIEDMAN,
              "--where",
              "x10 >= 0.8",
              "--output",
              "json");
      assertEquals(0, scored.code(), scored.err());
      rmse[i] = json(scored.out()).at("/targets/y/rmse").asDouble();
    }
    assertTrue(rmse[1] < 0.7 * rmse[0] && rmse[1] > 1, rmse[0] + " and " + rmse[1]);
  }

  @Test
  void everyWidthAndLengthScaleComesFromOnePass() throws IOException {
    CliRun tuned =
        diabetes(
            "tune",
            "--map",
            "rff",
            "--width",
            "8,16,32",
            "--length-scale",
            "2,5",
            "--lambdas",
            "0.01,0.1,1",
            "--clip",
            "2.5",
            "--out",
            run("r"),
            "--output",
            "json");
    assertEquals(0, tuned.code(), tuned.err());
    JsonNode report = json(tuned.out());
    assertEquals(1, report.at("/cost/passes").asInt());
    assertEquals(2, report.at("/cost/prePasses").asInt(), "schema and inputs of the map");
    assertEquals("8,16,32", report.at("/options/width").asText());
    assertEquals(2.5, report.at("/map/clip").asDouble());
    assertTrue(tuned.err().contains("clipped at 2.5 standard deviations"), tuned.err());
    List<String> path = Files.readAllLines(Path.of(run("r"), "path.csv"));
    assertEquals(1 + 6 * 3, path.size());
    assertTrue(path.get(0).startsWith("target,map,width,length_scale,lambda,df,"));
    assertEquals(1, path.stream().filter(line -> line.endsWith(",true")).count());
    Path model = Path.of(run("r"), "model.json");
    JsonNode map = json(Files.readString(model)).get("featureMap");
    assertEquals("rff", map.get("kind").asText());
    assertEquals(10, map.get("weights").size());
    assertEquals(map.get("width").asInt() / 2, map.get("weights").get(0).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rff-cos", "matern32", "arccos1", "ntk", "nystrom", "rff"})
  void evaluateOnTheTrainingRowsGivesTheTrainingError(String kind) throws IOException {
    CliRun fitted =
        diabetes("fit", "--map", kind, "--width", "48", "--out", run("f"), "--output", "json");
    assertEquals(0, fitted.code(), fitted.err());
    double mse = json(fitted.out()).at("/targets/progression/train/mse").asDouble();
    CliRun scored =
        CliRun.of("evaluate", "--model", run("f"), "--input", DIABETES, "--output", "json");
    assertEquals(0, scored.code(), scored.err());
    assertEquals(mse, json(scored.out()).at("/targets/progression/mse").asDouble(), 1e-9 * mse);
  }

  @Test
  void exactResidualsOfMapsAgreeWithTheMomentsAndReadOncePerSetting() throws IOException {
    JsonNode[] reports = new JsonNode[2];
    for (int i = 0; i < 2; i++) {
      CliRun tuned =
          diabetes(
              "tune",
              "--map",
              "arccos1",
              "--width",
              "8,16",
              "--lambdas",
              "0.1,1",
              "--output",
              "json",
              i == 0 ? "-v" : "--exact-residuals");
      assertEquals(0, tuned.code(), tuned.err());
      reports[i] = json(tuned.out());
    }
    assertEquals(1, reports[0].at("/cost/passes").asInt());
    assertEquals(3, reports[1].at("/cost/passes").asInt());
    double cv = reports[0].at("/targets/progression/cv/mse").asDouble();
    assertEquals(cv, reports[1].at("/targets/progression/cv/mse").asDouble(), 1e-9 * cv);
  }

  @Test
  void targetsThatChoseDifferentMapsAreScoredByTheirOwn() throws IOException {
    StringBuilder csv = new StringBuilder("x,slow,fast\n");
    for (int i = 0; i < 200; i++) {
      double x = (i * 37 % 200) / 50.0;
      csv.append(x).append(',').append(x + 0.01 * Math.sin(i)).append(',');
      csv.append(Math.sin(6 * x) + 0.01 * Math.cos(7 * i)).append('\n');
    }
    String data = Files.writeString(directory.resolve("two.csv"), csv).toString();
    CliRun tuned =
        CliRun.of(
            "tune",
            "--input",
            data,
            "--label",
            "slow",
            "--label",
            "fast",
            "--map",
            "rff",
            "--width",
            "16,64",
            "--length-scale",
            "0.2,20",
            "--lambdas",
            "1e-3,1e-1",
            "--out",
            run("two"),
            "--output",
            "json");
    assertEquals(0, tuned.code(), tuned.err());
    JsonNode report = json(tuned.out());
    assertEquals(20, report.at("/targets/slow/map/lengthScale").asDouble());
    assertEquals(0.2, report.at("/targets/fast/map/lengthScale").asDouble());
    CliRun scored =
        CliRun.of("evaluate", "--model", run("two"), "--input", data, "--output", "json");
    for (String target : List.of("slow", "fast")) {
      double mse = report.at("/targets/" + target + "/train/mse").asDouble();
      double found = json(scored.out()).at("/targets/" + target + "/mse").asDouble();
      assertEquals(mse, found, 1e-6 * mse, target);
    }
    CliRun one =
        CliRun.of(
            "evaluate",
            "--model",
            run("two"),
            "--input",
            data,
            "--label",
            "fast",
            "--output",
            "json");
    assertEquals(
        json(scored.out()).at("/targets/fast"), json(one.out()).at("/targets/fast"), one.err());
  }

  @Test
  void everyRowAsACenterAndWidthsBeyondTheRowsWork() throws IOException {
    CliRun all =
        of(
            "fit",
            "data-samples/longley.csv",
            "Employed",
            "--map",
            "nystrom",
            "--width",
            "all",
            "--output",
            "json");
    assertEquals(0, all.code(), all.err());
    assertEquals(16, json(all.out()).at("/targets/Employed/map/width").asInt());
    CliRun wide =
        of(
            "tune",
            "data-samples/longley.csv",
            "Employed",
            "--map",
            "rff",
            "--width",
            "8,200",
            "--lambdas",
            "0,0.001,0.1",
            "--folds",
            "3",
            "--seed",
            "1",
            "--output",
            "json");
    assertEquals(0, wide.code(), wide.err());
  }

  @Test
  void dataWithoutTheModelsColumnsAreRefused() throws IOException {
    diabetes("fit", "--map", "rff", "--width", "16", "--lambda", "1", "--out", run("f"));
    CliRun scored = CliRun.of("evaluate", "--model", run("f"), "--input", FRIEDMAN, "--label", "y");
    assertEquals(3, scored.code());
    assertTrue(scored.error().contains("\"age\""), scored.error());
  }

  @Test
  void planCountsTheMapAndNamesTheLargestWidthThatFits() throws IOException {
    CliRun plan = diabetes("plan", "--map", "rff", "--width", "256,512", "--output", "json");
    assertEquals(0, plan.code(), plan.err());
    JsonNode root = json(plan.out());
    assertEquals(10, root.get("d").asInt());
    assertEquals(1, root.get("passes").asInt());
    CliRun linear = diabetes("plan", "--output", "json");
    assertTrue(
        root.get("driverBytes").asLong() > 100 * json(linear.out()).get("driverBytes").asLong());
    CliRun text = diabetes("plan", "--map", "rff", "--width", "256,512");
    assertTrue(text.out().contains("rff, 2 widths up to 512 x 3 length scales"), text.out());
    CliRun large = diabetes("tune", "--map", "rff", "--width", "40000");
    assertEquals(5, large.code(), large.err());
    assertTrue(
        large.error().matches("Width 40000 does not fit.*use at most --width \\d+, the largest.*"),
        large.error());
  }

  @Test
  void mapsAreSetByFileAndBySparkProperties() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("map.conf"),
            "map = arccos1\nwidth = [8, 16]\nbias = 0\nclip = 6\nlambdas = [0.1, 1]\n");
    CliRun fromFile = diabetes("tune", "--config", file.toString(), "--output", "json");
    assertEquals(0, fromFile.code(), fromFile.err());
    assertEquals("arccos1", json(fromFile.out()).at("/map/kind").asText());
    assertEquals(0, json(fromFile.out()).at("/map/bias").asInt());
    CliRun fromSpark =
        CliRun.with(
            Map.of(
                "spark.ridgeline.map", "laplace",
                "spark.ridgeline.width", "8",
                "spark.ridgeline.length-scale", "3"),
            "fit",
            "--input",
            DIABETES,
            "--label",
            "progression",
            "--output",
            "json");
    assertEquals(0, fromSpark.code(), fromSpark.err());
    assertEquals(3, json(fromSpark.out()).at("/targets/progression/map/lengthScale").asDouble());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rff", "orf", "arccos1", "arccos2"})
  void thePythonOfTheGuideScoresLikePredict(String kind) throws Exception {
    assumeTrue(hasPython(), "python3 is not installed");
    diabetes("fit", "--map", kind, "--width", "32", "--clip", "2", "--out", run("f"));
    CliRun.of(
        "predict",
        "--model",
        run("f"),
        "--input",
        DIABETES,
        "--out",
        run("p"),
        "--output-format",
        "csv");
    Path script = Files.writeString(directory.resolve("score.py"), guidePython());
    Process process =
        new ProcessBuilder("python3", script.toString(), run("f"), DIABETES)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    List<String> scored = said.lines().toList();
    List<String> expected = predictions(Path.of(run("p")));
    assertEquals(442, expected.size());
    assertEquals(442, scored.size());
    for (int i = 0; i < 442; i++) {
      double value = Double.parseDouble(expected.get(i));
      assertEquals(value, Double.parseDouble(scored.get(i)), 1e-9 * Math.abs(value), "row " + i);
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static String guidePython() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/guide/random-features.md"));
    int start = page.indexOf("```python\n") + "```python\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  private static List<String> predictions(Path output) throws IOException {
    List<String> values = new ArrayList<>();
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
          values.add(line.substring(line.lastIndexOf(',') + 1));
        }
      }
    }
    return values;
  }
}
