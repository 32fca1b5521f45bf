package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Penalties by name, priors from earlier runs and kinds of weights, from the command line. */
@Tag("spark")
class PenaltyOptionsTest {
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
  void unpenalisedFeaturesSurviveAnyLambda() throws IOException {
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
    assertTrue(Math.abs(coefficient("free", 0)) > 1, "unpenalised");
    assertEquals(0, coefficient("free", 1), 1e-5); // x2: the later glob counts
    assertEquals(0, coefficient("free", 2), 1e-5);
    assertEquals(1, json("free", "report.json").at("/targets/y/df").asDouble(), 1e-5);
    assertEquals("2", json("free", "report.json").at("/options/penalty/city=*").asText());
  }

  @Test
  void unpenalisedFeaturesCountInDegreesOfFreedom() throws IOException {
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
        "Cannot find the lambda of 0.5 degrees of freedom: what is not penalised has 1 at any"
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
            .contains("--penalty: \"x3*\" matches no usable column; did you mean \"x1\"?"),
        unknown.error());
    CliRun negative = fit("--penalty", "x1=-2");
    assertEquals(2, negative.code());
    assertEquals("Cannot read --penalty x1=-2: the factor must be a number >= 0", negative.error());
    assertEquals(2, fit("--penalty", "x1=much").code());
  }

  @Test
  void aStrongPenaltyStaysAtThePrior() throws IOException {
    String first = directory.resolve("first").toString();
    String next = directory.resolve("next").toString();
    assertEquals(0, fit("--features", "z,x1", "--lambda", "0.5", "--out", first).code());
    CliRun fitted =
        fit("--features", "x1,x2,z", "--lambda", "1e9", "--prior", first, "--out", next);
    assertEquals(0, fitted.code(), fitted.err());
    assertEquals(coefficient("first", 1), coefficient("next", 0), 1e-6);
    assertEquals(0, coefficient("next", 1), 1e-6);
    assertEquals(coefficient("first", 0), coefficient("next", 2), 1e-6);
    CliRun unknown = fit("--features", "x1,x2", "--prior", first);
    assertEquals(3, unknown.code());
    assertTrue(
        unknown.error().contains("has a feature \"z\", which this run has not"), unknown.error());
    CliRun missing = fit("--features", "x1", "--prior", directory.resolve("nowhere").toString());
    assertEquals(3, missing.code(), missing.error());
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
