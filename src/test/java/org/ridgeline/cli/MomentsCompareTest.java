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
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.FlippedBits;
import org.ridgeline.infer.TargetComparison;
import org.ridgeline.spark.SparkTest;

/** {@code moments compare}, on rows whose relation changes in one column. */
@Tag("spark")
class MomentsCompareTest {
  @TempDir Path directory;

  @BeforeEach
  void writeData() throws IOException {
    write("old.csv", 1, 400, 2, "Oslo");
    write("same.csv", 2, 300, 2, "Oslo");
    write("new.csv", 3, 300, 3, "Oslo");
    write("lima.csv", 3, 300, 3, "Lima");
  }

  /** The coefficient of x is {@code slope}; with another than 2 the mean of z moves, too. */
  private void write(String name, long seed, int n, double slope, String city) throws IOException {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("x,z,v,city,w,y,u\n");
    for (int i = 0; i < n; i++) {
      double x = random.nextGaussian();
      double z = 50 + random.nextGaussian() + (slope == 2 ? 0 : 2);
      double v = random.nextGaussian();
      String place = i % 3 == 0 ? city : "Rome";
      double y = slope * x - z + random.nextGaussian();
      double u = v - x + 0.5 * random.nextGaussian();
      csv.append(
          String.format(Locale.ROOT, "%s,%s,%s,%s,%d,%s,%s%n", x, z, v, place, 1 + i % 2, y, u));
    }
    Files.writeString(directory.resolve(name), csv);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private CliRun run(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    for (String word : more) {
      words.add(word.startsWith("@") ? path(word.substring(1)) : word);
    }
    return CliRun.of(words.toArray(String[]::new));
  }

  private CliRun ok(String command, String... more) {
    CliRun done = run(command, more);
    assertEquals(0, done.code(), done.err());
    return done;
  }

  /** Sums or trains on {@code NAME.csv} into {@code NAME}. */
  private void make(String command, String name, String... more) {
    List<String> words = new ArrayList<>(List.of("--input", "@" + name + ".csv"));
    words.addAll(List.of("--out", "@" + name, "--if-exists", "overwrite"));
    words.addAll(Arrays.asList(more));
    ok(command, words.toArray(String[]::new));
  }

  private JsonNode json(String... words) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--output", "json"));
    return new ObjectMapper().readTree(ok("moments compare", all.toArray(String[]::new)).out());
  }

  private static void assertClose(double expected, JsonNode found, double relative) {
    assertEquals(expected, found.asDouble(), relative * Math.abs(expected), found.toString());
  }

  private void makeRuns() {
    make("tune", "old", "--label", "y", "--features", "x,z,v");
    make("moments write", "new", "--label", "y", "--features", "x,z,v");
    make("moments write", "same", "--label", "y", "--features", "x,z,v");
  }

  @Test
  void theErrorsAreThoseOfTuneAndEvaluate() throws IOException {
    makeRuns();
    JsonNode y = json("@old", "@new").at("/targets/y");
    JsonNode report = new ObjectMapper().readTree(Path.of(path("old"), "report.json").toFile());
    JsonNode own = report.at("/targets/y");
    assertEquals(own.at("/lambda/sum").asDouble(), y.get("lambda").asDouble());
    assertEquals("cross-validated", y.at("/errorA/kind").asText());
    assertClose(own.at("/cv/mse").asDouble(), y.at("/errorA/mse"), 1e-12);
    assertClose(own.at("/cv/se").asDouble(), y.at("/errorA/se"), 1e-9);
    CliRun scored = ok("evaluate", "--model", "@old", "--input", "@new.csv", "--output", "json");
    JsonNode evaluated = new ObjectMapper().readTree(scored.out()).at("/targets/y");
    assertEquals("new-rows", y.at("/errorB/kind").asText());
    for (String metric : List.of("mse", "rmse", "r2")) {
      assertClose(evaluated.get(metric).asDouble(), y.at("/errorB/" + metric), 1e-10);
    }
    assertClose(y.at("/errorB/mse").asDouble(), y.at("/retraining/kept/mse"), 1e-14);
    double ratio = evaluated.get("mse").asDouble() / own.at("/cv/mse").asDouble();
    assertClose(ratio, y.at("/metrics/mse_ratio"), 1e-10);
  }

