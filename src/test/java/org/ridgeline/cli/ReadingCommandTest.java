package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.spark.SparkTest;

/** Nothing is silently read as something else, from the training to the predictions. */
@Tag("spark")
class ReadingCommandTest {
  private static final String[] ZIPS = {"01", "02", "03"};

  @TempDir Path folder;

  private String write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines).toString();
  }

  /** Rows of a, b and y = 3 a - 2 b + 5. */
  private static List<String> plane(int rows, String header, String pattern) {
    List<String> lines = new ArrayList<>(List.of(header));
    for (int i = 0; i < rows; i++) {
      double a = Math.sin(i);
      double b = Math.cos(3 * i);
      lines.add(String.format(Locale.ROOT, pattern, a, b, 3 * a - 2 * b + 5));
    }
    return lines;
  }

  /** Rows of a, zip and y = 2 a + 4 zip, one of them with another zip. */
  private static List<String> zips(int rows, String odd, boolean labelled) {
    List<String> lines = new ArrayList<>(List.of(labelled ? "a,zip,y" : "a,zip"));
    for (int i = 0; i < rows; i++) {
      String zip = i == 7 ? odd : ZIPS[i % 3];
      double y = 2 * Math.sin(i) + 4 * (i % 3);
      lines.add(Math.sin(i) + "," + zip + (labelled ? "," + y : ""));
    }
    return lines;
  }

  private CliRun fit(String input, String... more) {
    List<String> words =
        new ArrayList<>(List.of("fit", "--input", input, "--label", "y", "--lambda", "0.01"));
    words.addAll(List.of("--out", folder.resolve("run").toString(), "--if-exists", "overwrite"));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private CliRun use(String command, String input, String... more) {
    List<String> words = new ArrayList<>(List.of(command, "--model", folder.resolve("run") + ""));
    words.addAll(List.of("--input", input, "--output", "json"));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private List<String> predictions(String input) throws IOException {
    Path out = folder.resolve("scored");
    CliRun scored =
        use(
            "predict",
            input,
            "--out",
            out + "",
            "--output-format",
            "csv",
            "--if-exists",
            "overwrite");
    assertEquals(0, scored.code(), scored.err());
    List<String> lines = new ArrayList<>();
    try (Stream<Path> parts = Files.list(out)) {
      for (Path part : parts.filter(p -> p.toString().endsWith(".csv")).sorted().toList()) {
        List<String> all = Files.readAllLines(part);
        lines.addAll(all.subList(Math.min(1, all.size()), all.size()));
      }
    }
    return lines;
  }

  @Test
  void columnsInAnyOrderAreScoredByName() throws IOException {
    assertEquals(0, fit(write("train.csv", plane(30, "0,1,y", "%f,%f,%f"))).code());
    Path both = Files.createDirectory(folder.resolve("both.csv"));
    Files.write(both.resolve("a.csv"), plane(8, "0,1", "%f,%f"));
    Files.write(both.resolve("b.csv"), plane(8, "1,0", "%2$f,%1$f"));
    List<String> lines = predictions(both.toString());
    assertEquals(16, lines.size());
    for (String line : lines) {
      String[] cells = line.split(",");
      double expected = 3 * Double.parseDouble(cells[0]) - 2 * Double.parseDouble(cells[1]) + 5;
      assertEquals(expected, Double.parseDouble(cells[2]), 0.01, line);
    }
  }

  @Test
  void aRowWithTooManyFieldsIsRefusedOrCounted() throws IOException {
    List<String> lines = plane(30, "a,b,y", "%f,%f,%f");
    lines.add("1,234.5,2.5,3.5");
    String train = write("train.csv", lines);
    CliRun refused = fit(train);
    assertEquals(3, refused.code(), refused.err());
    assertTrue(
        refused
            .error()
            .startsWith(
                "There are more or fewer fields than the header in 1 row, first \"1,234.5,2.5,3.5\" in"
                    + " row 31 of partition 0, in file:"),
        refused.error());
    CliRun dropped = fit(train, "--on-invalid", "drop");
    assertEquals(0, dropped.code(), dropped.err());
    assertTrue(dropped.warnings().toString().contains("in 1 row, first"), dropped.err());
    String score = write("score.csv", List.of("a,b", "1,234.5,2.5", "0.5,0.25"));
    CliRun scored = use("predict", score, "--out", folder.resolve("s") + "");
    assertEquals(3, scored.code(), scored.err());
    CliRun kept = use("predict", score, "--on-invalid", "drop", "--out", folder.resolve("s") + "");
    assertEquals(0, kept.code(), kept.err());
    assertTrue(kept.out().contains("\"rowsDropped\": 1"), kept.out());
    assertEquals(
        List.of("a", "b", "prediction"),
        List.of(SparkTest.session().read().parquet(folder.resolve("s") + "").columns()));
  }

  @Test
  void levelsAreReadWithTheTypeOfTheModel() throws IOException {
    String train = write("train.csv", zips(36, "1A", true));
    assertEquals(0, fit(train, "--categorical", "zip").code());
    CliRun same = use("evaluate", write("score.csv", zips(36, "02", true)));
    assertEquals(0, same.code(), same.err());
    assertTrue(same.out().matches("(?s).*\"r2\": 0\\.99.*"), same.out());
    CliRun whole = use("evaluate", write("whole.csv", List.of("a,zip,y", "1,1,2", "0,2,5")));
    assertEquals(3, whole.code(), whole.out());
    assertTrue(whole.error().contains("that the model does not know in 2 rows"), whole.err());
  }

  @Test
  void unknownLevelsAreCounted() throws IOException {
    String train = write("train.csv", zips(36, "02", true));
    assertEquals(0, fit(train, "--categorical", "zip").code());
    String score = write("score-text.csv", zips(36, "1A", false));
    CliRun refused = use("predict", score, "--out", folder.resolve("s") + "");
    assertEquals(3, refused.code(), refused.out());
    assertTrue(refused.error().contains("in 1 row, first \"1A\" in row 8"), refused.err());
    CliRun zero = use("predict", score, "--unseen", "zero", "--out", folder.resolve("s") + "");
    assertEquals(0, zero.code(), zero.err());
    assertTrue(
        zero.out().contains("that the model does not know in 1 row, first \\\"1A\\\" in row 8"),
        zero.out());
    assertTrue(
        zero.out().replaceAll("\\s", "").contains("\"unknownLevels\":{\"zip\":1}"), zero.out());
    CliRun judged = use("evaluate", write("t.csv", zips(36, "1A", true)), "--unseen", "zero");
    assertTrue(
        judged.out().replaceAll("\\s", "").contains("\"unknownLevels\":{\"zip\":1}"), judged.out());
  }

  @Test
  void wholeNumbersOfAModelAreReadFromTexts() throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,k,y"));
    for (int i = 0; i < 30; i++) {
      lines.add(Math.sin(i) + "," + (i % 3 + 1) + "," + (2 * Math.sin(i) + 4 * (i % 3)));
    }
    assertEquals(0, fit(write("train.csv", lines), "--categorical", "k").code());
    for (String pattern : List.of("0%s", "%s.0", "%s")) {
      List<String> other = new ArrayList<>(lines);
      other.replaceAll(
          line -> {
            String[] cells = line.split(",");
            return line.startsWith("a")
                ? line
                : cells[0] + "," + String.format(pattern, cells[1]) + "," + cells[2];
          });
      CliRun same = use("evaluate", write("score.csv", other));
      assertEquals(0, same.code(), same.err());
      assertTrue(same.out().matches("(?s).*\"r2\": 0\\.99.*"), same.out());
    }
  }

  @Test
  void featuresOfOneNameAreRefused() throws IOException {
    String clash = write("n2.csv", List.of("c,c=x,y", "w,1,2", "x,3,1", "w,2,5"));
    CliRun refused = fit(clash, "--categorical", "c");
    assertEquals(3, refused.code(), refused.err());
    assertEquals(
        "Two features would be called \"c=x\": level \"x\" of column \"c\" and column \"c=x\";"
            + " rename one column",
        refused.error());
    String json = write("n1.json", List.of("{\"arr\": [1, 2], \"arr[0]\": 3, \"y\": 4}"));
    assertTrue(fit(json).error().contains("\"arr[0]\": element 0 of column \"arr\" and column"));
    String intercept = write("n3.csv", List.of("(intercept),y", "1,2", "3,5"));
    assertTrue(fit(intercept).error().contains("the intercept and column \"(intercept)\""));
  }

  @Test
  void aColumnHasOneRole() throws IOException {
    String data = write("data.csv", List.of("a,w,fold,y", "1,2,0,3", "2,3,1,5", "4,1,0,2"));
    CliRun weight = fit(data, "--label", "w", "--weight", "w");
    assertEquals(3, weight.code(), weight.err());
    assertEquals("Column \"w\" cannot be both label and weight", weight.error());
    assertEquals(
        "Column \"y\" cannot be both label and fold",
        CliRun.of("tune", "--input", data, "--label", "y", "--fold-col", "y").error());
    assertEquals(
        "Column \"y\" cannot be both label and group or id",
        CliRun.of("tune", "--input", data, "--label", "y", "--group-col", "y").error());
    assertEquals(
        "Column \"w\" cannot be both weight and fold",
        CliRun.of("tune", "--input", data, "--label", "y", "--weight", "w", "--fold-col", "w")
            .error());
  }

  @Test
  void aNumericColumnIsNotDroppedForOneCell() throws IOException {
    List<String> lines = plane(20, "a,b,y", "%f,%f,%f");
    lines.set(4, "NA,0.5,4");
    CliRun refused = fit(write("na.csv", lines));
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.error().contains("the first \"NA\" in row 4 of file:"), refused.error());
    assertTrue(
        refused
            .error()
            .endsWith(
                "use --option nullValue=NA if it stands for a missing value, --categorical a to use its"
                    + " levels, or --features '!a' to leave it out"),
        refused.error());
    CliRun kept = fit(folder + "/na.csv", "--option", "nullValue=NA", "--on-invalid", "drop");
    assertEquals(0, kept.code(), kept.err());
  }

  /** A column without values has no type of its own. */
  @Test
  void aColumnWithoutValuesIsOneOfNulls() throws IOException {
    assertEquals(0, fit(write("train.csv", plane(30, "a,b,y", "%f,%f,%f"))).code());
    String empty = write("empty.csv", plane(9, "a,b,y", "%f,,%3$f"));
    String json = write("empty.json", plane(9, "{}", "{\"a\": %f, \"b\": null}").subList(1, 10));
    String words = write("words.csv", plane(9, "a,b,y", "%f,NA,%3$f"));
    for (String input : List.of(empty, json)) {
      CliRun refused = use("predict", input, "--out", folder.resolve("s") + "");
      assertEquals(3, refused.code(), refused.err());
      assertTrue(
          refused
              .error()
              .startsWith("Column \"b\" has null, NaN or infinite values in 9 rows, first"),
          refused.error());
      CliRun kept =
          use("predict", input, "--on-invalid", "drop", "--out", folder + "/" + input.length());
      assertEquals(0, kept.code(), kept.err());
      assertTrue(kept.out().contains("\"rowsDropped\": 9"), kept.out());
    }
    CliRun told = use("evaluate", words);
    assertEquals(3, told.code(), told.err());
    assertEquals(
        "Column \"b\" (feature) has no number: each of its values is a word for a missing value, the"
            + " first \"NA\" in row 1 of "
            + Path.of(words).toUri()
            + "; use --option nullValue=NA to read it as one",
        told.error());
    CliRun read = use("evaluate", words, "--option", "nullValue=NA");
    assertTrue(read.error().contains(" in 9 rows, first null in row 1"), read.err());
    CliRun label = fit(words, "--label", "b");
    assertTrue(label.error().contains("\"b\" (label) has no number"), label.err());
    assertTrue(
        label.error().endsWith("; use --option nullValue=NA to read it as one"), label.err());
    assertTrue(fit(empty, "--label", "b").error().contains("in 9 rows, first null in row 1"));
  }

  @Test
  void aStoreWithoutItsLibraryIsOneSentence() throws IOException {
    String store = "abfs://container@account/";
    String what =
        "the library for abfs: is not on the class path; name it in spark.jars.packages, such as"
            + " org.apache.hadoop:hadoop-aws for s3a, of the version of Spark's hadoop-client";
    CliRun input = fit(store + "x.csv");
    assertEquals(3, input.code());
    assertEquals("Cannot read " + store + "x.csv: " + what, input.error());
    String data = write("plane.csv", plane(20, "a,b,y", "%f,%f,%f"));
    CliRun output = CliRun.of("fit", "--input", data, "--label", "y", "--out", store + "run");
    assertEquals(4, output.code());
    assertTrue(output.error().endsWith(what), output.error());
    CliRun run = CliRun.of("status", store + "run");
    assertEquals(3, run.code());
    assertTrue(run.error().endsWith(what), run.error());
  }

  @Test
  void aDatabaseWithoutItsDriverIsOneSentence() {
    String add = " is not on the class path; add ";
    assertEquals(
        "Cannot read \"t\" as jdbc: the driver oracle.jdbc.OracleDriver of jdbc:oracle"
            + add
            + "com.oracle.database.jdbc:ojdbc11 to the packages or the jars of Spark, or name"
            + " another with --option driver=CLASS",
        jdbc("url=jdbc:oracle:thin:scott/hunter2@host:1521/svc"));
    assertEquals(
        "Cannot read \"t\" as jdbc: the driver of jdbc:nodb"
            + add
            + "its library to the packages or the jars of Spark and name its class with --option"
            + " driver=CLASS",
        jdbc("url=jdbc:nodb:x"));
    assertEquals(
        "Cannot read \"t\" as jdbc: the driver org.none.Driver"
            + add
            + "its library to the packages or the jars of Spark",
        jdbc("url=jdbc:postgresql://host/db", "driver=org.none.Driver"));
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsOneSentence() throws SQLException {
    DeafDriver deaf = new DeafDriver();
    DriverManager.registerDriver(deaf);
    try {
      assertEquals(
          "Cannot read \"t\" as jdbc: nobody answers at the port", jdbc("url=" + DeafDriver.URL));
    } finally {
      DriverManager.deregisterDriver(deaf);
    }
  }

  private static String jdbc(String... options) {
    List<String> words = new ArrayList<>(List.of("fit", "--input", "t", "--format", "jdbc"));
    words.addAll(List.of("--label", "y", "--option", "dbtable=t"));
    for (String option : options) {
      words.addAll(List.of("--option", option));
    }
    CliRun refused = CliRun.of(words.toArray(String[]::new));
    assertEquals(3, refused.code(), refused.err());
    return refused.error();
  }

  /** A path may hold a secret wherever it is printed. */
  @Test
  void aSecretInAPathIsShownNowhere() throws IOException {
    Path place = Files.createDirectory(folder.resolve("token=hunter2"));
    String data = Files.write(place.resolve("x.csv"), plane(20, "a,b,y", "%f,%f,%f")).toString();
    String run = place.resolve("run").toString();
    String moments = place.resolve("moments").toString();
    String scored = place.resolve("scored").toString();
    String[][] commands = {
      {"plan", "--input", data, "--label", "y"},
      {"fit", "--input", data, "--label", "y", "--lambda", "1", "--out", run},
      {"fit", "--input", data, "--label", "y", "--out", run, "--if-exists", "skip"},
      {"fit", "--input", data + "x", "--label", "y"},
      {"predict", "--model", run, "--input", data, "--out", scored},
      {"evaluate", "--model", run, "--input", data, "--label", "y"},
      {"moments", "write", "--input", data, "--label", "y", "--out", moments},
      {"moments", "show", moments},
      {"report", run},
      {"status", run},
    };
    for (String[] command : commands) {
      CliRun done = CliRun.of(command);
      assertEquals(List.of(command).contains(data + "x") ? 3 : 0, done.code(), done.err());
      String all = done.out() + done.err();
      assertTrue(!all.contains("hunter2"), String.join(" ", command) + "\n" + all);
    }
  }
}
