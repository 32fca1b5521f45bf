package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.ridge.Filip;
import org.ridgeline.ridge.RidgeSpec;

/** Ill-conditioned data through Spark: TSQR and iterative refinement from the command line. */
@Tag("spark")
class HardCasesCommandTest {
  @TempDir Path directory;

  private Path write(Rows rows) throws IOException {
    StringBuilder csv = new StringBuilder();
    for (int j = 0; j < rows.inputs(); j++) {
      csv.append('x').append(j + 1).append(',');
    }
    csv.append("y\n");
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.inputs(); j++) {
        csv.append(rows.x(i, j)).append(',');
      }
      csv.append(rows.y(i, 0)).append('\n');
    }
    return Files.writeString(directory.resolve("data.csv"), csv);
  }

  private static CliRun run(String command, Path data, String out, String... more) {
    String[] fixed = {command, "--input", data.toString(), "--label", "y", "--out", out};
    String[] words = new String[fixed.length + more.length];
    System.arraycopy(fixed, 0, words, 0, fixed.length);
    System.arraycopy(more, 0, words, fixed.length, more.length);
    return CliRun.of(words);
  }

  private static double digits(String out, double... certified) throws IOException {
    JsonNode model = new ObjectMapper().readTree(Path.of(out, "model.json").toFile());
    double worst = Math.abs(model.at("/intercept/0").asDouble() / certified[0] - 1);
    for (int j = 1; j < certified.length; j++) {
      double b = model.at("/coefficients/0/" + (j - 1)).asDouble();
      worst = Math.max(worst, Math.abs(b / certified[j] - 1));
    }
    return -Math.log10(worst);
  }

  @Test
  void filipIsRefusedAndThenSolvedAsTheRefusalSays() throws IOException {
    Path data = write(Filip.rows());
    CliRun refused = run("fit", data, directory.resolve("a").toString(), "--lambda", "0");
    assertEquals(6, refused.code(), refused.err());
    assertTrue(refused.error().endsWith("or --solver tsqr"), refused.error());
    String out = directory.resolve("b").toString();
    CliRun solved = run("fit", data, out, "--lambda", "0", "--solver", "tsqr");
    assertEquals(0, solved.code(), solved.err());
    assertTrue(digits(out, Filip.certified()) >= 7.5, "digits " + digits(out, Filip.certified()));
    JsonNode report = new ObjectMapper().readTree(Path.of(out, "report.json").toFile());
    assertEquals("tsqr", report.at("/numerics/solver").asText());
  }

  @Test
  void foldsHaveFactorsOfTheirOwn() throws IOException {
    Path data = write(Filip.rows());
    String out = directory.resolve("c").toString();
    CliRun tuned = run("tune", data, out, "--solver", "tsqr", "--lambdas", "1e-12:1:13");
    assertEquals(0, tuned.code(), tuned.err());
    JsonNode report = new ObjectMapper().readTree(Path.of(out, "report.json").toFile());
    assertEquals(1, report.at("/cost/passes").asInt());
    double mse = report.at("/targets/y/cv/mse").asDouble();
    assertTrue(mse > 5e-6 && mse < 5e-5, "cv_mse " + mse); // residual variance 1.1e-5
  }

  @Test
  void fewRowsOfManyColumnsAreSolvedByTheDualInOnePass() throws IOException {
    Rows rows = Rows.normal(411, 15, 45, 1);
    Path data = write(rows);
    String out = directory.resolve("dual").toString();
    CliRun fitted = run("fit", data, out, "--lambda", "1e-10", "--solver", "dual");
    assertEquals(0, fitted.code(), fitted.err());
    ExactRidge exact = ExactRidge.fit(rows, RidgeSpec.standard(), 1e-10);
    double[] certified = new double[46];
    Arrays.setAll(certified, j -> j == 0 ? exact.intercept(0) : exact.coefficient(j - 1, 0));
    assertTrue(digits(out, certified) >= 12, "digits " + digits(out, certified));
    JsonNode report = new ObjectMapper().readTree(Path.of(out, "report.json").toFile());
    assertEquals("dual", report.at("/numerics/solver").asText());
    assertEquals(14, report.at("/numerics/rank").asInt());
    assertEquals(1, report.at("/cost/passes").asInt());
    String tuned = directory.resolve("tuned").toString();
    CliRun loo = run("tune", data, tuned, "--select", "loo", "--solver", "dual", "--folds", "3");
    assertEquals(0, loo.code(), loo.err());
    CliRun mapped =
        run(
            "tune",
            data,
            directory.resolve("map").toString(),
            "--folds",
            "3",
            "--solver",
            "dual",
            "--map",
            "rff",
            "--width",
            "32,64",
            "--length-scale",
            "auto",
            "--lambdas",
            "0,1e-8,1");
    assertEquals(0, mapped.code(), mapped.err());
  }

  @Test
  void tooManyRowsForTheDualAreRefusedNamingTheBound() throws IOException {
    double[][] x = new double[10_001][1];
    double[] y = new double[10_001];
    for (int i = 0; i < y.length; i++) {
      x[i][0] = i % 7;
      y[i] = i % 5;
    }
    Path data = write(Rows.of(x, y));
    CliRun refused = run("fit", data, directory.resolve("n").toString(), "--solver", "dual");
    assertEquals(5, refused.code(), refused.err());
    assertEquals(
        "Cannot solve by dual: there are more than 10,000 rows; use --solver auto",
        refused.error());
  }

  @Test
  void refinementsSharpenTheModelOnePassEach() throws IOException {
    double[][] x = new double[21][5];
    double[] y = new double[21];
    for (int i = 0; i < 21; i++) {
      y[i] = 1;
      for (int j = 0; j < 5; j++) {
        x[i][j] = Math.pow(i, j + 1);
        y[i] += x[i][j];
      }
    }
    Path data = write(Rows.of(x, y));
    double[] before = new double[3];
    for (int n = 0; n < 3; n++) {
      String out = directory.resolve("w" + n).toString();
      CliRun fitted = run("fit", data, out, "--lambda", "0", "--refinements", "" + n);
      assertEquals(0, fitted.code(), fitted.err());
      before[n] = digits(out, 1, 1, 1, 1, 1, 1);
      JsonNode report = new ObjectMapper().readTree(Path.of(out, "report.json").toFile());
      assertEquals(1 + n, report.at("/cost/passes").asInt());
    }
    assertTrue(before[0] >= 6, "digits " + before[0]);
    assertTrue(before[1] >= 9.9, "digits " + before[1]);
    assertTrue(before[2] >= 12, "digits " + before[2]);
  }

  /** The third column is the first with noise of this size. */
  private Path nearlyCollinear(double noise) throws IOException {
    Rows rows = Rows.normal(881, 60, 3, 1);
    StringBuilder csv = new StringBuilder("a,b,c,y\n");
    for (int i = 0; i < rows.size(); i++) {
      double a = rows.x(i, 0);
      double c = a + noise * rows.x(i, 2);
      csv.append(a).append(',').append(rows.x(i, 1)).append(',').append(c).append(',');
      csv.append(rows.y(i, 0)).append('\n');
    }
    return Files.writeString(directory.resolve("near" + noise + ".csv"), csv);
  }

  @Test
  void fewDigitsAreToldWithTheWayToMore() throws IOException {
    Path data = nearlyCollinear(1e-6);
    CliRun fit = run("fit", data, directory.resolve("few").toString(), "--lambda", "0");
    assertEquals(0, fit.code(), fit.err());
    assertTrue(
        fit.err().contains("The columns are nearly collinear (rcond ")
            && fit.err().contains("--solver tsqr or --refinements 1 gives more"),
        fit.err());
    String out = directory.resolve("all").toString();
    CliRun tsqr = run("fit", data, out, "--lambda", "0", "--solver", "tsqr");
    assertEquals(0, tsqr.code(), tsqr.err());
    assertTrue(!tsqr.err().contains("digits"), tsqr.err());
  }

  @Test
  void columnsThatMomentsCannotTellApartAreRefused() throws IOException {
    Path data = nearlyCollinear(1e-9);
    CliRun fit = run("fit", data, directory.resolve("same").toString(), "--lambda", "0");
    assertEquals(6, fit.code(), fit.err());
    assertTrue(fit.error().matches(".*use lambda >= \\S+ or --solver tsqr"), fit.error());
    Path equal = nearlyCollinear(0);
    CliRun exact = run("fit", equal, directory.resolve("exact").toString(), "--lambda", "0");
    assertEquals(0, exact.code(), exact.err());
    assertEquals(
        "Dependent columns, with coefficients of minimum norm at the smallest lambda: \"c = a\""
            + " (exact to the rounding of the sums); if they are not, --solver tsqr"
            + " distinguishes them",
        exact.warnings().get(0));
    String out = directory.resolve("apart").toString();
    CliRun tsqr = run("fit", data, out, "--lambda", "0", "--solver", "tsqr");
    assertEquals(0, tsqr.code(), tsqr.err());
    assertTrue(tsqr.err().contains("Nearly duplicate columns: \"c = a\""), tsqr.err());
  }
}
