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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.Moments;

/** Penalties by name, priors from earlier runs and kinds of weights, from the command line. */
@Tag("spark")
class PenaltyCommandTest {
  @TempDir Path directory;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    StringBuilder csv = new StringBuilder("x1,x2,z,city,w,y\n");
    for (int i = 0; i < 30; i++) {
      double x = Math.sin(i);
      double z = Math.cos(2.3 * i);
      csv.append(x).append(',').append(i % 4).append(',').append(z);
      csv.append(i % 3 == 0 ? ",Oslo," : ",Rome,").append(1 + i % 3).append(',');
      csv.append(3 * x + 2 * z + i % 4 + 0.1 * Math.cos(3 * i)).append('\n');
    }
    data = Files.writeString(directory.resolve("data.csv"), csv);
  }

  private CliRun fit(String... more) {
    Stream<String> fixed = Stream.of("fit", "--input", data.toString(), "--label", "y");
    return CliRun.of(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
  }

  private JsonNode json(String run, String file) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(run).resolve(file).toFile());
  }

  private double coefficient(String run, int j) throws IOException {
    return json(run, "model.json").at("/coefficients/0/" + j).asDouble();
  }

  @Test
  void unpenalizedFeaturesSurviveAnyLambda() throws IOException {
    String run = directory.resolve("free").toString();
    CliRun fitted =
        fit(
            "--features",
            "x1,x2,z,city",
            "--categorical",
            "city",
            "--lambda",
            "1e9",
            "--out",
            run,
            "--penalty",
            "x*=0,city=*=2",
            "--penalty",
            "x2=1");
    assertEquals(0, fitted.code(), fitted.err());
    assertTrue(Math.abs(coefficient("free", 0)) > 1, "unpenalized");
    assertEquals(0, coefficient("free", 1), 1e-5); // x2: the later glob counts
    assertEquals(0, coefficient("free", 2), 1e-5);
    assertEquals(1, json("free", "report.json").at("/targets/y/df").asDouble(), 1e-5);
    assertEquals("2", json("free", "report.json").at("/options/penalty/city=*").asText());
  }

  @Test
  void unpenalizedFeaturesCountInDegreesOfFreedom() throws IOException {
    String run = directory.resolve("df").toString();
    String[] words = {"--features", "x1,x2,z", "--penalty", "x1=0", "--df", "2.5", "--out", run};
    CliRun fitted = fit(words);
    assertEquals(0, fitted.code(), fitted.err());
    JsonNode target = json("df", "report.json").at("/targets/y");
    assertEquals(2.5, target.get("df").asDouble(), 1e-9);
    assertTrue(target.at("/inference/credibleLower/0").isNumber(), target.toString());
    assertTrue(target.at("/inference/dfPerFeature/0").isNull(), target.toString());
    assertTrue(target.at("/inference/gradientFlowTime").isNull(), target.toString());
    words[5] = "0.5";
    words[7] = directory.resolve("none").toString();
    CliRun refused = fit(words);
    assertEquals(2, refused.code(), refused.err());
    assertEquals(
        "Cannot find the lambda of 0.5 degrees of freedom: what is not penalized has 1 at any"
            + " lambda",
        refused.error());
  }

  @Test
  void badPenaltiesAreNamed() {
    CliRun unknown = fit("--features", "x*,z", "--penalty", "x3*=0");
    assertEquals(3, unknown.code());
    assertTrue(
        unknown
            .error()
            .contains("\"x3*\" matches no usable column; correct --penalty: did you mean \"x1\"?"),
        unknown.error());
    CliRun negative = fit("--penalty", "x1=-2");
    assertEquals(2, negative.code());
    assertEquals(
        "Cannot read the penalty x1=-2: the factor must be a number >= 0", negative.error());
    assertEquals(2, fit("--penalty", "x1=much").code());
  }

  /** The file as batches of 10 rows: the first, and the rest. */
  private Path[] batches() throws IOException {
    List<String> lines = Files.readAllLines(data);
    List<String> rest = new ArrayList<>(lines.subList(11, lines.size()));
    rest.add(0, lines.get(0));
    return new Path[] {
      Files.write(directory.resolve("first.csv"), lines.subList(0, 11)),
      Files.write(directory.resolve("rest.csv"), rest)
    };
  }

  private CliRun fitTo(Path batch, String run, String... more) {
    String[] fixed = {
      "fit", "--input", batch.toString(), "--label", "y", "--out", directory.resolve(run).toString()
    };
    return CliRun.of(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
  }

  private Rows rows(int from, int to, int... columns) throws IOException {
    double[][] x = new double[to - from][];
    double[] y = new double[to - from];
    for (int i = from; i < to; i++) {
      String[] cells = Files.readAllLines(data).get(i + 1).split(",");
      x[i - from] = IntStream.of(columns).mapToDouble(c -> Double.parseDouble(cells[c])).toArray();
      y[i - from] = Double.parseDouble(cells[5]);
    }
    return Rows.of(x, y);
  }

  @Test
  void aRunIsThePriorOfTheNext() throws IOException {
    Path[] batches = batches();
    String first = directory.resolve("one").toString();
    assertEquals(0, fitTo(batches[0], "one", "--features", "z,x1", "--lambda", "0.5").code());
    String[] options = {"--features", "x1,x2,z", "--prior", first, "--lambda", "1"};
    CliRun fitted = fitTo(batches[1], "two", options);
    assertEquals(0, fitted.code(), fitted.err());
    // x1 and z: the scatter of both batches; x2: its own penalty
    Moments a = rows(0, 10, 0, 2).moments();
    Moments b = rows(10, 30, 0, 1, 2).moments();
    Matrix system = b.scatter().toFull(0, 3);
    Matrix right = b.scatter().block(3, 4, 0, 3);
    int[] known = {0, 2};
    Matrix c = Matrix.zeros(3, 1);
    for (int j = 0; j < 3; j++) {
      c.set(j, 0, right.get(0, j));
    }
    for (int j = 0; j < 2; j++) {
      c.set(known[j], 0, c.get(known[j], 0) + a.scatter().get(2, j));
      for (int k = 0; k < 2; k++) {
        double variance = a.scatter().get(j, j) / 10;
        double more =
            a.scatter().get(Math.max(j, k), Math.min(j, k)) + (j == k ? 0.5 * variance : 0);
        system.set(known[j], known[k], system.get(known[j], known[k]) + more);
      }
    }
    system.set(1, 1, system.get(1, 1) + b.scatter().get(1, 1) / 20);
    Matrix expected = Cholesky.ofInPlace(system).orElseThrow().solve(c);
    for (int j = 0; j < 3; j++) {
      assertEquals(expected.get(j, 0), coefficient("two", j), 1e-11);
    }
  }

  @Test
  void featuresThatAreGoneAreNamedAndRunsChain() throws IOException {
    Path[] batches = batches();
    String first = directory.resolve("one").toString();
    assertEquals(0, fitTo(batches[0], "one", "--features", "z,x1", "--lambda", "0.5").code());
    String[] options = {"--features", "x1,x2,z", "--prior", first, "--lambda", "1"};
    assertEquals(0, fitTo(batches[1], "two", options).code());
    CliRun narrower = fitTo(batches[1], "three", "--features", "x1", "--prior", first);
    assertEquals(0, narrower.code(), narrower.err());
    assertTrue(
        narrower
            .err()
            .contains("has features that this run does not have: \"z\"; what it says of the"),
        narrower.err());
    CliRun chained =
        fitTo(
            batches[0],
            "four",
            "--features",
            "x1,x2,z",
            "--prior",
            directory.resolve("two").toString(),
            "--folds",
            "3",
            "--select",
            "cv-min");
    assertEquals(0, chained.code(), chained.err());
    String out = directory.resolve("scored").toString();
    CliRun scored =
        CliRun.of(
            "predict",
            "--model",
            directory.resolve("four").toString(),
            "--input",
            data.toString(),
            "--interval",
            "0.9",
            "--interval-kind",
            "cv-plus",
            "--out",
            out);
    assertEquals(0, scored.code(), scored.err());
  }

  @Test
  void priorsThatCannotBeUsedAreNamed() throws IOException {
    Path[] batches = batches();
    String bare = directory.resolve("bare").toString();
    assertEquals(0, fitTo(batches[0], "bare", "--no-moments", "--lambda", "1").code());
    CliRun without = fitTo(batches[1], "a", "--prior", bare);
    assertEquals(3, without.code());
    assertTrue(without.error().endsWith("without --no-moments"), without.error());
    CliRun missing = fitTo(batches[1], "b", "--prior", directory.resolve("nowhere").toString());
    assertEquals(3, missing.code(), missing.error());
    String kept = directory.resolve("kept").toString();
    assertEquals(0, fitTo(batches[0], "kept", "--features", "z", "--lambda", "1").code());
    assertEquals(
        "Cannot use the prior: this run has none of the features of " + kept + ", which are \"z\"",
        fitTo(batches[1], "c", "--features", "x1", "--prior", kept).error());
    CliRun convention =
        fitTo(batches[1], "d", "--prior", kept, "--lambda", "1", "--lambda-convention", "spark");
    assertEquals(2, convention.code());
    assertEquals(
        "Cannot use the lambda convention spark with a prior: lambda is then how much the earlier"
            + " rows count, 1 for all",
        convention.error());
    String mapped = directory.resolve("mapped").toString();
    String[] map = {"--features", "z", "--map", "rff", "--width", "4", "--lambda", "1"};
    assertEquals(0, fitTo(batches[0], "mapped", map).code());
    assertEquals(
        "Cannot use "
            + mapped
            + " as the prior: it is a run with a feature map, whose features no other run has; give a"
            + " linear one",
        fitTo(batches[1], "e", "--prior", mapped).error());
    String two = directory.resolve("two").toString();
    String[] labels = {"--features", "z", "--label", "x1", "--df", "0.5"};
    assertEquals(0, fitTo(batches[0], "two", labels).code());
    assertEquals(
        "Cannot use the prior: the model of " + two + " does not predict \"x2\" but \"y\", \"x1\"",
        fitTo(batches[1], "f", "--features", "z", "--label", "x2", "--prior", two).error());
    String own = directory.resolve("own").toString();
    String[] lambdas = {"--features", "z", "--label", "x1", "--lambdas", "0.01,0.1,1,10,100"};
    assertEquals(0, fitTo(batches[0], "own", lambdas).code());
    assertEquals(
        "Cannot use the prior: the targets of "
            + own
            + " have lambdas of their own, so that each has another precision; train one label"
            + " at a time",
        fitTo(batches[1], "g", "--features", "z", "--label", "x1", "--prior", own).error());
  }

  @Test
  void frequenciesChangeTheCriteriaOnly() throws IOException {
    String[] runs = {"precision", "frequency"};
    for (String kind : runs) {
      CliRun fitted =
          fit(
              "--features",
              "x1,x2,z",
              "--weight",
              "w",
              "--weight-kind",
              kind,
              "--lambda",
              "1",
              "--out",
              directory.resolve(kind).toString());
      assertEquals(0, fitted.code(), fitted.err());
    }
    assertEquals(coefficient("precision", 0), coefficient("frequency", 0));
    String precise = Files.readAllLines(directory.resolve("precision/path.csv")).get(1);
    String frequent = Files.readAllLines(directory.resolve("frequency/path.csv")).get(1);
    double ratio =
        Double.parseDouble(precise.split(",")[5]) / Double.parseDouble(frequent.split(",")[5]);
    double df = Double.parseDouble(precise.split(",")[2]) + 1;
    assertEquals(Math.pow((1 - df / 60) / (1 - df / 30), 2), ratio, 1e-9);
    CliRun alone = fit("--weight-kind", "frequency");
    assertEquals("Cannot use --weight-kind frequency without --weight", alone.error());
  }
}
