package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a small table: files, exit codes, sentences. */
@Tag("spark")
class CommandsTest {
  @TempDir Path directory;
  private Path data;
  private String run;

  @BeforeEach
  void writeData() throws IOException {
    StringBuilder csv = new StringBuilder("\"a,b\",x,same,twice,city,y,z\n");
    for (int i = 0; i < 40; i++) {
      double x = Math.sin(i);
      csv.append(i % 7)
          .append(',')
          .append(x)
          .append(",3,")
          .append(1 - 2 * x)
          .append(i % 3 == 0 ? ",Oslo," : ",Rome,")
          .append(2 * x + i % 7 + 0.1 * Math.cos(3 * i))
          .append(',')
          .append(i % 5)
          .append('\n');
    }
    data = Files.writeString(directory.resolve("data.csv"), csv);
    run = directory.resolve("run").toString();
  }

  private CliRun tune(String... more) {
    return command("tune", Stream.of("--label", "y"), more);
  }

  private CliRun command(String command, Stream<String> fixed, String... more) {
    Stream<String> front = Stream.concat(Stream.of(command, "--input", data.toString()), fixed);
    return CliRun.of(Stream.concat(front, Stream.of(more)).toArray(String[]::new));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
  }

  @Test
  void warningsNameColumnsAndTheReportKeepsThem() throws IOException {
    CliRun tuned = tune("--out", run, "--features", "!z");
    assertEquals(0, tuned.code(), tuned.err());
    List<String> expected =
        List.of(
            "Not used as features: city (string); for text use --categorical, or name what to use in"
                + " --features",
            "Constant columns, coefficient 0: \"same\"",
            "Duplicate columns, which share their coefficient: \"twice = x\"; if they differ after"
                + " the sixth digit, --solver tsqr distinguishes them");
    assertTrue(tuned.warnings().containsAll(expected), tuned.err());
    JsonNode report = json(Files.readString(Path.of(run, "report.json")));
    assertEquals(tuned.warnings().size(), report.get("warnings").size());
    assertEquals("city (string)", report.at("/data/skipped/0").asText());
    assertEquals(4, report.at("/data/d").asInt());
    assertEquals(40, report.at("/data/n").asInt());
    assertEquals("cv-min", report.at("/options/select").asText());
    assertTrue(Files.readString(Path.of(run, "coefficients.csv")).contains("\ny,\"a,b\","));
  }

  @Test
  void categoriesOfOneLevelAreNamed() {
    CliRun tuned = tune("--categorical", "city", "--where", "city = 'Oslo'");
    assertEquals(0, tuned.code(), tuned.err());
    String expected = "Categorical columns of one level, which give no feature: \"city = Oslo\"";
    assertTrue(tuned.warnings().contains(expected), tuned.err());
  }

