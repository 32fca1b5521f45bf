package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.spark.SparkTest;

/** A training that forecasts says what the command does of its run, at no further job. */
@Tag("spark")
class TuneForecastTest {
  private static final Path CASE = Path.of("src/test/resources/forecast/f01_powerlaw");
  private static final List<String> FILES = List.of("forecast.csv", "forecast.json");

  @TempDir Path directory;

  /** The words of a tuning of the reference case into {@code run}. */
  private String[] words(String run, String... more) {
    List<String> words = new ArrayList<>(List.of("tune", "--label", "y"));
    words.addAll(List.of("--input", CASE.resolve("data.csv").toString()));
    words.addAll(List.of("--out", place(run)));
    words.addAll(Arrays.asList(more));
    return words.toArray(String[]::new);
  }

  private String place(String run) {
    return directory.resolve(run).toString();
  }

  private CliRun tune(String run, String... more) {
    CliRun done = CliRun.of(words(run, more));
    assertEquals(0, done.code(), done.err());
    return done;
  }

  private JsonNode report(String run) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(run).resolve("report.json").toFile());
  }

  @Test
  void theRunHasWhatTheCommandWouldWrite() throws IOException {
    tune("with", "--forecast", "--fold-col", "fold");
    List<byte[]> written = new ArrayList<>();
    for (String file : FILES) {
      written.add(Files.readAllBytes(directory.resolve("with").resolve(file)));
    }
    String page = Files.readString(directory.resolve("with/report.html"));
    assertEquals(0, CliRun.of("forecast", place("with")).code());
    for (int i = 0; i < FILES.size(); i++) {
      assertArrayEquals(
          written.get(i), Files.readAllBytes(directory.resolve("with").resolve(FILES.get(i))));
    }
    assertEquals(page, Files.readString(directory.resolve("with/report.html")));
  }

  @Test
  void stdoutReportAndPageSayTheSame() throws IOException {
    CliRun done =
        tune("said", "--forecast", "--fold-col", "fold", "--rows", "4x", "--target-rmse", "0.1");
    JsonNode report = report("said");
    String sentence = report.at("/forecast/y/verdict/sentence").asText();
    assertTrue(sentence.startsWith("More rows "), sentence);
    assertTrue(done.out().contains(sentence) && done.out().contains("no limit"), done.out());
    assertTrue(done.out().contains("not with these features"), done.out());
    assertTrue(done.out().contains("observed, 1 fold"), done.out());
    String page = Files.readString(directory.resolve("said/report.html"));
    assertTrue(page.contains("<p class=\"verdict\">" + sentence + "</p>"), sentence);
    assertTrue(page.contains("Formula, assumption and caveat"));
    for (String key : List.of("now", "exponent", "floor", "diagnostic", "neededRows", "verdict")) {
      assertTrue(report.at("/forecast/y").hasNonNull(key), key);
    }
    assertEquals(4 * 120, report.at("/forecast/y/rows/0/rows").asDouble());
    assertTrue(report.at("/cost/seconds/forecast").isNumber());
    assertTrue(page.contains("<td class=\"words\">forecast</td>"));
    assertEquals("4x", report.at("/options/rows").asText());
  }

  @Test
  void jsonIsOneObject() throws IOException {
    CliRun done = tune("one", "--forecast", "--fold-col", "fold", "--output", "json");
    assertEquals(
        report("one"), new ObjectMapper().readTree(done.out()), "stdout, whole, and report.json");
    assertTrue(report("one").at("/forecast/y/now/mse").isNumber());
  }

  @Test
  void withoutTheFlagThereIsNone() throws IOException {
    CliRun done = tune("without", "--fold-col", "fold");
    assertTrue(report("without").get("forecast").isNull());
    assertTrue(report("without").at("/options/rows").isNull());
    assertFalse(done.out().contains("More rows"));
    assertFalse(Files.exists(directory.resolve("without/forecast.csv")));
    assertFalse(Files.readString(directory.resolve("without/report.html")).contains("more rows"));
  }

  @Test
  void takesNoFurtherJob() throws Exception {
    int plain = jobs(words("plain"));
    assertTrue(plain > 0);
    assertEquals(plain, jobs(words("grown", "--forecast")));
    assertEquals(0, jobs("moments", "solve", place("grown"), "--forecast"));
  }

  private static int jobs(String... words) {
    return SparkTest.jobs(
        () -> {
          CliRun done = CliRun.of(words);
          assertEquals(0, done.code(), done.err());
        });
  }

  /** A pool of its own has as many threads as systems fit in memory; the common one all cores. */
  @Test
  void splitsAreSolvedInAPoolOfTheirOwn() throws InterruptedException {
    tune("pooled");
    Set<String> solving = ConcurrentHashMap.newKeySet();
    AtomicBoolean ended = new AtomicBoolean();
    Thread watch =
        new Thread(
            () -> {
              while (!ended.get()) {
                Thread.getAllStackTraces()
                    .forEach(
                        (thread, stack) -> {
                          if (Arrays.toString(stack).contains("forecast.BlockSolver.solve")) {
                            solving.add(thread.getName());
                          }
                        });
              }
            });
    watch.start();
    for (int tried = 0; tried < 100 && solving.isEmpty(); tried++) { // one may be too quick
      assertEquals(0, CliRun.of("forecast", place("pooled")).code());
    }
    ended.set(true);
    watch.join();
    assertFalse(solving.isEmpty());
    assertTrue(
        solving.stream().allMatch(name -> name.startsWith("ForkJoinPool-")), solving.toString());
  }

  @Test
  void storedMomentsForecastTheSame() throws IOException {
    tune("first", "--forecast");
    CliRun done =
        CliRun.of("moments", "solve", place("first"), "--forecast", "--out", place("again"));
    assertEquals(0, done.code(), done.err());
    assertEquals(report("first").get("forecast"), report("again").get("forecast"));
  }

  @Test
  void aMapSaysWhatMoreFeaturesBring() throws IOException {
    tune("map", "--forecast", "--map", "rff", "--width", "20,40");
    assertEquals(3, report("map").at("/forecast/y/wider/points").size());
    assertTrue(report("map").at("/forecast/y/diagnostic/rareRow").isNull());
  }

  /** One of 60 rows with x wrong by 10 sd is a square of 10^2, and the error is of variance 1. */
  @Test
  void theRareRowIsOfMeasuredColumns() throws IOException {
    Path data = directory.resolve("rare.csv");
    StringBuilder rows = new StringBuilder("y,x,level\n");
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      double x = random.nextGaussian();
      rows.append(3 * x + random.nextGaussian() + 100 * (i % 2)).append(',').append(x);
      rows.append(i % 2 == 0 ? ",a\n" : ",b\n");
    }
    Files.writeString(data, rows.toString());
    List<String> words = new ArrayList<>(List.of("tune", "--forecast", "--label", "y"));
    words.addAll(List.of("--input", data.toString(), "--categorical", "level"));
    words.addAll(List.of("--out", place("rare")));
    CliRun done = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, done.code(), done.err());
    JsonNode rare = report("rare").at("/forecast/y/diagnostic/rareRow");
    assertEquals("x", rare.get("column").asText());
    assertEquals(900.0 / 60, rare.get("share").asDouble(), 5);
    assertTrue(done.out().contains("one in 60 with a value of x wrong by 10 sd would add"));
  }

  @Test
  void everyTargetHasItsVerdict() throws IOException {
    tune("two", "--forecast", "--label", "x1");
    String page = Files.readString(directory.resolve("two/report.html"));
    for (String target : List.of("y", "x1")) {
      String sentence = report("two").at("/forecast/" + target + "/verdict/sentence").asText();
      assertFalse(sentence.isEmpty());
      assertTrue(page.contains("<p class=\"verdict\">" + sentence + "</p>"), target);
    }
  }

  /** The options that change how it is solved. */
  @ParameterizedTest
  @CsvSource({
    "--solver,tsqr",
    "--solver,dual",
    "--df,5",
    "--select,loo",
    "--refine,",
    "--lambda,0"
  })
  void goesWithOtherWaysToSolve(String option, String value) throws IOException {
    tune(
        "solved",
        value == null
            ? new String[] {"--forecast", option}
            : new String[] {"--forecast", option, value});
    assertTrue(report("solved").at("/forecast/y/floor/mse").isNumber(), option);
  }

  @Test
  void goesWithAPrior() throws IOException {
    tune("earlier");
    tune("later", "--forecast", "--prior", place("earlier"));
    assertTrue(report("later").at("/forecast/y/floor/mse").isNumber());
  }

  @Test
  void whatOptionsRuleOutIsRefusedBeforeTheDataAreRead() {
    String none = directory.resolve("none.csv").toString();
    requireUsage(
        "Cannot use --forecast with 2 folds: at least 3 are needed",
        "tune",
        "--input",
        none,
        "--label",
        "y",
        "--forecast",
        "--folds",
        "2");
    requireUsage(
        "Cannot use --forecast with --penalty x*=0: the theory is of features that all have a"
            + " penalty",
        "tune",
        "--input",
        none,
        "--label",
        "y",
        "--forecast",
        "--penalty",
        "x*=0");
    requireUsage(
        "Cannot read --rows 'many': it must be a number of rows",
        "tune",
        "--input",
        none,
        "--label",
        "y",
        "--forecast",
        "--rows",
        "many");
    for (String[] detail :
        new String[][] {{"--rows", "2x"}, {"--target-rmse", "1"}, {"--at-lambda", "best"}}) {
      requireUsage(
          "Cannot use " + detail[0] + " without --forecast",
          "tune",
          "--input",
          none,
          "--label",
          "y",
          detail[0],
          detail[1]);
    }
  }

  @Test
  void storedMomentsOfTwoFoldsAreRefusedBeforeTheyAreSolved() {
    tune("halves", "--folds", "2");
    requireUsage(
        "Cannot use --forecast with 2 folds: at least 3 are needed",
        "moments",
        "solve",
        place("halves"),
        "--forecast",
        "--out",
        place("never"));
    assertFalse(Files.exists(directory.resolve("never")));
  }

  private static void requireUsage(String start, String... words) {
    CliRun refused = CliRun.of(words);
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.error().startsWith(start), refused.error());
  }

  @Test
  void aRunThatAllowsNoForecastIsARunWithAWarning() throws IOException {
    requireWarned(
        "Cannot forecast rows whose weights are precisions that differ", "--weight", "x1sq");
    requireWarned("Cannot forecast from 2 folds: at least 3 are needed", "--fold-col", "half");
    requireWarned(
        "Cannot forecast the error of 3 rows: they are too few",
        "--rows",
        "3",
        "--lambdas",
        "0.01:3:8");
    requireWarned("Cannot forecast the error of 1 rows: more than 2 are needed", "--rows", "1");
  }

  private void requireWarned(String start, String... more) throws IOException {
    Path data = directory.resolve("data.csv");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(CASE.resolve("data.csv"))) {
      String[] cells = line.split(",");
      lines.add(
          lines.isEmpty()
              ? line + ",x1sq,half"
              : line + "," + Math.pow(Double.parseDouble(cells[1]), 2) + "," + lines.size() % 2);
    }
    Files.write(data, lines);
    List<String> words = new ArrayList<>(List.of("tune", "--forecast", "--label", "y"));
    words.addAll(List.of("--input", data.toString(), "--out", place("warned")));
    words.addAll(List.of("--if-exists", "overwrite"));
    words.addAll(Arrays.asList(more));
    CliRun done = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, done.code(), done.err());
    JsonNode report = report("warned");
    String warning = report.get("warnings").get(report.get("warnings").size() - 1).asText();
    assertTrue(warning.startsWith(start), warning);
    assertTrue(done.out().contains("forecast  " + warning), done.out());
    assertTrue(report.get("forecast").isNull());
    assertFalse(Files.exists(directory.resolve("warned/forecast.csv")));
  }

  @Test
  void aLaterForecastReplacesThatOfThePageAndLeavesTheReport() throws IOException {
    tune("kept", "--forecast");
    byte[] before = Files.readAllBytes(directory.resolve("kept/report.json"));
    CliRun later = CliRun.of("forecast", place("kept"), "--rows", "77x");
    assertEquals(0, later.code(), later.err());
    assertArrayEquals(before, Files.readAllBytes(directory.resolve("kept/report.json")));
    JsonNode said = new ObjectMapper().readTree(directory.resolve("kept/forecast.json").toFile());
    assertEquals(77 * 120, said.at("/targets/y/rows/0/rows").asDouble());
    assertTrue(Files.readString(directory.resolve("kept/report.html")).contains("9,240"));
  }

  @Test
  void aForecastFileThatIsNoneIsNamed() throws IOException {
    tune("broken", "--forecast");
    Files.writeString(directory.resolve("broken/forecast.json"), "{\"format\": \"x\"}");
    CliRun refused = CliRun.of("report", place("broken"));
    assertEquals(3, refused.code(), refused.err());
    assertTrue(
        refused
            .error()
            .startsWith(
                "Cannot use the forecast: its format is 'x', this version reads"
                    + " 'ridgeline-forecast/1'"),
        refused.error());
  }
}