  @Test
  void aChangeIsFoundAndNamed() throws IOException {
    makeRuns();
    JsonNode changed = json("@old", "@new");
    JsonNode y = changed.at("/targets/y");
    assertEquals("run", changed.get("model").asText());
    assertEquals(300, changed.get("rowsB").asInt());
    List<String> columns =
        StreamSupport.stream(changed.get("columns").spliterator(), false)
            .map(column -> column.get("column").asText())
            .toList();
    assertEquals(List.of("x", "z", "v", "y"), columns);
    assertEquals(2, changed.at("/columns/1/shift").asDouble(), 0.2);
    assertEquals("x", y.at("/coefficients/tested/0/feature").asText());
    assertEquals(1, y.at("/coefficients/moved").asInt());
    assertTrue(y.at("/chow/p").asDouble() < 1e-10);
    assertTrue(y.at("/chow/pFolds").asDouble() < 0.05);
    assertEquals("alone", y.at("/retraining/verdict/kind").asText());
    assertEquals(5, y.at("/retraining/alone/lambdas").size());
    assertTrue(y.at("/metrics/retrain_gain").asDouble() > 0.3);
    JsonNode same = json("@old", "@same").at("/targets/y");
    assertEquals("keep", same.at("/retraining/verdict/kind").asText());
    assertEquals(0, same.at("/coefficients/moved").asInt());
    assertTrue(same.at("/chow/pFolds").asDouble() > 0.05);
    String text = ok("moments compare", "@old", "@new").out();
    assertTrue(text.startsWith("The model of A has an MSE of "), text);
    assertTrue(text.contains("\nRetrain on B alone: on rows of B held out, the MSE falls by "));
    assertTrue(text.contains("one linear model is not enough for both"), text);
    assertTrue(text.contains("  1 of 4 have moved"), text);
    assertTrue(text.indexOf("  z  ") < text.indexOf("  v  "), "the largest shift first");
  }

  @Test
  void gatesCloseAndUnknownMetricsAreNamed() {
    makeRuns();
    CliRun open = run("moments compare", "@old", "@new", "--fail-if", "r2<0.1");
    assertEquals(0, open.code(), open.err());
    for (String test :
        List.of("max_shift>1", "mse_ratio>1.2", "chow_p<0.01", "moved>0", "retrain_gain>0.1")) {
      CliRun closed = run("moments compare", "@old", "@new", "--fail-if", test);
      assertEquals(7, closed.code(), test);
      assertTrue(closed.error().startsWith("The quality gate is missed: "), closed.error());
      assertEquals(0, run("moments compare", "@old", "@same", "--fail-if", test).code(), test);
    }
    CliRun unknown = run("moments compare", "@old", "@new", "--fail-if", "max_shfit>1");
    assertEquals(2, unknown.code());
    assertEquals(
        "Cannot test 'max_shfit' in --fail-if: this run has max_shift, mse, rmse, r2, mse_ratio,"
            + " bias, chow_f, chow_p, chow_p_folds, moved, retrain_gain; did you mean max_shift?",
        unknown.error());
  }

  @Test
  void bareMomentsHaveTheModelOfMomentsSolve() throws IOException {
    make("moments write", "old", "--label", "y", "--label", "u", "--categorical", "city");
    make("moments write", "same", "--label", "y", "--label", "u", "--categorical", "city");
    ok("moments solve", "@old", "--out", "@solved");
    JsonNode bare = json("@old", "@same");
    assertEquals("solved", bare.get("model").asText());
    JsonNode solved = json("@solved", "@same");
    assertEquals("run", solved.get("model").asText());
    assertEquals(solved.get("targets"), bare.get("targets"));
    assertEquals(solved.get("columns"), bare.get("columns"));
    assertEquals(7, bare.get("columns").size());
    assertTrue(bare.at("/targets/u/errorB/r2").asDouble() > 0.8);
    String text = ok("moments compare", "@old", "@same").out();
    assertTrue(text.startsWith("y: The model of A has an MSE"), text);
    assertTrue(text.contains("\nu: Keep the model: "), text);
    assertTrue(text.contains("its model solved from the moments"), text);
  }

  @Test
  void columnsAreMatchedByName() throws IOException {
    makeRuns();
    JsonNode expected = json("@old", "@new").get("targets");
    make("moments write", "new", "--label", "y", "--features", "v,x,w,z");
    CliRun other = ok("moments compare", "@old", "@new", "--output", "json");
    assertEquals(
        List.of("B has columns that A does not have, which are not compared: \"w\""),
        other.warnings());
    JsonNode found = new ObjectMapper().readTree(other.out()).get("targets");
    double mse = expected.at("/y/errorB/mse").asDouble();
    assertEquals(mse, found.at("/y/errorB/mse").asDouble(), 1e-12 * mse);
    double p = expected.at("/y/chow/p").asDouble();
    assertEquals(p, found.at("/y/chow/p").asDouble(), 1e-8 * p);
  }

