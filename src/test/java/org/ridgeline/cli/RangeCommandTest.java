package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.Rows;

/** What the command line makes of columns of extreme size. */
@Tag("spark")
class RangeCommandTest {
  private static final Rows ROWS = Rows.normal(81, 60, 2, 1);
  private static final DoubleUnaryOperator SAME = DoubleUnaryOperator.identity();
  private static final String[] FIT = {"--lambda", "1e-3"};

  @TempDir Path directory;

  /** Columns p and q, the label y and the fold f, which no value decides. */
  private Path write(String name, Rows rows, DoubleUnaryOperator p, DoubleUnaryOperator y)
      throws IOException {
    StringBuilder csv = new StringBuilder("p,q,y,f\n");
    for (int i = 0; i < rows.size(); i++) {
      csv.append(p.applyAsDouble(rows.x(i, 0))).append(',').append(rows.x(i, 1)).append(',');
      csv.append(y.applyAsDouble(rows.y(i, 0))).append(',').append(i % 5).append('\n');
    }
    return Files.writeString(directory.resolve(name + ".csv"), csv);
  }

  private Path scaled(String name, int k) throws IOException {
    return write(name, ROWS, p -> Math.scalb(p, k), SAME);
  }

  private static CliRun run(String command, Path data, String... more) {
    List<String> words =
        new ArrayList<>(List.of(command, "--input", data.toString(), "--label", "y"));
    words.addAll(List.of("--features", "p,q"));
    if (command.equals("tune")) {
      words.addAll(List.of("--fold-col", "f"));
    }
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private Path trained(String command, Path data, String name, String... more) {
    Path out = directory.resolve(name);
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--out", out.toString(), "--if-exists", "overwrite"));
    CliRun run = run(command, data, words.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    assertEquals(List.of(), run.warnings());
    return out;
  }

  private static JsonNode model(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("model.json").toFile());
  }

  private static double coefficient(Path out, int j) throws IOException {
    return model(out).at("/coefficients/0/" + j).asDouble();
  }

  @ParameterizedTest
  @ValueSource(ints = {-300, -160, 155, 307})
  void theSizeOfAFeatureDoesNotMatter(int exponent) throws IOException {
    checkSize(exponent);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {-304, -250, -200, -162, -161, -158, -150, 150, 158, 200, 250, 300})
  void noSizeOfAFeatureMatters(int exponent) throws IOException {
    checkSize(exponent);
  }

  private void checkSize(int exponent) throws IOException {
    double size = Double.parseDouble("1e" + exponent);
    Path plain = trained("fit", scaled("plain", 0), "plain", FIT);
    Path out = trained("fit", write("data", ROWS, p -> size * p, SAME), "fit", FIT);
    double expected = coefficient(plain, 0);
    assertEquals(expected, coefficient(out, 0) * size, 1e-13 * Math.abs(expected));
    assertEquals(coefficient(plain, 1), coefficient(out, 1), 1e-14);
    double intercept = model(plain).at("/intercepts/0").asDouble();
    assertEquals(intercept, model(out).at("/intercepts/0").asDouble(), 1e-13);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--solver cholesky --lambdas 0.001:100:30",
        "--solver eigen",
        "--solver tsqr --lambdas 0.001:100:30",
        "--solver dual --lambdas 0.001:100:30",
        "--solver eigen --select loo",
        "--solver eigen --exact-residuals",
        "--solver eigen --refine",
        "--lambdas 0.01 --refinements 2",
        "--penalty p=0",
        "--no-intercept"
      })
  void aTrainingOnPowersOfTwoHasTheSameBits(String options) throws IOException {
    Path plain = trained("tune", scaled("plain", 0), "plain", options.split(" "));
    for (int k : new int[] {-990, 900}) {
      Path out = trained("tune", scaled("data", k), "tuned", options.split(" "));
      assertEquals(Math.scalb(coefficient(plain, 0), -k), coefficient(out, 0), 0);
      assertEquals(coefficient(plain, 1), coefficient(out, 1), 0);
      assertEquals(
          Files.readAllLines(plain.resolve("path.csv")),
          Files.readAllLines(out.resolve("path.csv")));
      assertEquals(sorted(plain.resolve("residuals.csv")), sorted(out.resolve("residuals.csv")));
    }
  }

  /** The lines, which are in the order of a hash of the values. */
  private static List<String> sorted(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().sorted().toList();
  }

  private List<String> predicted(Path model, Path data, String... more) throws IOException {
    Path out = directory.resolve("predictions");
    List<String> words =
        new ArrayList<>(List.of("predict", "--model", model.toString(), "--input"));
    words.addAll(List.of(data.toString(), "--output-format", "csv", "--out", out.toString()));
    words.addAll(List.of("--if-exists", "overwrite"));
    words.addAll(List.of(more));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    try (java.util.stream.Stream<Path> files = Files.list(out)) {
      Path part =
          files.filter(f -> f.getFileName().toString().startsWith("part-")).findFirst().get();
      return Files.readAllLines(part).stream()
          .map(line -> line.substring(line.indexOf(',') + 1))
          .toList();
    }
  }

  @Test
  void predictionsAndTheirIntervalsHaveTheSameBits() throws IOException {
    for (String kind : new String[] {"predictive", "cv-plus"}) {
      String[] interval = {"--interval", "0.9", "--interval-kind", kind};
      Path plainData = scaled("plain", 0);
      List<String> plain = predicted(trained("tune", plainData, "plain"), plainData, interval);
      for (int k : new int[] {-990, 990}) {
        Path data = scaled("data", k);
        assertEquals(plain, predicted(trained("tune", data, "tuned"), data, interval));
      }
    }
  }

