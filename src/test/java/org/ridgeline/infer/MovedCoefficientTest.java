package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.Rows;
import org.ridgeline.ridge.RidgeSpec;

/** The oracle is the textbook fit to the rows, and refits without each fold. */
class MovedCoefficientTest {
  private static final Rows A = Rows.normal(31, 80, 4, 1).withRandomWeights(33);
  private static final Rows B =
      Rows.normal(32, 50, 4, 1)
          .mapInput(1, x -> 20 * x - 300)
          .mapTargets(y -> 1.3 * y)
          .withRandomWeights(34);

  private static List<MovedCoefficient> tested(Rows a, int foldsA, Rows b, int foldsB) {
    Finding<List<MovedCoefficient>> found = found(a, foldsA, b, foldsB);
    return found.value().orElseThrow(() -> new AssertionError(found.reason()));
  }

  private static Finding<List<MovedCoefficient>> found(Rows a, int foldsA, Rows b, int foldsB) {
    return MovedCoefficient.of(
        TwoSamples.of(
            a.folded(foldsA, i -> i % foldsA),
            b.folded(foldsB, i -> i % foldsB),
            RidgeSpec.standard()),
        0);
  }

  private static double tail(double t, double freedom) {
    return 2 * new TDistribution(null, freedom).cumulativeProbability(-Math.abs(t));
  }

  private static double jackknife(Rows rows, int k, int j) {
    double[] values = new double[k];
    Arrays.setAll(values, f -> new RowsFit(rows.where(i -> i % k != f)).coefficient(j));
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt((k - 1.0) / k * squares);
  }

  private static double welch(double a, double freeA, double b, double freeB) {
    double sum = a * a + b * b;
    return sum * sum / (Math.pow(a, 4) / freeA + Math.pow(b, 4) / freeB);
  }

  @Test
  void differencesAndErrorsAreThoseOfTheRows() {
    RowsFit a = new RowsFit(A);
    RowsFit b = new RowsFit(B);
    List<MovedCoefficient> tested = tested(A, 5, B, 4);
    assertEquals(5, tested.size());
    for (MovedCoefficient found : tested) {
      int j = found.input().isPresent() ? found.input().getAsInt() + 1 : 0;
      Agreement.assertClose(a.coefficient(j), found.a(), 1e-9, "a");
      Agreement.assertClose(b.coefficient(j), found.b(), 1e-9, "b");
      assertEquals(found.b() - found.a(), found.difference());
      double error = Math.hypot(a.error(j), b.error(j));
      double t = found.difference() / error;
      double freedom = welch(a.error(j), a.free(), b.error(j), b.free());
      Agreement.assertClose(error, found.sampling().standardError(), 1e-9, "error");
      Agreement.assertClose(t, found.sampling().t(), 1e-9, "t");
      Agreement.assertClose(freedom, found.sampling().freedom(), 1e-9, "freedom");
      double foldA = jackknife(A, 5, j);
      double foldB = jackknife(B, 4, j);
      double byFolds = Math.hypot(foldA, foldB);
      double foldFreedom = welch(foldA, 4, foldB, 3);
      Agreement.assertClose(byFolds, found.byFolds().standardError(), 1e-7, "by folds");
      Agreement.assertClose(foldFreedom, found.byFolds().freedom(), 1e-7, "freedom by folds");
      double p = Math.max(tail(t, freedom), tail(found.difference() / byFolds, foldFreedom));
      Agreement.assertClose(p, found.p(), 1e-6, "p");
    }
  }

  /** 40 digits, mpmath 1.3.0: {@code src/test/resources/compare/chow.py}. */
  @Test
  void testsAreThoseOfFortyDigits() {
    double[][] expected = {
      {2.2660094844934786, 48.21453529736986, 0.027977579230142602},
      {1.2051370244533195, 46.362916791963166, 0.23426575437155636},
      {-0.8840195458601198, 47.30152443468268, 0.3811570319781063}
    };
    List<MovedCoefficient> tested = tested(row(1, 41, false), 1, row(41, 66, true), 1);
    for (int c = 0; c < 3; c++) {
      MovedCoefficient found = tested.get(c);
      assertEquals(c < 2 ? OptionalInt.of(c) : OptionalInt.empty(), found.input());
      Agreement.assertClose(expected[c][0], found.sampling().t(), 1e-11, "t");
      Agreement.assertClose(expected[c][1], found.sampling().freedom(), 1e-11, "freedom");
      Agreement.assertClose(expected[c][2], found.p(), 1e-10, "p");
      assertTrue(Double.isNaN(found.byFolds().t()));
    }
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

  /** Holm: reject in order while {@code p_(i) <= alpha / (m - i)}. */
  @Test
  void adjustedValuesAreWhereHolmStops() {
    List<MovedCoefficient> tested = tested(A, 5, B, 4);
    double[] p = tested.stream().mapToDouble(MovedCoefficient::p).toArray();
    assertTrue(IntStream.range(1, p.length).allMatch(i -> p[i] >= p[i - 1]));
    for (MovedCoefficient found : tested) {
      if (found.adjusted() < 1) {
        assertEquals(true, isRejected(found, tested, found.adjusted() * (1 + 1e-12)));
      }
      assertEquals(false, isRejected(found, tested, found.adjusted() * (1 - 1e-12)));
      assertEquals(found.adjusted() < 0.05, found.hasMoved());
    }
  }

  private static boolean isRejected(
      MovedCoefficient one, List<MovedCoefficient> ascending, double alpha) {
    for (int i = 0; i < ascending.size(); i++) {
      if (ascending.get(i).p() > alpha / (ascending.size() - i)) {
        return false;
      }
      if (ascending.get(i).equals(one)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void columnsThatOthersReplaceAreLeftOut() {
    List<MovedCoefficient> plain = tested(A, 1, B, 1);
    List<MovedCoefficient> copied =
        tested(A.selectInputs(0, 1, 2, 3, 1), 1, B.selectInputs(0, 1, 2, 3, 1), 1);
    assertEquals(3, copied.size());
    for (MovedCoefficient found : copied) {
      MovedCoefficient same =
          plain.stream().filter(c -> c.input().equals(found.input())).findFirst().orElseThrow();
      assertTrue(found.input().isPresent() && found.input().getAsInt() != 1);
      Agreement.assertClose(same.sampling().t(), found.sampling().t(), 1e-8, "t");
    }
    List<MovedCoefficient> constant = tested(A, 1, B.mapInput(3, x -> 7), 1);
    assertFalse(constant.stream().anyMatch(c -> c.input().equals(OptionalInt.of(3))));
    assertEquals(4, constant.size());
  }

  @Test
  void whatCannotBeTestedSaysWhy() {
    assertEquals(
        "B has no more rows than coefficients",
        found(A, 1, Rows.normal(35, 5, 4, 1), 1).reason().orElseThrow());
    Rows same = A.selectInputs(0, 0);
    assertEquals(
        "every feature is constant, or determined by others, in A or in B",
        found(same, 1, same, 1).reason().orElseThrow());
  }
}
