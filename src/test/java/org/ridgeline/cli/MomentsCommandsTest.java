package org.ridgeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code moments write, merge, subtract, solve} and {@code show}. */
@Tag("spark")
class MomentsCommandsTest {
  private static final String HEADER = "x,z,v,city,w,day,y,u\n";
  @TempDir Path directory;
  private final List<String> rows = new ArrayList<>();

  @BeforeEach
  void writeData() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 240; i++) {
      double x = random.nextGaussian();
      double z = 1e4 + 3 * random.nextGaussian();
      double v = x + 0.3 * random.nextGaussian();
      String city = i % 3 == 0 ? "Oslo" : "Rome";
      double y = 2 * x - 0.1 * z + (i % 3 == 0 ? 1 : 0) + random.nextGaussian();
      rows.add(
          x
              + ","
              + z
              + ","
              + v
              + ","
              + city
              + ","
              + (1 + i % 2)
              + ","
              + i % 12
              + ","
              + y
              + ","
              + (v - y)
              + "\n");
    }
    write("all.csv", IntStream.range(0, 240).toArray());
  }

  private void write(String name, int... numbers) throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    Arrays.stream(numbers).forEach(i -> csv.append(rows.get(i)));
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

  private CliRun write(String out, String input, String... more) {
    List<String> words = new ArrayList<>(List.of("--input", "@" + input, "--out", "@" + out));
    words.addAll(Arrays.asList(more));
    return ok("moments write", words.toArray(String[]::new));
  }

  private byte[] file(String run, String name) throws IOException {
    return Files.readAllBytes(directory.resolve(run).resolve(name));
  }

  /** All of {@code model.json} but the source of the rows, which stored moments do not have. */
  private String model(String run) throws IOException {
    ObjectNode root = (ObjectNode) new ObjectMapper().readTree(file(run, "model.json"));
    ((ObjectNode) root.get("spec")).remove(List.of("source", "files"));
    return root.toString();
  }

  private void assertSameBits(String expected, String actual) throws IOException {
    for (String name : List.of("path.csv", "coefficients.csv")) {
      assertArrayEquals(file(expected, name), file(actual, name), name + " of " + actual);
    }
    assertEquals(model(expected), model(actual), "model.json of " + actual);
    assertArrayEquals(file(expected, "moments/moments.bin"), file(actual, "moments/moments.bin"));
  }

  private JsonNode json(String run, String name) throws IOException {
    return new ObjectMapper().readTree(file(run, name));
  }

  private void assertSameModel(String expected, String actual, double tolerance)
      throws IOException {
    JsonNode ours = json(actual, "model.json");
    JsonNode theirs = json(expected, "model.json");
    for (String key : List.of("features", "targets", "inputs")) {
      assertEquals(theirs.get(key), ours.get(key));
    }
    assertEquals(theirs.at("/lambda/0").asDouble(), ours.at("/lambda/0").asDouble(), 0.0);
    for (int j = 0; j < theirs.at("/coefficients/0").size(); j++) {
      double coefficient = theirs.at("/coefficients/0/" + j).asDouble();
      double tiny = tolerance * Math.abs(coefficient);
      assertEquals(coefficient, ours.at("/coefficients/0/" + j).asDouble(), tiny);
    }
    List<String> expectedPath = new String(file(expected, "path.csv"), UTF_8).lines().toList();
    List<String> path = new String(file(actual, "path.csv"), UTF_8).lines().toList();
    int cvMse = List.of(path.get(0).split(",")).indexOf("cv_mse");
    for (int l = 1; l < path.size(); l++) {
      double mse = Double.parseDouble(expectedPath.get(l).split(",")[cvMse]);
      assertEquals(mse, Double.parseDouble(path.get(l).split(",")[cvMse]), 1e-11 * mse);
    }
  }

  @Test
  void solveGivesTheBitsOfTune() throws IOException {
    String[] columns = {"--label", "y", "--label", "u", "--categorical", "city", "--weight", "w"};
    String[] what = {"--lambdas", "1e-3:1e3:12", "--select", "cv-1se", "--penalty", "x=2"};
    write("m", "all.csv", columns);
    List<String> words = new ArrayList<>(List.of("--input", "@all.csv", "--out", "@tuned"));
    words.addAll(Arrays.asList(columns));
    words.addAll(Arrays.asList(what));
    ok("tune", words.toArray(String[]::new));
    for (String from : List.of("m", "tuned")) {
      List<String> solve = new ArrayList<>(List.of("@" + from, "--out", "@solved-" + from));
      solve.addAll(Arrays.asList(what));
      CliRun solved = ok("moments solve", solve.toArray(String[]::new));
      assertTrue(solved.out().contains("no pass over the data: from stored moments"), solved.out());
      assertSameBits("tuned", "solved-" + from);
    }
    JsonNode report = json("solved-m", "report.json");
    assertEquals("moments solve", report.at("/command").asText());
    assertEquals(0, report.at("/cost/passes").asInt());
    assertEquals("stored", report.at("/cost/moments").asText());
    assertEquals(path("m"), report.at("/options/input").asText());
    assertEquals(json("tuned", "report.json").get("targets"), report.get("targets"));
  }

  @Test
  void mapsAreSolvedToTheBitsOfTune() throws IOException {
    ok(
        "tune",
        "--input",
        "@all.csv",
        "--label",
        "y",
        "--features",
        "x,v",
        "--map",
        "rff",
        "--width",
        "8,16",
        "--length-scale",
        "1,2",
        "--out",
        "@tuned");
    ok("moments solve", "@tuned", "--out", "@solved");
    assertSameBits("tuned", "solved");
    assertEquals(
        "Cannot use --select loo with stored moments: it reads the rows again; use tune",
        run("moments solve", "@tuned", "--select", "loo").error());
    assertEquals(
        "Features cannot be chosen from the moments of a feature map: all inputs went into it; leave out"
            + " --features",
        run("moments solve", "@tuned", "--features", "x").error());
  }

  @Test
  void otherLabelsAndFewerFeaturesAreThoseOfTheData() throws IOException {
    write("m", "all.csv", "--label", "y", "--categorical", "city", "--fold-col", "day");
    ok(
        "tune",
        "--input",
        "@all.csv",
        "--label",
        "v",
        "--features",
        "z,city,x",
        "--categorical",
        "city",
        "--fold-col",
        "day",
        "--lambdas",
        "1e-3:1e3:9",
        "--out",
        "@tuned");
    ok(
        "moments solve",
        "@m",
        "--label",
        "v",
        "--features",
        "z,city,x",
        "--lambdas",
        "1e-3:1e3:9",
        "--out",
        "@solved");
    assertSameModel("tuned", "solved", 1e-11);
    CliRun former =
        ok(
            "moments solve",
            "@m",
            "--label",
            "x",
            "--features",
            "y,v",
            "--lambda",
            "1",
            "--out",
            "@former");
    assertTrue(former.out().contains("2: y, v"), former.out());
  }

  @Test
  void mergedHalvesAreTheWhole() throws IOException {
    write("early.csv", IntStream.range(0, 100).toArray());
    write("late.csv", IntStream.range(100, 240).toArray());
    write("tuesday", "early.csv", "--label", "y", "--features", "x,z,v");
    write("friday", "late.csv", "--label", "y", "--features", "x,z,v");
    CliRun merged = ok("moments merge", "@tuesday", "@friday", "--out", "@both");
    assertTrue(merged.out().contains("100 rows of " + path("early.csv")), merged.out());
    String[] grid = {"--lambdas", "1e-2:1e3:9"};
    ok(
        "tune",
        "--input",
        "@all.csv",
        "--label",
        "y",
        "--features",
        "x,z,v",
        grid[0],
        grid[1],
        "--out",
        "@whole");
    ok("moments solve", "@both", grid[0], grid[1], "--out", "@solved");
    assertSameModel("whole", "solved", 1e-12);
    CliRun rest = ok("moments subtract", "@both", "@friday", "--out", "@rest");
    assertTrue(rest.out().contains("without 140 rows of " + path("late.csv")), rest.out());
    assertTrue(rest.out().matches("(?s).*digits +lost [0-2]\\.\\d of 16.*"), rest.out());
    ok("moments solve", "@rest", grid[0], grid[1], "--out", "@without");
    ok("moments solve", "@tuesday", grid[0], grid[1], "--out", "@first");
    assertSameModel("first", "without", 1e-11);
    assertEquals(0, run("status", "@both").code());
  }

  @Test
  void foldsMergeByTheirValue() throws IOException {
    write("odd.csv", IntStream.range(0, 240).filter(i -> i % 12 % 2 == 1).toArray());
    write("even.csv", IntStream.range(0, 240).filter(i -> i % 12 % 2 == 0).toArray());
    String[] how = {"--label", "y", "--features", "x,z", "--fold-col", "day"};
    write("odd", "odd.csv", how);
    write("even", "even.csv", how);
    ok("moments merge", "@odd", "@even", "@odd", "--out", "@all");
    JsonNode shown =
        new ObjectMapper().readTree(ok("moments show", "@all", "--output", "json").out());
    assertEquals(
        "[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]",
        shown.at("/folds/values").toString());
    assertEquals(20, shown.at("/folds/n/10").asInt());
    assertEquals(40, shown.at("/folds/n/11").asInt());
    assertEquals(360, shown.at("/n").asInt());
    ok("moments subtract", "@all", "@even", "--out", "@left");
    String text = ok("moments show", "@left").out();
    assertTrue(text.contains("6, the values of day"), text);
  }

  @Test
  void momentsOfOtherColumnsOrFoldsAreRefused() throws IOException {
    write("m", "all.csv", "--label", "y", "--features", "x,z");
    write("n", "all.csv", "--label", "y", "--features", "x,v");
    write("s", "all.csv", "--label", "y", "--features", "x,z", "--seed", "1");
    write("w", "all.csv", "--label", "y", "--features", "x,z", "--weight", "w");
    String cannot = "Cannot merge %s with " + path("m") + ": ";
    for (String[] pair :
        new String[][] {
          {"n", "its feature 2 is \"v\", not \"z\""},
          {"s", "its seed is 1, not 0"},
          {"w", "its weight is w, not none"},
        }) {
      CliRun refused = run("moments merge", "@m", "@" + pair[0], "--out", "@out");
      assertEquals(String.format(cannot, path(pair[0])) + pair[1], refused.error());
      assertEquals(3, refused.code());
    }
    CliRun all = run("moments subtract", "@m", "@m", "--out", "@out");
    assertEquals(
        "Cannot subtract: no rows of positive weight would remain ("
            + path("m")
            + " from "
            + path("m")
            + ")",
        all.error());
    assertEquals(3, all.code());
    assertEquals(3, run("status", "@out").code());
  }

  @Test
  void whatNeedsTheRowsIsRefused() throws IOException {
    write("m", "all.csv", "--label", "y", "--categorical", "city");
    for (String[] pair :
        new String[][] {
          {"--select loo", "--select loo"},
          {"--exact-residuals", "--exact-residuals"},
          {"--refinements 2", "--refinements"},
        }) {
      CliRun refused = run("moments solve " + path("m") + " " + pair[0]);
      assertEquals(
          "Cannot use " + pair[1] + " with stored moments: it reads the rows again; use tune",
          refused.error());
      assertEquals(2, refused.code());
    }
    assertEquals(
        "Cannot use --solver dual with these moments: they do not keep the rows",
        run("moments solve", "@m", "--solver", "dual").error());
    assertEquals(
        "Cannot solve without an intercept: the levels of categories were encoded for a model with"
            + " one",
        run("moments solve", "@m", "--no-intercept").error());
    assertEquals(
        "Cannot solve by tsqr: the rows were read without their triangular factor",
        run("moments solve", "@m", "--solver", "tsqr").error());
    assertEquals(
        "Column \"city\" cannot be a label: it is a category",
        run("moments solve", "@m", "--label", "city").error());
    assertEquals(
        "There is no column \"xx\" (label) in the moments; did you mean \"x\"?",
        run("moments solve", "@m", "--label", "xx").error());
    assertEquals(
        "Column \"y\" cannot be a feature: it is already a label",
        run("moments solve", "@m", "--features", "y").error());
    assertEquals(
        "There are no stored moments in "
            + path("all.csv")
            + "; give the --out of 'moments write', or of a fit or tune without --no-moments",
        run("moments show", "@all.csv").error());
    assertEquals(
        "The output " + path("m") + " overlaps the input " + path("m") + "; choose another --out",
        run("moments merge", "@all.csv", "@m", "--out", "@m").error());
  }

  @Test
  void factorsAreKeptForTsqr() throws IOException {
    ok(
        "tune",
        "--input",
        "@all.csv",
        "--label",
        "y",
        "--features",
        "x,z",
        "--solver",
        "tsqr",
        "--lambdas",
        "0,1",
        "--out",
        "@tuned");
    ok("moments solve", "@tuned", "--solver", "tsqr", "--lambdas", "0,1", "--out", "@solved");
    assertSameBits("tuned", "solved");
  }

  @Test
  void gatesAndOptionsWorkWithoutData() throws IOException {
    write("m", "all.csv", "--label", "y");
    CliRun gated = run("moments solve", "@m", "--fail-if", "cv_r2>0.5", "--out", "@out");
    assertEquals(7, gated.code(), gated.err());
    assertEquals(7, run("status", "@out").code());
    assertEquals(
        "The command 'moments merge' needs --out", run("moments merge", "@m", "@m").error());
    assertTrue(run("moments", "--help").out().contains("subtract"));
    assertTrue(run("moments").out().contains("without the data"));
    String help = run("moments solve", "--help").out();
    assertTrue(help.contains("--lambdas") && !help.contains("--input"), help);
    assertEquals(
        "Unknown command 'sovle': did you mean solve? (ridgeline moments --help lists all)",
        run("moments sovle").error());
    assertEquals(2, run("moments subtract", "@m", "--out", "@x").code());
  }
}
