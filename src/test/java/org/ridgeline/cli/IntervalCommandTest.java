package org.ridgeline.cli;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.Rows;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.infer.Predictive;
import org.ridgeline.infer.StudentT;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.report.ModelJson;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;

/** Intervals beside predictions, from the command line. */
@Tag("spark")
class IntervalCommandTest {
  @TempDir Path directory;

  private static void succeed(List<String> words) {
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
  }

  private static List<String> words(String text, String... more) {
    List<String> words = new ArrayList<>(List.of(text.split(" ")));
    words.addAll(List.of(more));
    return words;
  }

  /** The header and rows of the predictions of a run, in the order of the input. */
  private List<String[]> predict(Path run, Path data, String... more) throws IOException {
    Path out = directory.resolve("p" + System.nanoTime());
    List<String> words =
        words(
            "predict --output-format csv --model",
            run.toString(),
            "--input",
            data.toString(),
            "--out",
            out.toString());
    words.addAll(List.of(more));
    succeed(words);
    try (Stream<Path> files = Files.list(out)) {
      Path part = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow();
      return Files.readAllLines(part).stream().map(line -> line.split(",", -1)).toList();
    }
  }

  private static double cell(List<String[]> table, int row, String column) {
    return Double.parseDouble(table.get(row + 1)[List.of(table.get(0)).indexOf(column)]);
  }

  /** The deviations of the reference cases: see their README. Hilbert's matrix needs its factor. */
  @ParameterizedTest
  @CsvSource({
    "p03_longley_lmridge, auto",
    "p05_linnerud_multitarget, auto",
    "p06_dual_wide_integers, dual",
    "p07_hilbert, tsqr"
  })
  void intervalsAreThoseOfTheReferenceCases(String name, String solver) throws IOException {
    Path folder = Path.of("src/test/resources/cases", name);
    Path data = folder.resolve("data.csv");
    JsonNode expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
    JsonNode step = expected.get("path").get(1);
    Path run = directory.resolve("run");
    String lambda = step.get("lambda").asText();
    List<String> words =
        words("fit --input", data.toString(), "--out", run.toString(), "--lambda", lambda);
    List<String> features = new ArrayList<>();
    expected.get("feature_columns").forEach(c -> features.add(c.asText()));
    words.addAll(List.of("--features", String.join(",", features), "--solver", solver));
    words.addAll(List.of("--standardize", expected.get("standardize").asText()));
    if (!expected.get("fitIntercept").asBoolean()) {
      words.add("--no-intercept");
    }
    List<String> targets = new ArrayList<>();
    expected.get("target_columns").forEach(c -> targets.add(c.asText()));
    targets.forEach(target -> words.addAll(List.of("--label", target)));
    succeed(words);
    List<String[]> table = predict(run, data, "--interval", "0.8");
    double freedom = expected.get("n").asInt() - (expected.get("fitIntercept").asBoolean() ? 1 : 0);
    double t = StudentT.twoSided(0.8, freedom);
    for (int target = 0; target < targets.size(); target++) {
      JsonNode deviations = step.at("/targets/" + target + "/predictive_sd_first3");
      String column = targets.size() == 1 ? "prediction" : "prediction_" + targets.get(target);
      for (int i = 0; i < 3; i++) {
        double half = (cell(table, i, column + "_upper") - cell(table, i, column + "_lower")) / 2;
        double sd = deviations.get(i).asDouble();
        double rounding = 4 * Math.ulp(cell(table, i, column)); // of ends about a large prediction
        assertEquals(sd * t, half, 1e-8 * sd * t + rounding, column + " of row " + i);
        double middle = (cell(table, i, column + "_upper") + cell(table, i, column + "_lower")) / 2;
        assertEquals(cell(table, i, column), middle, rounding);
      }
    }
  }

