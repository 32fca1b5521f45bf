package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.ml.RidgeRegressionCV;
import org.ridgeline.ml.RidgeRegressionModel;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.spark.SparkTest;

/** {@code --cv forward, purged, repeated} and {@code --nested}, from files to files. */
@Tag("spark")
class ValidationCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double[] LAMBDAS = {0.1, 3, 90};
  private static final Rows ROWS = Rows.normal(731, 65, 2, 2);

  /** Days whose order as numbers is not that of their texts. */
  private static final int[] DAYS = {-3, 5, 9, 10, 11, 100, 101};

  private static final String[] MONTHS = {
    "2019-11", "2019-12", "2020-01", "2020-02", "2020-03", "2020-10", "2021-01"
  };

  @TempDir Path directory;
  private Path input;

  private static int block(int row) {
    return row % 13 % DAYS.length;
  }

  @BeforeEach
  void writeRows() throws IOException {
    input = directory.resolve("rows.csv");
    StringBuilder csv = new StringBuilder("a,b,day,date,month,y,u\n");
    for (int i = 0; i < ROWS.size(); i++) {
      csv.append(ROWS.x(i, 0) + "," + ROWS.x(i, 1));
      csv.append("," + DAYS[block(i)] + "," + MONTHS[block(i)] + "-01," + MONTHS[block(i)]);
      csv.append("," + ROWS.y(i, 0) + "," + ROWS.y(i, 1) + "\n");
    }
    Files.writeString(input, csv);
  }

  private CliRun run(String run, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("tune", "--input", input.toString(), "--label", "y", "--label", "u"));
    words.addAll(List.of("--features", "a,b", "--lambdas", "0.1,3,90"));
    words.addAll(List.of("--out", directory.resolve(run).toString()));
    words.addAll(Arrays.asList(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private CliRun tune(String run, String... more) {
    CliRun done = run(run, more);
    assertEquals(0, done.code(), done.err());
    return done;
  }

  private JsonNode report(String run) throws IOException {
    return JSON.readTree(directory.resolve(run).resolve("report.json").toFile());
  }

  private List<String[]> path(String run, String target) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(run).resolve("path.csv"))) {
      if (line.startsWith("target,") || line.startsWith(target + ",")) {
        rows.add(line.split(",", -1));
      }
    }
    return rows;
  }

  private static Rows of(int[] blocks) {
    return ROWS.where(i -> IntStream.of(blocks).anyMatch(b -> b == block(i)));
  }

  private static double error(int[] training, int block, double lambda, int t) {
    Rows held = of(new int[] {block});
    return ExactRidge.fit(of(training), RidgeSpec.standard(), lambda).sumSquares(held, t)
        / held.moments().weightSum();
  }

  @ParameterizedTest
  @CsvSource({
    "day, forward, 0, 0",
    "date, forward, 1, 0",
    "month, forward, 1, 2",
    "day, purged, 1, 0",
    "month, purged, 2, 0",
    "date, kfold, 0, 0"
  })
  void foldErrorsAreThoseOfRefits(String column, String cv, int gap, int window)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("--fold-col", column, "--cv", cv));
    if (!cv.equals("kfold")) {
      words.addAll(List.of("--gap", Integer.toString(gap)));
    }
    if (window > 0) {
      words.addAll(List.of("--window", Integer.toString(window)));
    }
    tune("run", words.toArray(String[]::new));
    for (int t = 0; t < 2; t++) {
      List<String[]> rows = path("run", t == 0 ? "y" : "u");
      List<String> header = List.of(rows.get(0));
      for (int l = 0; l < LAMBDAS.length; l++) {
        String[] row = rows.get(1 + l);
        List<Double> scored = new ArrayList<>();
        for (int b = 0; b < DAYS.length; b++) {
          String cell = row[header.indexOf("fold_" + b)];
          int[] training = training(cv, gap, window, b);
          if (training.length == 0) {
            assertEquals("", cell, "block " + b + " is not scored");
          } else {
            double expected = error(training, b, LAMBDAS[l], t);
            assertEquals(expected, Double.parseDouble(cell), 1e-10 * expected);
            scored.add(expected);
          }
        }
        double mean = scored.stream().mapToDouble(e -> e).average().orElseThrow();
        double squares = scored.stream().mapToDouble(e -> (e - mean) * (e - mean)).sum();
        double se = Math.sqrt(squares / (scored.size() - 1) / scored.size());
        assertEquals(mean, Double.parseDouble(row[header.indexOf("cv_mse")]), 1e-10 * mean);
        assertEquals(se, Double.parseDouble(row[header.indexOf("cv_se")]), 1e-9 * se);
      }
    }
  }

  private static int[] training(String cv, int gap, int window, int block) {
    int before = block - gap;
    return IntStream.range(0, DAYS.length)
        .filter(
            b ->
                switch (cv) {
                  case "forward" ->
                      b < before && (window == 0 || (before >= window && b >= before - window));
                  case "purged" -> Math.abs(b - block) > gap;
                  default -> b != block;
                })
        .toArray();
  }

  @Test
  void theReportSaysWhichRowsTrainedAndWhichWereScored() throws IOException {
    CliRun forward =
        tune("f", "--fold-col", "day", "--cv", "forward", "--gap", "1", "--window", "2");
    String split =
        "Each of the 4 blocks 10 to 101, in order, was scored by the model of the 2 blocks before it"
            + " but the nearest; blocks -3 to 9 trained only; the model of the run is that of all"
            + " blocks";
    assertTrue(forward.out().contains(split), forward.out());
    JsonNode validation = report("f").get("validation");
    assertEquals(split, validation.get("split").asText());
    assertTrue(validation.get("standardError").asText().contains("of the mean over these blocks"));
    assertEquals("[0,1]", validation.get("splits").get(0).get("train").toString());
    assertEquals("[3]", validation.get("splits").get(0).get("heldOut").toString());
    String page = Files.readString(directory.resolve("f").resolve("report.html"));
    assertTrue(page.contains(split), "the page says it");
    CliRun purged = tune("p", "--fold-col", "day", "--cv", "purged");
    assertTrue(
        purged
            .out()
            .contains(
                "Each of the 7 blocks -3 to 101, in order, was scored by the model of the others"
                    + " but the nearest on either side"),
        purged.out());
    CliRun repeated = tune("r", "--cv", "repeated", "--folds", "3", "--repeats", "4");
    assertTrue(
        repeated
            .out()
            .contains(
                " of 30 fine blocks that have rows were dealt into 3 folds 4 times, each time anew,"
                    + " and each fold was scored by the model of all the others: every block has"
                    + " the mean of 4 scores"),
        repeated.out());
    assertEquals(12, report("r").get("validation").get("splits").size());
  }

  @Test
  void storedMomentsGiveTheSameBits() throws IOException {
    String moments = directory.resolve("m").toString();
    for (String[] options :
        new String[][] {
          {"--cv", "forward", "--gap", "1", "--nested"},
          {"--cv", "purged", "--nested"},
          {"--cv", "repeated", "--folds", "3", "--repeats", "2", "--nested"},
          {"--nested", "--select", "cv-1se"}
        }) {
      List<String> words = new ArrayList<>(List.of("--fold-col", "day"));
      words.addAll(Arrays.asList(options));
      String run = "run" + options[1] + options.length;
      tune(run, words.toArray(String[]::new));
      if (Files.notExists(directory.resolve("m"))) {
        CliRun written =
            CliRun.of(
                "moments",
                "write",
                "--input",
                input.toString(),
                "--label",
                "y",
                "--label",
                "u",
                "--features",
                "a,b",
                "--fold-col",
                "day",
                "--out",
                moments);
        assertEquals(0, written.code(), written.err());
      }
      List<String> solve = new ArrayList<>(List.of("moments", "solve", moments));
      solve.addAll(List.of("--lambdas", "0.1,3,90", "--out", directory.resolve(run + "s") + ""));
      solve.addAll(Arrays.asList(options));
      CliRun solved = CliRun.of(solve.toArray(String[]::new));
      assertEquals(0, solved.code(), solved.err());
      assertArrayEquals(
          Files.readAllBytes(directory.resolve(run).resolve("path.csv")),
          Files.readAllBytes(directory.resolve(run + "s").resolve("path.csv")));
      assertEquals(report(run).get("targets"), report(run + "s").get("targets"));
      assertEquals(report(run).get("validation"), report(run + "s").get("validation"));
    }
  }

  @Test
  void noWayOfValidatingReadsTheDataAgain() throws Exception {
    int plain = SparkTest.jobs(() -> tune("k", "--fold-col", "day"));
    int forward =
        SparkTest.jobs(() -> tune("f", "--fold-col", "day", "--cv", "forward", "--nested"));
    int repeated =
        SparkTest.jobs(() -> tune("r", "--cv", "repeated", "--repeats", "3", "--nested"));
    assertEquals(plain, forward);
    assertEquals(plain, repeated);
    assertEquals(1, report("r").get("cost").get("passes").asInt());
  }

  /** The error of the model that a tuning without the block chooses, by refits. */
  private static double nested(int block, int t) {
    int[] others = IntStream.range(0, DAYS.length).filter(b -> b != block).toArray();
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (double lambda : LAMBDAS) {
      double sum = 0;
      for (int held : others) {
        sum += error(IntStream.of(others).filter(b -> b != held).toArray(), held, lambda, t);
      }
      if (sum < least) {
        least = sum;
        best = lambda;
      }
    }
    return error(others, block, best, t);
  }

  @Test
  void theTunedModelHasTheErrorOfTuningsWithoutTheRows() throws IOException {
    CliRun done = tune("n", "--fold-col", "day", "--nested");
    for (int t = 0; t < 1; t++) {
      JsonNode cv = report("n").get("targets").get(t == 0 ? "y" : "u").get("cv");
      double sum = 0;
      for (int b = 0; b < DAYS.length; b++) {
        double expected = nested(b, t);
        double actual = cv.get("nested").get("foldErrors").get(b).asDouble();
        assertEquals(expected, actual, 1e-10 * expected);
        sum += expected;
      }
      double mean = sum / DAYS.length;
      assertEquals(mean, cv.get("nested").get("mse").asDouble(), 1e-10 * mean);
      assertEquals(
          mean - cv.get("mse").asDouble(),
          cv.get("nested").get("optimism").asDouble(),
          1e-9 * mean);
    }
    assertTrue(done.out().contains("tuned     mse "), done.out());
    String page = Files.readString(directory.resolve("n").resolve("report.html"));
    assertTrue(page.contains("Error of the tuned model (RMSE)") && page.contains("optimism"));
    CliRun forward = tune("w", "--fold-col", "day", "--cv", "forward", "--nested");
    assertTrue(forward.out().contains(" on 4 of 6 blocks, lambda chosen anew"), forward.out());
    assertTrue(forward.out().contains("; the cv error of these blocks is "), forward.out());
    CliRun gate = run("g", "--fold-col", "day", "--nested", "--fail-if", "nested_mse>0");
    assertEquals(7, gate.code(), gate.err());
  }

  @Test
  void aMapIsChosenAnewAsWell() throws IOException {
    tune(
        "m",
        "--fold-col",
        "day",
        "--nested",
        "--map",
        "rff",
        "--width",
        "4,8",
        "--length-scale",
        "1,3");
    JsonNode cv = report("m").get("targets").get("y").get("cv");
    double least = Double.POSITIVE_INFINITY; // of all settings, on the same folds
    List<String[]> rows = path("m", "y");
    int at = List.of(rows.get(0)).indexOf("cv_mse");
    for (String[] row : rows.subList(1, rows.size())) {
      least = Math.min(least, Double.parseDouble(row[at]));
    }
    assertEquals(least, cv.get("mse").asDouble(), 1e-12 * least);
    assertTrue(cv.get("nested").get("mse").asDouble() >= least);
    for (int b = 0; b < DAYS.length; b++) { // each is the error of one of the models
      double nested = cv.get("nested").get("foldErrors").get(b).asDouble();
      int fold = List.of(rows.get(0)).indexOf("fold_" + b);
      assertTrue(
          rows.subList(1, rows.size()).stream()
              .anyMatch(row -> Math.abs(Double.parseDouble(row[fold]) - nested) <= 1e-12 * nested));
    }
  }

  @Test
  void exactResidualsFollowTheSplits() throws IOException {
    tune("e", "--fold-col", "day", "--cv", "forward", "--gap", "1", "--exact-residuals");
    tune("q", "--fold-col", "day", "--cv", "forward", "--gap", "1");
    List<String[]> exact = path("e", "y");
    List<String[]> moments = path("q", "y");
    List<String> header = List.of(exact.get(0));
    for (int b = 0; b < DAYS.length; b++) {
      String measured = exact.get(1)[header.indexOf("fold_" + b)];
      String derived = moments.get(1)[header.indexOf("fold_" + b)];
      assertEquals(derived.isEmpty(), measured.isEmpty());
      if (!derived.isEmpty()) {
        double expected = Double.parseDouble(derived);
        assertEquals(expected, Double.parseDouble(measured), 1e-10 * expected);
      }
    }
  }

  @Test
  void theStageAgreesWithTheCommand() throws IOException {
    tune("s", "--fold-col", "day", "--cv", "forward", "--window", "2", "--nested");
    Dataset<Row> rows =
        SparkTest.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(input.toString());
    VectorAssembler assembler =
        new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("features");
    RidgeRegressionModel model =
        new RidgeRegressionCV()
            .setLabelCol("y")
            .setFoldCol("day")
            .setCv("forward")
            .setWindow(2)
            .setNested(true)
            .setLambdas(LAMBDAS)
            .fit(assembler.transform(rows));
    JsonNode cv = report("s").get("targets").get("y").get("cv");
    double nested = cv.get("nested").get("mse").asDouble();
    assertEquals(nested, model.summary().nestedError(), 1e-12 * nested);
    assertEquals(
        cv.get("nested").get("se").asDouble(),
        model.summary().nestedStandardError(0),
        1e-9 * nested);
    Row chosen = model.summary().path().where("selected").first();
    double mse = chosen.getDouble(chosen.fieldIndex("cv_mse"));
    assertEquals(cv.get("mse").asDouble(), mse, 1e-12 * mse);
  }

  @Test
  void smallDataAreRepeatedToo() throws IOException {
    Path small = directory.resolve("small.csv");
    List<String> lines = Files.readAllLines(input);
    Files.write(small, lines.subList(0, 25));
    CliRun done =
        CliRun.of(
            "tune",
            "--input",
            small.toString(),
            "--label",
            "y",
            "--features",
            "a,b",
            "--cv",
            "repeated",
            "--output",
            "json");
    assertEquals(0, done.code(), done.err());
    JsonNode cv = JSON.readTree(done.out()).get("targets").get("y").get("cv");
    assertTrue(cv.get("folds").asInt() < 25 && cv.get("folds").asInt() > 10, cv.toString());
    assertTrue(cv.get("se").asDouble() > 0);
  }
}