  @Test
  void whatCannotBeComparedIsOneSentence() throws IOException {
    make("moments write", "old", "--label", "y", "--categorical", "city");
    String cannot = "Cannot compare " + path("new") + " with " + path("old") + ": ";
    make("moments write", "new", "--label", "u", "--features", "x,z");
    assertRefused(3, cannot + "it has no label \"y\"", "new");
    make("moments write", "new", "--label", "y", "--features", "x,z");
    assertRefused(3, cannot + "it has no feature \"v\", \"city\", \"w\", \"u\"", "new");
    make("moments write", "new", "--label", "y", "--categorical", "city", "--weight", "w");
    assertRefused(3, cannot + "it has no feature \"w\"", "new");
    make("moments write", "lima", "--label", "y", "--categorical", "city");
    assertRefused(
        3,
        "Cannot compare "
            + path("lima")
            + " with "
            + path("old")
            + ": column \"city\" has other levels: \"Oslo\" in "
            + path("old")
            + " only, \"Lima\" in "
            + path("lima")
            + " only",
        "lima");
    make("tune", "new", "--label", "y", "--no-moments");
    assertRefused(
        3,
        "There are no stored moments in "
            + path("new")
            + "; give the --out of 'moments write', or of a fit or tune without --no-moments",
        "new");
    make("moments write", "new", "--label", "y", "--categorical", "city");
    FlippedBits.removeChecksums(Path.of(path("new")));
    Path numbers = Path.of(path("new"), "moments.bin");
    byte[] bytes = Files.readAllBytes(numbers);
    bytes[bytes.length / 2] ^= 4;
    Files.write(numbers, bytes);
    CliRun damaged = run("moments compare", "@old", "@new");
    assertEquals(3, damaged.code());
    assertTrue(damaged.error().endsWith("(moments.bin in " + path("new") + ")"), damaged.error());
    assertEquals(2, run("moments compare", "@old").code());
  }

  private void assertRefused(int code, String sentence, String b) {
    CliRun refused = run("moments compare", "@old", "@" + b);
    assertEquals(sentence, refused.error());
    assertEquals(code, refused.code());
  }

  @Test
  void weightsThatArePrecisionsHaveNoTestOfMeans() throws IOException {
    make("fit", "old", "--label", "y", "--features", "x,z", "--weight", "w");
    make("moments write", "new", "--label", "y", "--features", "x,z");
    assertTrue(
        run("moments compare", "@old", "@new").error().endsWith("its weight is none, not w"));
    make("moments write", "new", "--label", "y", "--features", "x,z", "--weight", "w");
    JsonNode found = json("@old", "@new");
    assertTrue(found.at("/columns/0/z").isNull());
    assertEquals(400 + 300 - 6, found.at("/targets/y/chow/df2").asInt());
    assertEquals("training", found.at("/targets/y/errorA/kind").asText());
    assertTrue(found.at("/targets/y/coefficients/tested/0/tFolds").isNull(), "A has no folds");
    String text = ok("moments compare", "@old", "@new").out();
    assertTrue(text.contains("on the rows that it was fitted to."), text);
  }

  @Test
  void withoutFoldsOfTheNewRowsNothingIsSaidOfTraining() throws IOException {
    make("tune", "old", "--label", "y", "--features", "x,z");
    make("fit", "new", "--label", "y", "--features", "x,z");
    JsonNode found = json("@old", "@new").at("/targets/y");
    assertEquals(
        "B has no folds: its rows cannot be held out", found.at("/retraining/reason").asText());
    assertTrue(found.at("/metrics/retrain_gain").isNull());
    assertTrue(found.at("/errorB/se").isNull());
    assertTrue(found.at("/chow/fFolds").asDouble() > 1, "by the folds of A");
    String text = ok("moments compare", "@old", "@new").out();
    assertTrue(text.contains("Cannot tell what training again would gain: B has no folds"), text);
  }

  @Test
  void mapsAreComparedByTheFeaturesThatTheTargetChose() throws IOException {
    String[] map = {"--label", "y", "--features", "x,v", "--map", "rff", "--width", "4,8"};
    List<String> words = new ArrayList<>(Arrays.asList(map));
    words.addAll(List.of("--standardize", "none", "--length-scale", "1,2"));
    String[] fixed = words.toArray(String[]::new);
    make("tune", "old", fixed);
    make("moments write", "new", fixed);
    JsonNode found = json("@old", "@new");
    JsonNode y = found.at("/targets/y");
    CliRun scored = ok("evaluate", "--model", "@old", "--input", "@new.csv", "--output", "json");
    JsonNode evaluated = new ObjectMapper().readTree(scored.out()).at("/targets/y");
    assertClose(evaluated.get("mse").asDouble(), y.at("/errorB/mse"), 1e-9);
    assertEquals("z0", found.at("/columns/0/column").asText());
    assertFalse(y.at("/retraining/verdict/kind").isMissingNode());
    make("moments write", "new", "--label", "y", "--features", "x,v");
    CliRun refused = run("moments compare", "@old", "@new");
    assertTrue(
        refused.error().contains("its rows went through another feature map"), refused.error());
  }

