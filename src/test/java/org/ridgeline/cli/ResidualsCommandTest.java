package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.store.Resealed;

/** {@code residuals.csv} of data so few that every row is in the sample: it must add up. */
@Tag("spark")
class ResidualsCommandTest {
  private static final int ROWS = 442;

  @TempDir Path directory;

  private JsonNode run(String command, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(command, "--input", "data-samples/diabetes.csv"));
    all.addAll(List.of("--label", "progression", "--out", out(), "--output", "json"));
    all.addAll(List.of(words));
    CliRun done = CliRun.of(all.toArray(String[]::new));
    assertEquals(0, done.code(), done.err());
    return new ObjectMapper().readTree(done.out()).at("/targets/progression");
  }

  private String out() {
    return directory.resolve("run").toString();
  }

  private List<Map<String, String>> cells(String file) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(out(), file));
    String[] header = lines.get(0).split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int c = 0; c < header.length; c++) {
        row.put(header[c], cells[c]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static double meanSquare(List<Map<String, String>> rows, String column) {
    return rows.stream().mapToDouble(r -> Math.pow(number(r, column), 2)).average().orElseThrow();
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--map rff --width 16,32 --refine", "--penalty age=0 --folds 3"})
  void foldsAddUpToTheErrorsOfThePath(String words) throws IOException {
    JsonNode target = run("tune", words.isEmpty() ? new String[0] : words.split(" "));
    List<Map<String, String>> rows = cells("residuals.csv");
    assertEquals(ROWS, rows.size());
    double mse = target.at("/train/mse").asDouble();
    assertEquals(mse, meanSquare(rows, "residual"), 1e-9 * mse);
    double trace = rows.stream().mapToDouble(r -> number(r, "leverage")).sum();
    assertEquals(target.get("df").asDouble() + 1, trace, 1e-7);
    Map<String, String> chosen =
        cells("path.csv").stream()
            .filter(row -> row.get("selected").equals("true"))
            .findFirst()
            .orElseThrow();
    for (int f = 0; f < target.at("/cv/folds").asInt(); f++) {
      String fold = Integer.toString(f);
      List<Map<String, String>> held =
          rows.stream().filter(row -> row.get("fold").equals(fold)).toList();
      double expected = number(chosen, "fold_" + f);
      assertEquals(expected, meanSquare(held, "held_out_residual"), 1e-7 * expected, fold);
    }
    for (Map<String, String> row : rows) {
      double residual = number(row, "observed") - number(row, "fitted");
      assertEquals(residual, number(row, "residual"));
      assertEquals("1", row.get("weight").replace(".0", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--solver eigen", "--map arccos1 --width 24 --lambda 1"})
  void withoutFoldsRowsAreLeftOutOneByOne(String words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    if (!all.contains("--lambda")) {
      all.addAll(List.of("--select", "loo"));
    }
    JsonNode target = run("fit", all.toArray(String[]::new));
    List<Map<String, String>> rows = cells("residuals.csv");
    assertEquals("", rows.get(0).get("fold"));
    if (target.at("/loo/mse").isNumber()) {
      double loo = target.at("/loo/mse").asDouble();
      assertEquals(loo, meanSquare(rows, "held_out_residual"), 1e-9 * loo);
      double most = rows.stream().mapToDouble(r -> number(r, "leverage")).max().orElseThrow();
      assertEquals(target.at("/loo/maxLeverage").asDouble(), most, 1e-10);
    }
    for (Map<String, String> row : rows) {
      double expected = number(row, "residual") / (1 - number(row, "leverage"));
      assertEquals(expected, number(row, "held_out_residual"), 1e-9 * Math.abs(expected));
    }
  }

  @Test
  void thePageIsRebuiltFromTheFile() throws IOException {
    run("tune", "--lambdas", "1,10,100");
    byte[] page = Files.readAllBytes(Path.of(out(), "report.html"));
    assertTrue(new String(page, StandardCharsets.UTF_8).contains("leverage"));
    assertEquals(0, CliRun.of("report", out()).code());
    assertArrayEquals(page, Files.readAllBytes(Path.of(out(), "report.html")));
    Files.delete(Path.of(out(), "residuals.csv"));
    CliRun damaged = CliRun.of("report", out());
    assertEquals(3, damaged.code());
    assertTrue(damaged.error().contains("residuals.csv"), damaged.error());
    Resealed.run(Path.of(out()));
    assertEquals(0, CliRun.of("report", out()).code());
    Files.writeString(Path.of(out(), "residuals.csv"), "target,fold\n");
    Resealed.run(Path.of(out()));
    CliRun refused = CliRun.of("report", out());
    assertEquals(3, refused.code());
    assertEquals(
        "Cannot make a report: residuals.csv has no column 'observed' (in " + out() + ")",
        refused.error());
  }
}
