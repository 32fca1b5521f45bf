package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.Agreement;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.WeightKind;

class ChowTestTest {
  private static final RidgeSpec RIDGE = RidgeSpec.standard();

  private static TwoSamples samples(Rows a, int foldsA, Rows b, int foldsB) {
    return samples(a, foldsA, b, foldsB, RIDGE);
  }

  private static TwoSamples samples(Rows a, int foldsA, Rows b, int foldsB, RidgeSpec spec) {
    return TwoSamples.of(
        a.folded(foldsA, i -> i % foldsA), b.folded(foldsB, i -> i % foldsB), spec);
  }

  private static ChowTest test(TwoSamples samples) {
    Finding<ChowTest> found = ChowTest.of(samples, 0);
    return found.value().orElseThrow(() -> new AssertionError(found.reason()));
  }

  private static Rows row(int from, int to, boolean moved) {
    double[][] x = new double[to - from][];
    double[] y = new double[to - from];
    for (int k = 0; k < y.length; k++) {
      int i = from + k;
      x[k] = new double[] {Math.sin(i), Math.cos(i / 3.0) + 5};
      y[k] = 1 + 2 * x[k][0] - x[k][1] + Math.sin((double) i * i) / 2;
      y[k] += moved ? x[k][0] / 4 + 0.1 : 0;
    }
    return Rows.of(x, y);
  }

  /** 40 digits, mpmath 1.3.0: {@code src/test/resources/compare/chow.py}. */
  @Test
  void isThatOfFortyDigits() {
    ChowTest test = test(samples(row(1, 41, false), 1, row(41, 66, true), 1));
    assertEquals(3, test.numerator());
    assertEquals(59, test.denominator());
    Agreement.assertClose(3.7588106520069196, test.f(), 1e-12, "F");
    Agreement.assertClose(0.015422162301229144, test.p(), 1e-11, "p");
    assertTrue(test.byFolds().isEmpty());
    assertEquals(test.p(), test.decisive());
  }