  @Test
  void runDirectoryHasItsFilesAndNoSibling() throws IOException {
    tune("--out", run, "--features", "x");
    try (Stream<Path> files = Files.list(Path.of(run))) {
      assertEquals(
          List.of(
              "_SUCCESS",
              "_manifest.json",
              "coefficients.csv",
              "model",
              "model.json",
              "moments",
              "path.csv",
              "report.html",
              "report.json",
              "residuals.csv",
              "status.json"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    assertFalse(Files.exists(directory.resolve(".run.ridgeline-run")));
    CliRun status = CliRun.of("status", run, "--output", "json");
    assertEquals(0, status.code());
    assertEquals("succeeded", json(status.out()).get("state").asText());
  }

  @Test
  void anEmptyOutputPathIsAUsageError() {
    CliRun refused = tune("--out", "");
    assertEquals("Cannot use '' as a run directory: it must have a name", refused.error());
    assertEquals(2, refused.code());
  }

  @Test
  void inputsWithoutRowsAreDataErrors() throws IOException {
    for (String text : List.of("", "x,y\n")) {
      Path empty = Files.writeString(directory.resolve("empty.csv"), text);
      CliRun refused = CliRun.of("fit", "--input", empty.toString(), "--label", "y");
      assertEquals("There are no rows in \"" + empty + "\"", refused.error());
      assertEquals(3, refused.code());
    }
    Path one = Files.writeString(directory.resolve("one.csv"), "x,y\n1,2\n");
    assertEquals(
        "There is 1 row for 5 folds; use fewer folds (--folds)",
        CliRun.of("tune", "--input", one.toString(), "--label", "y").error());
    assertEquals(
        "The label \"y\" has the same value, 2.0, in the only row: there is nothing to predict",
        CliRun.of("fit", "--input", one.toString(), "--label", "y").error());
  }

  @Test
  void quotesAreReadAndWrittenAsInRfc4180() throws IOException {
    tune("--out", run, "--features", "x");
    Path texts = Files.writeString(directory.resolve("t.csv"), "x,t\n1,\"say \"\"no\"\", ok\"\n");
    String out = directory.resolve("quoted").toString();
    CliRun scored =
        CliRun.of(
            "predict",
            "--model",
            run,
            "--input",
            texts.toString(),
            "--out",
            out,
            "--output-format",
            "csv");
    assertEquals(0, scored.code(), scored.err());
    try (Stream<Path> files = Files.list(Path.of(out))) {
      Path part = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow();
      String row = Files.readAllLines(part).get(1);
      assertTrue(row.startsWith("1,\"say \"\"no\"\", ok\","), row);
    }
  }

  @Test
  void existingOutputIsRefusedOrReplaced() throws IOException {
    tune("--out", run, "--features", "x");
    CliRun second = tune("--out", run, "--features", "x");
    assertEquals(4, second.code());
    assertEquals(
        "The output " + run + " exists already; choose another --out or --if-exists overwrite",
        second.error());
    CliRun third = tune("--out", run, "--features", "x,z", "--if-exists", "overwrite");
    assertEquals(0, third.code(), third.err());
    assertEquals(2, json(Files.readString(Path.of(run, "report.json"))).at("/data/d").asInt());
  }

  @Test
  void failedRunLeavesItsReasonBesideTheOldOutput() throws IOException {
    tune("--out", run, "--features", "x");
    String before = Files.readString(Path.of(run, "path.csv"));
    CliRun failed =
        command("tune", Stream.of("--label", "yy"), "--out", run, "--if-exists", "overwrite");
    assertEquals(3, failed.code());
    assertEquals("There is no label column \"yy\"; did you mean \"y\"?", failed.error());
    assertEquals(before, Files.readString(Path.of(run, "path.csv")));
    CliRun status = CliRun.of("status", run);
    assertEquals(3, status.code());
    assertTrue(status.out().contains("failed"), status.out());
    assertTrue(status.out().contains("did you mean"), status.out());
  }

  @Test
  void outputOverTheInputIsRefused() {
    CliRun over = tune("--out", directory.toString(), "--if-exists", "overwrite");
    assertEquals(4, over.code());
    assertEquals(
        "The output " + directory + " overlaps the input " + data + "; choose another --out",
        over.error());
  }

  @Test
  void missedGateIsSevenAndCommitted() throws IOException {
    CliRun missed = tune("--out", run, "--features", "x", "--fail-if", "cv_r2<2");
    assertEquals(7, missed.code());
    assertTrue(missed.error().startsWith("The quality gate is missed: cv_r2 of y is 0."));
    assertTrue(Files.exists(Path.of(run, "_SUCCESS")));
    assertEquals(7, CliRun.of("status", run).code());
    assertEquals(2, command("fit", Stream.of("--label", "y"), "--fail-if", "cv_r2<2").code());
  }

  @Test
  void gateTestsRowsHeldOutUnlessItSaysTraining() throws IOException {
    CliRun tuned = tune("--features", "x", "--output", "json");
    double heldOut = json(tuned.out()).at("/targets/y/cv/r2").asDouble();
    double training = json(tuned.out()).at("/targets/y/train/r2").asDouble();
    assertTrue(heldOut < training);
    String between = "<" + (heldOut + training) / 2;
    assertEquals(7, tune("--features", "x", "--fail-if", "r2" + between).code());
    assertEquals(0, tune("--features", "x", "--fail-if", "train_r2" + between).code());
    assertEquals(2, command("fit", Stream.of("--label", "y"), "--fail-if", "r2<0.3").code());
    assertEquals(
        0, command("fit", Stream.of("--label", "y"), "--fail-if", "r2<-9", "--folds", "4").code());
  }

  @Test
  void jsonIsOneObjectAndEqualsTheReport() throws IOException {
    CliRun tuned = tune("--out", run, "--features", "x", "--output", "json");
    assertEquals(json(Files.readString(Path.of(run, "report.json"))), json(tuned.out()));
  }

  @Test
  void severalTargetsEachWithItsLambda() throws IOException {
    CliRun tuned = tune("--label", "z", "--features", "a?b,x", "--output", "json");
    assertEquals(0, tuned.code(), tuned.err());
    JsonNode targets = json(tuned.out()).get("targets");
    assertEquals(2, targets.size());
    assertTrue(targets.at("/y/lambda/sum").asDouble() < targets.at("/z/lambda/sum").asDouble());
  }

  @Test
  void fitUsesGcvAndNeedsNoFolds() throws IOException {
    CliRun fit = command("fit", Stream.of("--label", "y"), "--features", "x", "--output", "json");
    JsonNode root = json(fit.out());
    assertEquals("gcv", root.at("/targets/y/selectedBy").asText());
    assertTrue(root.at("/targets/y/cv").isNull());
    assertTrue(root.at("/options/folds").isNull());
    CliRun one =
        command(
            "fit",
            Stream.of("--label", "y"),
            "--features",
            "x",
            "--lambda",
            "0.5",
            "--lambda-convention",
            "mean",
            "--output",
            "json");
    assertEquals(20, json(one.out()).at("/targets/y/lambda/sum").asDouble(), 1e-12);
  }

  @Test
  void predictionsFollowTheModelAlsoForCategories() throws IOException {
    CliRun fit =
        command(
            "fit",
            Stream.of("--label", "y"),
            "--features",
            "a?b,x",
            "--categorical",
            "city",
            "--lambda",
            "0.1",
            "--out",
            run);
    assertEquals(0, fit.code(), fit.err());
    String out = directory.resolve("predictions").toString();
    CliRun predicted =
        command(
            "predict",
            Stream.of("--model", run),
            "--out",
            out,
            "--output-format",
            "csv",
            "--output",
            "json");
    assertEquals(0, predicted.code(), predicted.err());
    assertEquals(out, json(predicted.out()).get("out").asText());
    JsonNode evaluated =
        json(command("evaluate", Stream.of("--model", run), "--output", "json").out());
    List<String> lines;
    try (Stream<Path> files = Files.list(Path.of(out))) {
      Path part = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow();
      lines = Files.readAllLines(part);
    }
    assertTrue(lines.get(0).endsWith(",prediction"));
    double squares = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      double error = Double.parseDouble(cells[5]) - Double.parseDouble(cells[7]);
      squares += error * error;
    }
    assertEquals(squares / 40, evaluated.at("/targets/y/mse").asDouble(), 1e-12);
    assertEquals(40, evaluated.at("/targets/y/n").asInt());
    assertEquals(0, CliRun.of("status", out).code());
  }

  @Test
  void droppedRowsFiltersWeightsAndGivenFoldsAreReported() throws IOException {
    Files.writeString(data, Files.readString(data) + "1,NaN,3,0,Rome,1,1\n1,,3,0,Rome,1,1\n");
    assertEquals(3, tune("--features", "x").code());
    CliRun tuned =
        tune(
            "--features",
            "x",
            "--on-invalid",
            "drop",
            "--option",
            "nullValue=NaN",
            "--where",
            "z < 4",
            "--weight",
            "same",
            "--fold-col",
            "city",
            "--folds",
            "3",
            "--output",
            "json");
    assertEquals(0, tuned.code(), tuned.err());
    JsonNode root = json(tuned.out());
    assertEquals(32, root.at("/data/n").asInt());
    assertEquals(2, root.at("/data/rowsDropped").asInt());
    assertEquals(96, root.at("/data/weightSum").asInt());
    assertEquals(2, root.at("/targets/y/cv/folds").asInt());
    assertTrue(
        tuned
            .warnings()
            .contains("The fold column has 2 values, so there are 2 folds, not --folds"),
        tuned.err());
  }

  @Test
  void foldsByGroupAndIdDifferFromThoseByContent() throws IOException {
    List<String> keys = List.of("--seed=0", "--id-col=z", "--group-col=a,b");
    List<String> errors = new ArrayList<>();
    for (String key : keys) {
      CliRun tuned = tune("--features", "x", "--folds", "2", key, "--output", "json");
      assertEquals(0, tuned.code(), tuned.err());
      errors.add(json(tuned.out()).at("/targets/y/cv/mse").asText());
    }
    assertEquals(3, errors.stream().distinct().count());
  }

  @Test
  void brokenModelIsInputData() throws IOException {
    Files.createDirectory(Path.of(run));
    Files.writeString(Path.of(run, "model.json"), "{\"format\":\"ridgeline-model/9\"}");
    CliRun predicted =
        command("predict", Stream.of("--model", run), "--out", directory.resolve("p").toString());
    assertEquals(3, predicted.code());
    assertEquals(
        "Cannot use the model: its format is 'ridgeline-model/9', this version reads"
            + " 'ridgeline-model/1' (model.json in "
            + run
            + ")",
        predicted.error());
  }

  @Test
  void planTrainsNothing() throws IOException {
    CliRun plan = command("plan", Stream.of("--label", "y"), "--output", "json");
    JsonNode root = json(plan.out());
    assertEquals(0, plan.code());
    assertEquals(40, root.get("n").asInt());
    assertEquals(5, root.get("d").asInt());
    assertEquals(1, root.get("passes").asInt());
    assertTrue(root.get("fits").asBoolean());
    assertTrue(root.get("driverBytes").asLong() > 0);
    assertTrue(command("plan", Stream.of("--label", "y")).out().contains("verdict   fits"));
  }

  @Test
  void doctorLooksAtDriverAndExecutors() throws IOException {
    CliRun doctor = CliRun.of("doctor", "--executors", "--output", "json");
    JsonNode root = json(doctor.out());
    assertEquals(0, doctor.code());
    assertTrue(root.at("/driver/syrkGigaflops").asDouble() > 0.1);
    assertEquals(1, root.get("executors").size());
    assertTrue(doctor.err().startsWith("INFO  BLAS "), doctor.err());
  }

  @Test
  void numericalFailureIsSix() throws IOException {
    StringBuilder csv = new StringBuilder("u,v,y\n");
    for (int i = 0; i < 30; i++) {
      double u = Math.sin(i);
      csv.append(u).append(',').append(u + 1e-7 * Math.cos(5 * i)).append(',').append(i % 4);
      csv.append('\n');
    }
    Path collinear = Files.writeString(directory.resolve("collinear.csv"), csv);
    CliRun fit =
        CliRun.of(
            "fit",
            "--input",
            collinear.toString(),
            "--label",
            "y",
            "--lambda",
            "0",
            "--solver",
            "cholesky");
    assertEquals(6, fit.code(), fit.err());
    assertTrue(fit.error().startsWith("Cannot solve at lambda = 0.0 to useful digits"));
  }

  @Test
  void secretsStayOutOfTheReport() throws IOException {
    CliRun fit =
        CliRun.with(
            Map.of("spark.ridgeline.option.someToken", "hush"),
            "fit",
            "--input",
            data.toString(),
            "--label",
            "y",
            "--features",
            "x",
            "--option",
            "myPassword=hush",
            "--out",
            run);
    assertEquals(0, fit.code(), fit.err());
    assertFalse((fit.out() + fit.err()).contains("hush"));
    String report = Files.readString(Path.of(run, "report.json"));
    assertFalse(report.contains("hush"));
    assertTrue(report.contains("\"myPassword\": \"*****\""));
  }
}
