package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule on the diabetes sample, from the command line to the files. */
@Tag("spark")
class SelectionEndToEndTest {
  @TempDir Path directory;

  private static CliRun run(String command, String... more) {
    Stream<String> front =
        Stream.of(
            command,
            "--input",
            CliRun.SAMPLES.resolve("diabetes.csv").toString(),
            "--label",
            label());
    return CliRun.of(Stream.concat(front, Stream.of(more)).toArray(String[]::new));
  }

  /** The last column. */
  private static String label() {
    try (Stream<String> lines = Files.lines(CliRun.SAMPLES.resolve("diabetes.csv"))) {
      String[] names = lines.findFirst().orElseThrow().split(",");
      return names[names.length - 1];
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read the sample", e);
    }
  }

  private static JsonNode target(CliRun run) throws IOException {
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out()).get("targets").get(label());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcv", "loo", "evidence", "aic", "bic", "sure", "cv-min", "cv-1se"})
  void everyRuleChoosesItsBestRow(String rule) throws IOException {
    String out = directory.resolve("run").toString();
    CliRun fit = run("fit", "--select", rule, "--out", out, "--output", "json");
    JsonNode target = target(fit);
    assertEquals(rule, target.get("selectedBy").asText());
    double lambda = target.at("/lambda/sum").asDouble();
    assertEquals(lambda, target.get("choices").get(rule).asDouble());
    assertEquals(
        rule.equals("loo") ? 2 : 1,
        new ObjectMapper().readTree(fit.out()).at("/cost/passes").asInt());
    assertEquals(rule.equals("loo"), target.at("/loo/mse").isNumber());
    List<String> lines = Files.readAllLines(Path.of(out, "path.csv"));
    List<String> names = Arrays.asList(lines.get(0).split(","));
    for (String column : List.of("aic", "bic", "sure", "log_evidence")) {
      for (String line : lines.subList(1, lines.size())) {
        assertTrue(Double.isFinite(Double.parseDouble(line.split(",")[names.indexOf(column)])));
      }
    }
    String chosen = lines.stream().filter(l -> l.endsWith(",true")).findFirst().orElseThrow();
    assertEquals(lambda, Double.parseDouble(chosen.split(",")[1]));
    assertEquals(!rule.equals("loo"), chosen.split(",")[names.indexOf("loo_mse")].isEmpty());
    for (String line : Files.readAllLines(Path.of(out, "coefficients.csv")).subList(1, 12)) {
      String[] cells = line.split(",", -1);
      assertTrue(Double.parseDouble(cells[4]) > 0 && Double.parseDouble(cells[5]) > 0, line);
    }
  }

  /** The optima of the reference case of the same rows. */
  @ParameterizedTest
  @CsvSource({"gcv, 3.2652277967010566", "evidence, 14.893603699641867"})
  void refinedChoicesAreTheContinuousOptima(String rule, double expected) throws IOException {
    JsonNode target = target(run("fit", "--select", rule, "--refine", "--output", "json"));
    assertEquals(expected, target.at("/lambda/sum").asDouble(), 2e-6 * expected);
    double df = rule.equals("evidence") ? target.get("df").asDouble() : Double.NaN;
    assertTrue(
        !(Math.abs(target.at("/inference/keptShareByEvidence").asDouble() - df / 10) > 1e-12));
    JsonNode grid = target(run("tune", "--select", rule, "--refine", "--output", "json"));
    assertEquals(expected, grid.at("/lambda/sum").asDouble(), 2e-6 * expected);
    assertTrue(grid.at("/cv/mse").isNumber());
  }

  @Test
  void leaveOneOutIsNearItsContinuousOptimum() throws IOException {
    JsonNode target = target(run("fit", "--select", "loo", "--output", "json"));
    assertEquals(1, target.at("/lambda/sum").asDouble() / 1.834757474443702, 0.1);
    assertEquals(2999.771133067974, target.at("/loo/mse").asDouble(), 1);
    assertTrue(target.at("/loo/maxLeverage").asDouble() < 0.2);
    assertTrue(target.at("/loo/highLeverageRows").asInt() > 0);
  }

  @Test
  void aLambdaOfSoManyDegreesOfFreedom() throws IOException {
    JsonNode target = target(run("fit", "--df", "4.5", "--output", "json"));
    assertEquals(4.5, target.get("df").asDouble(), 1e-10);
    assertEquals("given", target.get("selectedBy").asText());
    assertEquals(0.45, target.at("/inference/keptShare").asDouble(), 1e-11);
    double sum = 0;
    for (JsonNode one : target.at("/inference/dfPerFeature")) {
      sum += one.asDouble();
    }
    assertEquals(4.5, sum, 1e-9);
    CliRun refused = run("fit", "--df", "11");
    assertEquals(2, refused.code());
    assertEquals(
        "Cannot find the lambda of 11.0 degrees of freedom: they must be between 0 and 10, the"
            + " rank of the inputs",
        refused.error());
  }