  private Path write(Rows rows) throws IOException {
    StringBuilder csv = new StringBuilder("a,b,c,y,w\n");
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < 3; j++) {
        csv.append(rows.x(i, j)).append(',');
      }
      csv.append(rows.y(i, 0)).append(',').append(rows.w(i)).append('\n');
    }
    return Files.writeString(directory.resolve("data.csv"), csv);
  }

  private static double half(List<String[]> table, int row) {
    return (cell(table, row, "prediction_upper") - cell(table, row, "prediction_lower")) / 2;
  }

  private static Matrix column(Rows rows, int i) {
    double[] x = new double[rows.inputs()];
    Arrays.setAll(x, j -> rows.x(i, j));
    return Matrix.column(x);
  }

  @Test
  void weightsAndPenaltiesCount() throws IOException {
    Rows rows = Rows.normal(601, 40, 3, 1).withRandomWeights(602);
    Path data = write(rows);
    Path run = directory.resolve("run");
    List<String> words = words("tune --label y --weight w --penalty a=0,b=2 --lambda 3 --input");
    words.addAll(List.of(data.toString(), "--out", run.toString()));
    succeed(words);
    List<String[]> table = predict(run, data, "--interval", "0.9");
    RidgeSpec spec = RidgeSpec.standard().with(Penalty.factors(0, 2, 1));
    Predictive predictive = Predictive.of(RidgeProblem.of(rows.moments(), spec), 0, 3, 0.9);
    for (int i = 0; i < 5; i++) {
      double expected = StudentT.twoSided(0.9, 38) * predictive.deviations(column(rows, i))[0];
      assertEquals(expected, half(table, i), 1e-10);
    }
  }

  @Test
  void mappedRowsGetIntervalsAtTheChosenWidth() throws IOException {
    Rows rows = Rows.normal(603, 60, 3, 1);
    Path data = write(rows);
    Path run = directory.resolve("run");
    List<String> words =
        words(
            "tune --label y --features a,b,c --map rff --width 8,16 --lambda 0.5"
                + " --length-scale 1,3 --input");
    words.addAll(List.of(data.toString(), "--out", run.toString()));
    succeed(words);
    List<String[]> table = predict(run, data, "--interval", "0.9");
    byte[] json = Files.readAllBytes(run.resolve("model.json"));
    FittedModel model =
        ModelJson.read(
            json,
            name -> {
              throw new IllegalStateException(name);
            });
    Rows mapped = rows.mapped(FeatureMap.of(model.maps().get(0)));
    RidgeProblem problem =
        RidgeProblem.of(mapped.moments(), RidgeSpec.standard().with(Scaling.MAPPED));
    Predictive predictive = Predictive.of(problem, 0, 0.5, 0.9);
    for (int i = 0; i < 5; i++) {
      double expected = StudentT.twoSided(0.9, 59) * predictive.deviations(column(mapped, i))[0];
      assertEquals(expected, half(table, i), 1e-10);
    }
  }

  @Test
  void aRunWithoutMomentsHasNoIntervals() throws IOException {
    Path data = write(Rows.normal(604, 30, 3, 1));
    Path run = directory.resolve("run");
    List<String> words = words("fit --label y --no-moments --lambda 1 --input", data.toString());
    words.addAll(List.of("--out", run.toString()));
    succeed(words);
    String out = directory.resolve("out").toString();
    List<String> predict = words("predict --interval 0.9 --model", run.toString(), "--input");
    predict.addAll(List.of(data.toString(), "--out", out));
    CliRun refused = CliRun.of(predict.toArray(String[]::new));
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.error().endsWith("of a fit or tune without --no-moments"), refused.error());
  }

  private Path tuned(Path data, String more) {
    Path run = directory.resolve("run");
    List<String> words = words("tune --label y " + more + " --input", data.toString());
    words.addAll(List.of("--out", run.toString()));
    succeed(words);
    return run;
  }

  private CliRun cvPlus(Path run, Path data) {
    String out = directory.resolve("out" + System.nanoTime()).toString();
    List<String> words = words("predict --interval 0.8 --interval-kind cv-plus --model");
    words.addAll(List.of(run.toString(), "--input", data.toString(), "--out", out));
    return CliRun.of(words.toArray(String[]::new));
  }

  /** By refits of every fold, and all n values sorted. */
  @Test
  void crossValidatedIntervalsAreThoseOfTheDefinition() throws IOException {
    Rows rows = Rows.normal(605, 43, 3, 1).withRandomWeights(606);
    StringBuilder csv = new StringBuilder("a,b,c,y,w,fold\n");
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < 3; j++) {
        csv.append(rows.x(i, j)).append(',');
      }
      csv.append(rows.y(i, 0)).append(',').append(rows.w(i)).append(",f").append(i % 3);
      csv.append('\n');
    }
    Path data = Files.writeString(directory.resolve("folds.csv"), csv);
    Path run = tuned(data, "--weight w --fold-col fold --lambda 3");
    List<String[]> table = predict(run, data, "--interval", "0.8", "--interval-kind", "cv-plus");
    for (int i = 0; i < 5; i++) {
      List<Double> up = new ArrayList<>();
      List<Double> down = new ArrayList<>();
      for (int f = 0; f < 3; f++) {
        int fold = f;
        RidgeProblem problem =
            RidgeProblem.of(rows.where(r -> r % 3 != fold).moments(), RidgeSpec.standard());
        PathCoefficients fit = EigenSystem.of(problem).solve(List.of(Vec.of(3))).get(0);
        for (int r = f; r < rows.size(); r += 3) {
          double residual = Math.abs(rows.y(r, 0) - predict(fit, rows, r));
          up.add(predict(fit, rows, i) + residual);
          down.add(predict(fit, rows, i) - residual);
        }
      }
      up.sort(null);
      down.sort(null);
      assertEquals(up.get(36 - 1), cell(table, i, "prediction_upper"), 1e-10); // ceil(0.8 * 44)
      assertEquals(down.get(43 - 36), cell(table, i, "prediction_lower"), 1e-10);
    }
  }

  private static double predict(PathCoefficients fit, Rows rows, int i) {
    double prediction = fit.intercepts().get(0);
    for (int j = 0; j < 3; j++) {
      prediction += fit.matrix().get(j, 0) * rows.x(i, j);
    }
    return prediction;
  }

  @Test
  void hashedFoldsAndMapsGiveCrossValidatedIntervalsUntilTheDataChange() throws IOException {
    Rows rows = Rows.normal(607, 60, 3, 1);
    Path data = write(rows);
    Path run = tuned(data, "--features a,b,c --map rff --width 8,16 --length-scale 2");
    CliRun predicted = cvPlus(run, data);
    assertEquals(0, predicted.code(), predicted.err());
    Path fresh = Files.copy(data, directory.resolve("fresh.csv"));
    Files.writeString(data, Files.readString(data).replaceFirst("\n[^,]*,", "\n0.5,"));
    CliRun changed = cvPlus(run, fresh);
    assertEquals(3, changed.code(), changed.err());
    String start =
        "Cannot give cv-plus intervals: the data in " + data + " have changed since " + run;
    assertTrue(changed.error().startsWith(start), changed.error());
    assertTrue(
        changed.error().endsWith("; train again, or use predictive intervals"), changed.error());
  }

  @Test
  void runsWithoutFoldsHaveNoCrossValidatedIntervals() throws IOException {
    Path data = write(Rows.normal(608, 30, 3, 1));
    Path run = directory.resolve("run");
    List<String> words = words("fit --label y --lambda 1 --input", data.toString());
    words.addAll(List.of("--out", run.toString()));
    succeed(words);
    CliRun refused = cvPlus(run, data);
    assertEquals(3, refused.code(), refused.err());
    assertEquals(
        "Cannot give cv-plus intervals: " + run + " was fitted without folds; train it with folds",
        refused.error());
  }

  @Test
  void frequenciesHaveNoCrossValidatedIntervals() throws IOException {
    Path data = write(Rows.normal(609, 30, 3, 1));
    Path run = tuned(data, "--weight w --weight-kind frequency");
    assertEquals(
        "Cannot give cv-plus intervals: every row counts once in them, and the weights of "
            + run
            + " are frequencies; use predictive intervals",
        cvPlus(run, data).error());
  }
}