  private static String common(String why) {
    return "A and B have rows in common ("
        + why
        + "): errors on B are then partly those of training rows";
  }

  private List<String> warnings(String a, String b) {
    return ok("moments compare", a, b).warnings();
  }

  @Test
  void rowsInCommonAreSaid() throws IOException {
    makeRuns();
    ok(
        "moments write",
        "--input",
        "@old.csv",
        "--label",
        "y",
        "--features",
        "x,z,v",
        "--out",
        "@m");
    String both = common("both were read from \"" + path("old.csv") + "\"");
    assertEquals(List.of(both), warnings("@old", "@m"));
    String text = ok("moments compare", "@old", "@m").out();
    assertTrue(text.contains("partly rows of the fit"), text);
    assertFalse(text.contains("not seen by the model"), text);
    assertEquals(both, json("@old", "@m").at("/warnings/0").asText());
    assertEquals(List.of(), warnings("@old", "@new"));
    assertEquals(0, json("@old", "@new").get("warnings").size());
    Files.copy(Path.of(path("old.csv")), Path.of(path("copy.csv")));
    make("moments write", "copy", "--label", "y", "--features", "x,z,v");
    assertEquals(List.of(common("n, means and squares are equal")), warnings("@old", "@copy"));
  }

  @Test
  void aFoldInCommonIsFound() throws IOException {
    String[] folds = {"--label", "y", "--features", "x,z,v", "--fold-col", "city"};
    make("moments write", "old", folds);
    List<String> lines = Files.readAllLines(Path.of(path("old.csv")));
    List<String> mixed = new ArrayList<>(lines.stream().filter(l -> !l.contains("Oslo")).toList());
    Files.readAllLines(Path.of(path("new.csv"))).stream()
        .filter(l -> l.contains("Oslo"))
        .forEach(mixed::add);
    Files.write(Path.of(path("mixed.csv")), mixed);
    make("moments write", "mixed", folds);
    assertEquals(
        List.of(common("fold \"Rome\" of B is a fold of A, too")), warnings("@old", "@mixed"));
  }

  @Test
  void twoConditionsOnOneFileHaveNoRowsInCommon() {
    String[] words = {"--input", "@old.csv", "--label", "y", "--features", "x,z,v"};
    for (String place : List.of("Oslo", "Rome")) {
      List<String> all = new ArrayList<>(Arrays.asList(words));
      all.addAll(List.of("--where", "city = '" + place + "'", "--out", "@" + place));
      ok("moments write", all.toArray(String[]::new));
    }
    assertEquals(List.of(), warnings("@Oslo", "@Rome"));
    make("moments write", "old", "--label", "y", "--features", "x,z,v");
    String both = common("both were read from \"" + path("old.csv") + "\"");
    assertEquals(List.of(both), warnings("@old", "@Rome"));
    ok("moments subtract", "@old", "@Rome", "--out", "@rest");
    assertEquals(List.of(), warnings("@rest", "@Rome"));
  }

  @Test
  void aMergeWithoutOneOfItsPartsHasNoneOfItsRows() {
    makeRuns();
    ok("moments merge", "@same", "@new", "--out", "@merged");
    assertEquals(
        List.of(common("both were read from \"" + path("new.csv") + "\"")),
        warnings("@merged", "@new"));
    ok("moments subtract", "@merged", "@new", "--out", "@rest");
    assertEquals(List.of(), warnings("@rest", "@new"));
  }

  @Test
  void fewNewRowsAreSaid() throws IOException {
    makeRuns();
    Files.write(
        Path.of(path("few.csv")), Files.readAllLines(Path.of(path("new.csv"))).subList(0, 1 + 20));
    make("moments write", "few", "--label", "y", "--features", "x,z,v");
    assertEquals(
        List.of(
            "B has few rows (20): its errors, and what training again would gain, are hardly"
                + " known"),
        warnings("@old", "@few"));
  }

  @Test
  void startsNoJob() throws Exception {
    makeRuns();
    assertEquals(0, SparkTest.jobs(() -> ok("moments compare", "@old", "@new")));
  }

  @Test
  void helpSaysWhatItTakes() {
    String help = run("moments compare", "--help").out();
    assertTrue(help.contains("--fail-if") && help.contains("--output"), help);
    TargetComparison.METRICS.forEach(metric -> assertTrue(help.contains(metric), metric));
    assertFalse(help.contains("--out=") || help.contains("--lambdas"), help);
    assertTrue(run("moments", "--help").out().contains("compare"));
  }
}