  @Test
  void theLargestDoublesAreOrdinary() throws IOException {
    DoubleUnaryOperator signs = p -> Math.copySign(1, p);
    Path plain = trained("tune", write("plain", ROWS, signs, SAME), "plain");
    for (String more : new String[] {"--solver eigen", "--exact-residuals", "--select loo"}) {
      Path data = write("data", ROWS, p -> Math.copySign(Double.MAX_VALUE, p), SAME);
      Path out = trained("tune", data, "tuned", more.split(" "));
      double b = coefficient(out, 0) * Double.MAX_VALUE;
      assertEquals(coefficient(plain, 0), b, 0.2);
      assertTrue(predicted(out, data).stream().noneMatch(line -> line.contains("NaN")));
    }
  }

  @Test
  void storedMomentsOfOneExtremeHalfMergeSubtractAndSolve() throws IOException {
    Path low = write("low", ROWS.where(i -> i < 30), p -> 1e-300 * p, SAME);
    Path high = write("high", ROWS.where(i -> i >= 30), SAME, SAME);
    String first =
        moments("write", "a", "--input", low.toString(), "--label", "y", "--features", "p,q");
    String second =
        moments("write", "b", "--input", high.toString(), "--label", "y", "--features", "p,q");
    String both = moments("merge", "c", first, second);
    String rest = moments("subtract", "d", both, first);
    Path solved = solved(first, "solved-first");
    Path direct = trained("tune", low, "direct", "--lambdas", "0.1");
    assertEquals(coefficient(direct, 0), coefficient(solved, 0), 1e-13 * coefficient(direct, 0));
    double kept = coefficient(solved(second, "solved-second"), 0);
    assertEquals(kept, coefficient(solved(rest, "solved-rest"), 0), 1e-9 * Math.abs(kept));
    double joint = coefficient(solved(both, "solved-both"), 0);
    Path mixed = directory.resolve("mixed.csv");
    List<String> rows = new ArrayList<>(Files.readAllLines(low));
    rows.addAll(Files.readAllLines(high).subList(1, 31));
    Files.write(mixed, rows);
    double expected = coefficient(trained("tune", mixed, "mixed", "--lambdas", "0.1"), 0);
    assertEquals(expected, joint, 1e-10 * Math.abs(expected));
  }

  private String moments(String action, String name, String... more) {
    String out = directory.resolve(name).toString();
    List<String> words = new ArrayList<>(List.of("moments", action));
    words.addAll(List.of(more));
    words.addAll(List.of("--out", out));
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return out;
  }

  private Path solved(String from, String name) {
    return Path.of(moments("solve", name, from, "--lambdas", "0.1"));
  }

  @Test
  void aMapOfInputsOfExtremeSizeHasTheSameBits() throws IOException {
    String[] map = {
      "--map", "rff", "--width", "32", "--lambdas", "0.001:100:30", "--length-scale", "2"
    };
    Path plain = trained("tune", scaled("plain", 0), "plain", map);
    for (int k : new int[] {-990, 990}) {
      Path out = trained("tune", scaled("data", k), "tuned", map);
      for (int j = 0; j < 32; j++) {
        assertEquals(coefficient(plain, j), coefficient(out, j), 0);
      }
    }
  }

  private static void assertRefused(CliRun run, String sentence) {
    assertEquals(3, run.code(), run.err());
    assertTrue(run.error().matches(sentence), run.error());
    assertTrue(!run.err().contains("input 0") && !run.err().contains("target 0"), run.err());
  }

  @Test
  void whatIsBeyondTheRangeIsRefusedByName() throws IOException {
    Path tiny = write("tiny", ROWS, p -> 1e-200 * p, SAME);
    Path huge = write("huge", ROWS, p -> 1e200 * p, SAME);
    String[] raw = {"--lambda", "1", "--standardize", "none"};
    assertRefused(run("fit", tiny, raw), ".*squares of column \"p\" underflow without.*");
    assertRefused(run("fit", huge, raw), ".*squares of column \"p\" overflow without.*");
    String earlier = trained("fit", tiny, "earlier", FIT).toString();
    assertRefused(
        run("fit", tiny, "--lambda", "1", "--prior", earlier), ".*prior: .* column \"p\".*");
    Path subnormal = write("subnormal", ROWS, p -> 1e-311 * p, SAME);
    assertRefused(run("fit", subnormal, FIT), ".*coefficient of column \"p\" .* multiply .*");
  }

  @Test
  void extremeLabelsAreRefusedWithAValueThatWorks() throws IOException {
    for (double size : new double[] {1e-155, 1e-160, 1e-200, 1e-300}) {
      Path data = write("label", ROWS, p -> 1e-300 * p, y -> size * y);
      assertRefused(run("tune", data), ".*he label \"y\" is too small.*; multiply it by 1e200.*");
      Path fixed = write("fixed", ROWS, p -> 1e-200 * p, y -> size * y * 1e200);
      assertEquals(0, run("tune", fixed).code());
    }
    for (double size : new double[] {1e150, 1e160, 1e200, 1e300}) {
      Path data = write("label", ROWS, SAME, y -> size * y);
      assertRefused(run("tune", data), ".*he label \"y\" is too large.*; divide it by 1e200.*");
    }
    Path stored = write("stored", ROWS, p -> 1e-200 * p, SAME);
    String moments =
        moments("write", "m", "--input", stored.toString(), "--label", "y", "--features", "p,q");
    assertRefused(
        CliRun.of("moments", "solve", moments, "--label", "p", "--lambdas", "1"),
        ".*he label \"p\" is too small.*");
  }
}