  private static Rows both(Rows a, Rows b) {
    double[][] x = new double[a.size() + b.size()][];
    double[][] y = new double[x.length][];
    double[] w = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      Rows from = k < a.size() ? a : b;
      int i = k < a.size() ? k : k - a.size();
      x[k] = IntStream.range(0, a.inputs()).mapToDouble(j -> from.x(i, j)).toArray();
      y[k] = IntStream.range(0, a.targets()).mapToDouble(t -> from.y(i, t)).toArray();
      w[k] = from.w(i);
    }
    return Rows.of(x, y, w);
  }

  private static double foldSquares(Rows rows, int folds) {
    double rss = new RowsFit(rows).rss();
    for (int f = 0; f < folds; f++) {
      int fold = f;
      rss -= new RowsFit(rows.where(i -> i % folds == fold)).rss();
    }
    return rss;
  }

  /** With weights that are precisions n is the rows; the squares are weighted. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isThatOfTheRows(boolean weighted) {
    Rows a = Rows.normal(1, 90, 4, 1);
    Rows b = Rows.normal(2, 60, 4, 1).mapInput(2, x -> 30 * x + 1e4).mapTargets(y -> 1.1 * y);
    if (weighted) {
      a = a.withRandomWeights(3);
      b = b.withRandomWeights(4);
    }
    ChowTest test = test(samples(a, 5, b, 3));
    double within = new RowsFit(a).rss() + new RowsFit(b).rss();
    double between = new RowsFit(both(a, b)).rss() - within;
    assertEquals(5, test.numerator());
    assertEquals(140, test.denominator());
    Agreement.assertClose(between / 5 / (within / 140), test.f(), 1e-9, "F");
    Agreement.assertClose(between / within, test.excess(), 1e-9, "excess");
    Agreement.assertClose(
        Math.sqrt(new RowsFit(b).rss() / 55), test.deviationB(), 1e-10, "deviation");
    double among = (foldSquares(a, 5) + foldSquares(b, 3)) / (5 * 4 + 5 * 2);
    ChowTest.ByFolds byFolds = test.byFolds().orElseThrow();
    Agreement.assertClose(between / 5 / among, byFolds.f(), 1e-9, "F by folds");
    assertEquals(6, byFolds.denominator());
    assertEquals(FDistribution.tail(byFolds.f(), 1, 6), byFolds.p());
    assertEquals(byFolds.p(), test.decisive());
  }

  @Test
  void weightsThatCountRowsAreRows() {
    Rows a = Rows.normal(5, 30, 3, 1);
    Rows b = Rows.normal(6, 30, 3, 1).mapTargets(y -> y + 1);
    Rows twice = a.withWeights(IntStream.range(0, 30).mapToDouble(i -> 2).toArray());
    ChowTest counted = test(samples(twice, 1, b, 1, RIDGE.with(WeightKind.FREQUENCY)));
    ChowTest written = test(samples(both(a, a), 1, b, 1));
    assertEquals(written.denominator(), counted.denominator());
    Agreement.assertClose(written.f(), counted.f(), 1e-12, "F");
  }

  @Test
  void withoutAnInterceptItHasOneParameterLess() {
    Rows a = Rows.normal(7, 50, 3, 1).mapTargets(y -> y - 2);
    Rows b = Rows.normal(8, 40, 3, 1);
    ChowTest test = test(samples(a, 1, b, 1, RIDGE.with(Intercept.NONE)));
    assertEquals(3, test.numerator());
    assertEquals(84, test.denominator());
    double within = rssThroughOrigin(a) + rssThroughOrigin(b);
    double between = rssThroughOrigin(both(a, b)) - within;
    Agreement.assertClose(between / 3 / (within / 84), test.f(), 1e-10, "F");
  }

  private static double rssThroughOrigin(Rows rows) {
    return ExactRidge.fit(rows, RIDGE.with(Intercept.NONE), 0).sumSquares(rows, 0);
  }

  /** Of few new rows: is their error that of rows of A? */
  @Test
  void fewerRowsThanCoefficientsArePredicted() {
    Rows a = Rows.normal(9, 60, 6, 1);
    Rows b = Rows.normal(10, 4, 6, 1);
    ChowTest test = test(samples(a, 1, b, 1));
    double rss = new RowsFit(a).rss();
    double f = (new RowsFit(both(a, b)).rss() - rss) / 4 / (rss / 53);
    assertEquals(4, test.numerator());
    assertEquals(53, test.denominator());
    Agreement.assertClose(f, test.f(), 1e-9, "F");
  }

  /** A copy of a column, or a level that B has none of, changes what is tested, not the test. */
  @Test
  void columnsThatSayNothingDoNotCount() {
    Rows a = Rows.normal(11, 60, 3, 1);
    Rows b = Rows.normal(12, 50, 3, 1).mapTargets(y -> 1.2 * y);
    ChowTest plain = test(samples(a, 1, b, 1));
    ChowTest copied = test(samples(a.selectInputs(0, 1, 2, 1), 1, b.selectInputs(0, 1, 2, 1), 1));
    Agreement.assertClose(plain.f(), copied.f(), 1e-9, "F");
    assertEquals(plain.numerator(), copied.numerator());
    Rows constant = b.mapInput(2, x -> 0);
    ChowTest absent = test(samples(a, 1, constant, 1));
    assertEquals(3, absent.numerator());
    assertEquals(60 - 4 + 50 - 3, absent.denominator());
    double within = new RowsFit(a).rss() + new RowsFit(constant.selectInputs(0, 1)).rss();
    double f = (new RowsFit(both(a, constant)).rss() - within) / 3 / (within / 103);
    Agreement.assertClose(f, absent.f(), 1e-9, "F");
  }

  @Test
  void whatIsNotDefinedSaysWhy() {
    Rows few = Rows.normal(13, 5, 6, 1);
    assertEquals(
        "neither A nor B has more rows than coefficients",
        ChowTest.of(samples(few, 1, Rows.normal(14, 6, 6, 1), 1), 0).reason().orElseThrow());
    Rows a = Rows.normal(15, 40, 2, 1);
    double[][] x = new double[40][];
    double[] y = new double[40];
    for (int i = 0; i < 40; i++) {
      x[i] = new double[] {a.x(i, 0), a.x(i, 1)};
      y[i] = 3 * x[i][0] - x[i][1];
    }
    Rows exact = Rows.of(x, y);
    assertEquals(
        "the fits leave no residuals to measure by",
        ChowTest.of(samples(exact, 1, exact, 1), 0).reason().orElseThrow());
    Rows near = a.selectInputs(0, 1, 1);
    Rows nearly = near.mapInput(2, v -> v + 1e-9 * Math.sin(1e9 * v));
    assertEquals(
        "the features of A are nearly dependent: no digits are left without a penalty",
        ChowTest.of(samples(nearly, 1, near, 1), 0).reason().orElseThrow());
  }

  /**
   * Both sets are drawn alike, with a few rows of high leverage and large errors: F takes these for
   * a change, the folds of either set differ as much.
   */
  @Test
  void rowsThatDecideAFitAreNoChange() {
    Random random = new Random(21);
    int falseAlarms = 0;
    int byFolds = 0;
    for (int trial = 0; trial < 40; trial++) {
      TwoSamples samples = samples(heavy(random, 1500), 5, heavy(random, 1000), 5);
      falseAlarms += test(samples).p() < 0.05 ? 1 : 0;
      byFolds += test(samples).decisive() < 0.05 ? 1 : 0;
    }
    assertTrue(falseAlarms >= 16, falseAlarms + " of 40");
    assertTrue(byFolds <= 4, byFolds + " of 40");
  }

  private static Rows heavy(Random random, int n) {
    double[][] x = new double[n][2];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      boolean outlier = random.nextInt(50) == 0;
      x[i][0] = random.nextGaussian() * (outlier ? 8 : 1);
      x[i][1] = random.nextGaussian();
      y[i] = x[i][0] + x[i][1] + random.nextGaussian() * (outlier ? 10 : 1);
    }
    return Rows.of(x, y);
  }
}
