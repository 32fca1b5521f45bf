package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.TheoryTable;
import org.ridgeline.report.Experiment;
import org.ridgeline.report.RiskCurve;
import org.ridgeline.report.RiskCurve.Point;
import org.ridgeline.spark.SparkTest;

/**
 * The experiment of {@code jobs/double-descent.sh} at some of its sizes, with its own seeds: the
 * numbers are those that the whole of it gives.
 */
@Tag("spark")
class DoubleDescentTest {
  private static final Path PAGE = Path.of("src/site/markdown/guide/theory.md");
  private static final double ERRORS = 3;

  private static Experiment widths;
  private static Experiment rows;
  private static Experiment columns;

  @TempDir Path directory;

  @BeforeAll
  static void run() {
    Draws draws = new Draws(SparkTest.session(), 12, 0);
    widths = WidthSweep.run(draws, List.of(30, 75, 120, 150, 200, 300));
    rows = RowSweep.run(draws, List.of(20, 60, 80, 100, 120, 150, 300));
    columns = ColumnSweep.run(draws, List.of(10, 20, 30, 50, 70, 100));
  }

  private static Point at(Experiment experiment, int lambda, int size) {
    return experiment.curves().get(lambda).points().stream()
        .filter(point -> point.size() == size)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyErrorIsWithinThreeStandardErrorsOfTheory() {
    for (Experiment experiment : List.of(widths, rows, columns)) {
      for (RiskCurve curve : experiment.curves()) {
        for (Point point : curve.points()) {
          assertEquals(
              point.theory(),
              point.mse(),
              ERRORS * point.standardError(),
              experiment.name() + " " + point + " at lambda " + curve.lambda());
          assertTrue(point.standardError() < point.mse() / 5, point.toString());
        }
      }
    }
  }

  /** Figures of another program, with its own draws and their errors: predicted, simulated. */
  @ParameterizedTest
  @CsvSource({
    "30, 0, .834, .823, .039", "75, 0, .704, .749, .032", "120, 0, 1.080, 1.150, .079",
    "150, 0, 2.635, 2.82, .22", "200, 0, .628, .602, .032", "300, 0, .284, .286, .008",
    "30, 1, .788, .790, .018", "75, 1, .681, .684, .013", "120, 1, .647, .659, .017",
    "150, 1, .617, .608, .014", "200, 1, .612, .606, .012", "300, 1, .592, .611, .011"
  })
  void reluFeaturesHaveTheErrorsOfAnotherProgram(
      int width, int lambda, double predicted, double simulated, double error) {
    Point point = at(widths, lambda, width);
    double both = Math.hypot(error, point.standardError());
    assertEquals(simulated, point.mse(), ERRORS * both);
    assertEquals(predicted, point.mse(), ERRORS * point.standardError());
  }

  @Test
  void theErrorPeaksWhereFeaturesAndRowsAreAsManyAndThePenaltyCuresIt() {
    for (int width : new int[] {30, 75, 120, 200, 300}) {
      assertTrue(at(widths, 0, width).mse() < at(widths, 0, 150).mse() / 2, "width " + width);
    }
    assertTrue(at(widths, 0, 300).mse() < at(widths, 0, 75).mse() / 2, "the second descent");
    assertFalling(widths);
    assertTrue(at(widths, 1, 150).mse() < at(widths, 0, 150).mse() / 4);
  }

  @Test
  void moreRowsHurtAtAFixedLambdaAndNotAtTheBestOne() {
    assertTrue(at(rows, 0, 100).mse() > 3 * at(rows, 0, 60).mse());
    assertTrue(at(rows, 0, 100).mse() > 3 * at(rows, 0, 150).mse());
    assertFalling(rows);
  }

  private static void assertFalling(Experiment experiment) {
    List<Point> cured = experiment.curves().get(1).points();
    for (int i = 1; i < cured.size(); i++) {
      assertTrue(cured.get(i).mse() < cured.get(i - 1).mse(), cured.get(i).toString());
    }
  }

  /** 150 rows foretell the error of any number of rows at the same lambda, the peak included. */
  @Test
  void theForecastFollowsTheWholeCurve() {
    for (RiskCurve curve : rows.curves()) {
      for (Point point : curve.points()) {
        double foretold = point.foretold().orElseThrow();
        assertEquals(0, Math.log(foretold / point.theory()), 0.1, point.toString());
      }
    }
  }

  @Test
  void theoryOfColumnsIsTheExactFormula() throws IOException {
    for (double[] row : TheoryTable.rows("weak_features_belkin_hsu_xu")) {
      assertEquals(row[6], ColumnSweep.theory((int) row[2], 0), 1e-12 * row[6]);
    }
    assertEquals(Double.POSITIVE_INFINITY, ColumnSweep.theory(40, 0));
  }

  /** The table of the page is cut from what the whole experiment prints. */
  @Test
  void thePageHasTheseNumbers() throws IOException {
    String page = Files.readString(PAGE);
    for (int width : new int[] {30, 75, 120, 150, 200, 300}) {
      assertHas(page, widths, width);
    }
    for (int n : new int[] {20, 60, 80, 100, 120, 150, 300}) {
      assertHas(page, rows, n);
    }
  }

  /** What the page says of the numbers of its first command and of the models. */
  @Test
  void thePageHasWhatFollowsFromOthers() throws IOException {
    String page = Files.readString(PAGE);
    double kept = 100 * 442 / (442 + 37.962); // W and lambda, as printed
    assertTrue(
        page.contains(String.format(Locale.ROOT, "the share W / (W + lambda), %.1f %%", kept)));
    double best = RowSweep.ROWS.noise() * RowSweep.ROWS.inputs() / RowSweep.ROWS.signal();
    assertEquals(RowSweep.LAMBDAS.get(1), best);
    assertTrue(page.contains(String.format(Locale.ROOT, "is %.0f at every number of rows", best)));
    assertEquals(2 * 50 * 150 * 1e-6, WidthSweep.LAMBDAS.get(0), 1e-15);
    assertEquals(2 * 50 * 150 * 1e-2, WidthSweep.LAMBDAS.get(1), 1e-12);
  }

  private static void assertHas(String page, Experiment experiment, int size) {
    Point small = at(experiment, 0, size);
    Point best = at(experiment, 1, size);
    String line =
        String.format(
            Locale.ROOT,
            "| %d | %.2f ± %.2f | %.2f | %s%.2f ± %.2f | %.2f |",
            size,
            small.mse(),
            small.standardError(),
            small.theory(),
            small.foretold().isPresent()
                ? String.format(Locale.ROOT, "%.2f | ", small.foretold().getAsDouble())
                : "",
            best.mse(),
            best.standardError(),
            best.theory());
    assertTrue(page.contains(line), "the page has no line " + line);
  }

  @Test
  void tuneGivesTheSameNumbersOnTheRowsThatAreKept() throws IOException {
    Path out = directory.resolve("out");
    Draws draws = new Draws(SparkTest.session(), 2, 5);
    WidthSweep.rows(draws, 5).write().parquet(out.toString());
    Path run = directory.resolve("run");
    CliRun tuned =
        CliRun.of(
            ("tune --label y --features x* --fold-col part --map arccos1 --bias 0 --seed 5"
                    + " --standardize none --width 30,75 --lambdas 0.015,150 --input "
                    + out
                    + " --out "
                    + run)
                .split(" "));
    assertEquals(0, tuned.code(), tuned.err());
    Draws.Measured[][] drawn = WidthSweep.draw(draws, List.of(30, 75), 5);
    List<String> lines = Files.readAllLines(run.resolve("path.csv"));
    int fold = List.of(lines.get(0).split(",")).indexOf("fold_1");
    int next = 1;
    for (int width = 0; width < 2; width++) {
      for (int lambda = 0; lambda < 2; lambda++) {
        double found = Double.parseDouble(lines.get(next++).split(",")[fold]);
        assertEquals(drawn[lambda][width].mse(), found, 1e-9 * found);
      }
    }
  }

  @Test
  void refusesWhatItCannotDo() {
    assertEquals(
        "ERROR Cannot take --draws 1: there must be at least 2\n",
        refused("--out", directory.toString(), "--draws", "1"));
    assertEquals("ERROR Unknown option: '--width'\n", refused("--out", "x", "--width"));
    assertEquals("ERROR Missing required option: '--out=DIR'\n", refused());
    assertEquals(
        "ERROR Invalid value for option '--draws': 'x' is not a whole number\n",
        refused("--out", "x", "--draws", "x"));
    assertEquals(
        "ERROR Invalid value for option '--seed': '-1.5' is not a whole number\n",
        refused("--out", "x", "--seed=-1.5"));
    assertEquals(
        "ERROR Invalid value for option '--draws': '3000000000' is too large\n",
        refused("--out", "x", "--draws", "3000000000"));
  }

  private static String refused(String... words) {
    CliRun run = CliRun.ofExperiment(words);
    assertEquals(ExitCode.USAGE, run.code());
    return run.err();
  }
}