  /** Held-out groups that the inputs explain only in the groups that train. */
  private Path groups() throws IOException {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("group,y");
    for (int j = 0; j < 10; j++) {
      csv.append(",x").append(j);
    }
    for (int g = 0; g < 6; g++) {
      double effect = random.nextGaussian();
      double[] center = random.doubles(10, -1, 1).toArray();
      for (int i = 0; i < 12; i++) {
        csv.append('\n').append(g).append(',').append(effect + 0.1 * random.nextGaussian());
        for (double c : center) {
          csv.append(',').append(c + 0.05 * random.nextGaussian());
        }
      }
    }
    return Files.writeString(directory.resolve("groups.csv"), csv.append('\n'));
  }

  private CliRun byGroup(String rule) throws IOException {
    return CliRun.of(
        "tune",
        "--input",
        groups().toString(),
        "--label",
        "y",
        "--fold-col",
        "group",
        "--select",
        rule,
        "--output",
        "json");
  }

  @Test
  void aRuleThatPredictsWorseThanTheFoldsAllowIsNamedFirst() throws IOException {
    CliRun gcv = byGroup("gcv");
    assertEquals(0, gcv.code(), gcv.err());
    String first = gcv.warnings().get(0);
    assertTrue(
        first.matches(
            "The lambda of y by gcv, \\S+, has a fold error of \\S+; the smallest is \\S+ \\+- \\S+"
                + " at lambda \\S+; use --select cv-min"),
        first);
    List<String> best = byGroup("cv-min").warnings();
    assertTrue(best.stream().noneMatch(w -> w.startsWith("The lambda of y by")), best::toString);
    assertTrue(
        best.stream()
            .anyMatch(w -> w.startsWith("The rules disagree on the lambda of y: the fold error")),
        best::toString);
    // on these data all rules are within one standard error
    List<String> agreed = run("tune", "--select", "gcv").warnings();
    assertTrue(agreed.stream().noneMatch(w -> w.contains(" by gcv, ")), agreed::toString);
    assertTrue(agreed.stream().noneMatch(w -> w.contains("disagree")), agreed::toString);
  }

  @Test
  void aFeatureMapIsFittedByFoldsUnlessARuleIsNamed() throws IOException {
    JsonNode mapped = target(run("fit", "--map", "rff", "--width", "8", "--output", "json"));
    assertEquals("cv-min", mapped.get("selectedBy").asText());
    assertEquals(5, mapped.at("/cv/folds").asInt());
    JsonNode plain = target(run("fit", "--output", "json"));
    assertEquals("gcv", plain.get("selectedBy").asText());
    JsonNode named =
        target(run("fit", "--map", "rff", "--width", "8", "--select", "gcv", "--output", "json"));
    assertEquals("gcv", named.get("selectedBy").asText());
    assertEquals(5, named.at("/cv/folds").asInt());
    JsonNode given =
        target(run("fit", "--map", "rff", "--width", "8", "--lambda", "1", "--output", "json"));
    assertTrue(given.get("cv").isNull());
  }

