package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.ridge.RidgeSpec;

/** What the command line says of columns that depend on each other, or vary by little. */
@Tag("spark")
class RankCommandTest {
  private static final Rows NORMAL = Rows.normal(41, 40, 3, 1);

  @TempDir Path directory;

  /** Columns p, q, r and y, with r = p + q + gap u. */
  private static Rows sum(double gap) {
    double[][] x = new double[40][];
    double[] y = new double[40];
    for (int i = 0; i < 40; i++) {
      double p = NORMAL.x(i, 0);
      double q = NORMAL.x(i, 1);
      x[i] = new double[] {p, q, p + q + gap * NORMAL.x(i, 2)};
      y[i] = p - q + 0.5 * NORMAL.x(i, 2) + 0.1 * NORMAL.y(i, 0);
    }
    return Rows.of(x, y);
  }

  private Path write(Rows rows) throws IOException {
    StringBuilder csv = new StringBuilder("p,q,r,y\n");
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.inputs(); j++) {
        csv.append(rows.x(i, j)).append(',');
      }
      csv.append(rows.y(i, 0)).append('\n');
    }
    return Files.writeString(directory.resolve("data.csv"), csv);
  }

  private static CliRun fit(Path data, String... more) {
    String[] front = {"--input", data.toString(), "--label", "y", "--output", "json"};
    String[] words = new String[1 + front.length + more.length];
    words[0] = "fit";
    System.arraycopy(front, 0, words, 1, front.length);
    System.arraycopy(more, 0, words, 1 + front.length, more.length);
    return CliRun.of(words);
  }

  private JsonNode model(Path data, String name, String... more) throws IOException {
    String out = directory.resolve(name).toString();
    String[] all = Arrays.copyOf(more, more.length + 2);
    all[more.length] = "--out";
    all[more.length + 1] = out;
    CliRun run = fit(data, all);
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(Path.of(out, "model.json").toFile());
  }

  @Test
  void threeNearlyCollinearColumnsAreRefusedAtLambdaZero() throws IOException {
    for (double gap : new double[] {1e-7, 1e-9, 1e-12}) {
      for (String solver : List.of("auto", "eigen", "cholesky")) {
        CliRun refused = fit(write(sum(gap)), "--lambda", "0", "--solver", solver);
        assertEquals(6, refused.code(), refused.err());
        assertTrue(refused.error().contains("--solver tsqr"), refused.error());
      }
    }
    Path data = write(sum(1e-7));
    String lambda = fit(data, "--lambda", "0").error().replaceAll(".*>= | or .*", "");
    CliRun works = fit(data, "--lambda", lambda);
    assertEquals(0, works.code(), works.err());
    CliRun path = fit(data, "--lambdas", "0,1,10");
    assertEquals(6, path.code(), path.err());
  }

  @Test
  void theSolverThatTheRefusalNamesIsRight() throws IOException {
    Rows rows = sum(1e-7);
    JsonNode model = model(write(rows), "tsqr", "--lambda", "0", "--solver", "tsqr");
    ExactRidge exact = ExactRidge.fit(rows, RidgeSpec.standard(), 0);
    for (int j = 0; j < 3; j++) {
      double b = exact.coefficient(j, 0);
      assertEquals(b, model.at("/coefficients/0/" + j).asDouble(), 1e-7 * Math.abs(b));
    }
  }

  @Test
  void anExactSumIsToldWithItsColumns() throws IOException {
    CliRun fit = fit(write(sum(0)), "--lambda", "0");
    assertEquals(0, fit.code(), fit.err());
    assertTrue(fit.warnings().get(0).contains("\"r = p + q\""), fit.err());
    CliRun above = fit(write(sum(0)), "--lambda", "1");
    assertEquals(List.of(), above.warnings());
  }

  @Test
  void aConstantColumnWithoutInterceptIsNoConstantColumn() throws IOException {
    Path data = write(sum(0).mapInput(2, v -> 1));
    CliRun none = fit(data, "--lambda", "1", "--no-intercept");
    assertEquals(List.of(), none.warnings());
    CliRun free = fit(data, "--lambda", "1");
    assertEquals(List.of("Constant columns, coefficient 0: \"r\""), free.warnings());
    CliRun zeros = fit(write(sum(0).mapInput(2, v -> 0)), "--lambda", "1", "--no-intercept");
    assertEquals(List.of("Constant columns, coefficient 0: \"r\""), zeros.warnings());
  }

  @Test
  void aFewUnitsBesideALargeOffsetVary() throws IOException {
    Rows rows = sum(0).mapInput(2, v -> 1e15 + Math.rint(Math.abs(3 * v)) % 5);
    JsonNode model = model(write(rows), "offset", "--lambda", "0");
    double b =
        ExactRidge.fit(rows.mapInput(2, v -> v - 1e15), RidgeSpec.standard(), 0).coefficient(2, 0);
    assertEquals(b, model.at("/coefficients/0/2").asDouble(), 1e-9 * Math.abs(b));
  }
}