  /** Copies of a row share its fold, but count as rows of their own in the criterion. */
  @ParameterizedTest
  @ValueSource(strings = {"gcv", "evidence", "aic"})
  void aCriterionThatChoosesBadlyAmongFitsToAMapIsNamedFirst(String rule) throws IOException {
    Random random = new Random(8);
    StringBuilder csv = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 30; i++) {
      String row =
          random.nextGaussian() + "," + random.nextGaussian() + "," + random.nextGaussian() + "\n";
      csv.append(row.repeat(8));
    }
    String data = Files.writeString(directory.resolve("copies.csv"), csv).toString();
    CliRun fit =
        CliRun.of(
            "fit",
            "--input",
            data,
            "--label",
            "y",
            "--map",
            "rff",
            "--width",
            "64",
            "--select",
            rule);
    assertEquals(0, fit.code(), fit.err());
    String first = fit.warnings().get(0);
    assertTrue(first.startsWith("The lambda of y by " + rule + ", "), first);
    assertTrue(first.endsWith("; use --select cv-min"), first);
  }

  @Test
  void threeWarningsAreShownAndTheRestIsCounted() throws IOException {
    StringBuilder csv = new StringBuilder("text,one,x,twice,far,y\n");
    for (int i = 0; i < 40; i++) {
      csv.append("a").append(i % 7).append(",1,").append(i % 9).append(',').append(2 * (i % 9));
      csv.append(',').append(Math.cos(i)).append(',').append(Math.sin(3 * i)).append('\n');
    }
    Path data = Files.writeString(directory.resolve("warned.csv"), csv);
    String out = directory.resolve("warned").toString();
    CliRun tuned =
        CliRun.of(
            "tune",
            "--input",
            data.toString(),
            "--label",
            "y",
            "--lambdas",
            "0.001,0.01,0.1",
            "--out",
            out);
    assertEquals(0, tuned.code(), tuned.err());
    assertEquals(3, tuned.warnings().size(), tuned.err());
    int all =
        new ObjectMapper().readTree(Path.of(out, "report.json").toFile()).get("warnings").size();
    assertTrue(all > 3, tuned.err());
    int more = all - 3;
    String rest =
        more == 1 ? "1 more warning: see report.html" : more + " more warnings: see report.html";
    assertTrue(tuned.err().contains(rest), tuned.err());
    assertTrue(tuned.out().contains("warnings  " + all + ", the costliest on stderr"), tuned.out());
  }

  @Test
  void theEdgeOfTheGridIsNamedUnlessNoPenaltyIsNeeded() throws IOException {
    CliRun high = run("fit", "--lambdas", "1000,10000,100000");
    String edge = "The best lambda of " + label() + ", 1000.0, is the smallest of the grid";
    assertTrue(high.warnings().contains(edge + "; widen --lambdas"), high.warnings().toString());
    CliRun none = run("fit", "--lambdas", "0.001,1000,10000");
    assertTrue(none.warnings().stream().noneMatch(w -> w.contains("smallest of the grid")));
    assertTrue(none.out().contains("cross-validation score; no penalty is needed)"), none.out());
    JsonNode target = target(run("fit", "--lambdas", "0.001,1000,10000", "--output", "json"));
    assertTrue(target.get("atEdge").asBoolean() && target.get("needsNoPenalty").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"loo", "evidence", "gcv", "sure", "aic"})
  void moreFeaturesThanRowsGiveNoGarbage(String rule) throws IOException {
    StringBuilder csv = new StringBuilder("y");
    for (int j = 0; j < 20; j++) {
      csv.append(",x").append(j);
    }
    for (int i = 0; i < 12; i++) {
      csv.append('\n').append(i % 5);
      for (int j = 0; j < 20; j++) {
        csv.append(',').append(Math.sin(7 * i * i + 3 * j * i + j));
      }
    }
    Path data = Files.writeString(directory.resolve("wide.csv"), csv.append('\n'));
    String out = directory.resolve("run").toString();
    CliRun fit =
        CliRun.of(
            "fit",
            "--input",
            data.toString(),
            "--label",
            "y",
            "--select",
            rule,
            "--lambdas",
            "0,1e-9,1e-3,1,10,100,1000",
            "--out",
            out,
            "--output",
            "json");
    assertEquals(0, fit.code(), fit.err());
    JsonNode root = new ObjectMapper().readTree(fit.out());
    assertEquals("Infinity", root.at("/numerics/collinearity/vif/3").asText());
    assertEquals("Infinity", root.at("/numerics/collinearity/conditionNumber").asText());
    List<String> lines = Files.readAllLines(Path.of(out, "path.csv"));
    if (rule.equals("loo")) {
      double zero = Double.parseDouble(lines.get(1).split(",")[6]);
      assertEquals(zero, Double.parseDouble(lines.get(2).split(",")[6]), 1e-6 * zero);
      assertTrue(zero > 0.1);
    }
    assertTrue(lines.get(1).split(",", -1)[10].isEmpty(), "no evidence without a prior");
    CliRun zero = CliRun.of("fit", "--input", data.toString(), "--label", "y", "--lambda", "0");
    assertTrue(zero.out().contains("11.000    -"), zero.out());
    assertFalse(zero.out().contains("NaN") || zero.out().contains("Infinity"), zero.out());
    if (rule.equals("evidence")) {
      assertTrue(root.at("/targets/y/lambda/sum").asDouble() >= 1);
    }
  }

  @Test
  void unscaledColumnsOfVeryDifferentSizeCannotBeLeftOut() throws IOException {
    StringBuilder csv = new StringBuilder("big,small,y\n");
    for (int i = 0; i < 20; i++) {
      csv.append(1e6 * Math.sin(i)).append(',').append(Math.cos(i)).append(',').append(i % 3);
      csv.append('\n');
    }
    Path data = Files.writeString(directory.resolve("sizes.csv"), csv);
    CliRun refused =
        CliRun.of(
            "fit",
            "--input",
            data.toString(),
            "--label",
            "y",
            "--select",
            "loo",
            "--standardize",
            "none");
    assertEquals(2, refused.code(), refused.err());
    assertEquals(
        "Cannot choose lambda by loo: the sizes of the unscaled columns differ too much for the"
            + " eigenvectors that it takes; use --standardize population or another rule (--select)",
        refused.error());
  }
}
