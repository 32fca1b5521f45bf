package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The posterior of one batch as the prior of the next is the fit to both, each centered about its
 * own means: {@code (G1 + L1 + G2) b = c1 + c2}.
 */
class PriorPrecisionTest {
  private static final double EARLIER = 0.7;
  private static final Rows FIRST = Rows.normal(801, 40, 5, 1).mapInput(1, v -> 50 + 7 * v);
  private static final Rows SECOND =
      Rows.normal(802, 25, 5, 1).mapInput(1, v -> 80 - 4 * v).mapTargets(y -> y + 9);

  private static double[] fit(Rows rows, RidgeSpec spec, double lambda) {
    RidgeSystem system = SolverTable.pathSolver(RidgeProblem.of(rows.moments(), spec), 1, lambda);
    return system.paths(List.of(Vec.of(lambda))).get(0).coefficients().matrix().columnCopy(0);
  }

  /** The penalty that a fit to {@code rows} leaves behind, for these of its features. */
  private static Penalty prior(Rows rows, int[] kept, int[] inputs, int all) {
    RidgeProblem problem = RidgeProblem.of(rows.moments(), RidgeSpec.standard());
    double[] b = fit(rows, RidgeSpec.standard(), EARLIER);
    double[] mean = new double[all];
    for (int i = 0; i < kept.length; i++) {
      mean[inputs[i]] = b[kept[i]];
    }
    Matrix precision = Precision.marginal(problem.precision(EARLIER), kept);
    return Penalty.identity().withPriorMean(mean).withPriorPrecision(precision, inputs, all);
  }

  private static int[] range(int size) {
    return IntStream.range(0, size).toArray();
  }

  /** Rows with the means of every column taken off. */
  private static Rows centered(Rows rows) {
    Rows result = rows;
    for (int j = 0; j < rows.inputs(); j++) {
      double mean = rows.moments().mean(j);
      result = result.mapInput(j, v -> v - mean);
    }
    double mean = rows.moments().mean(rows.inputs());
    return result.mapTargets(v -> v - mean);
  }

  /**
   * Both batches, centered, and a row for each earlier penalty; earlier rows of weight {@code
   * count}.
   *
   * @param more penalties of further columns, as squared deviations
   */
  private static double[] both(Rows first, Rows second, double count, double... more) {
    Rows a = centered(first);
    Rows b = centered(second);
    int d = a.inputs();
    Vec scales = RidgeProblem.of(first.moments(), RidgeSpec.standard()).scales();
    int n = a.size() + b.size() + d;
    double[][] x = new double[n][d];
    double[][] y = new double[n][1];
    double[] w = new double[n];
    Arrays.fill(w, 1);
    for (int i = 0; i < n; i++) {
      Rows from = i < a.size() ? a : b;
      int at = i < a.size() ? i : i - a.size();
      for (int j = 0; j < d && at < from.size(); j++) {
        x[i][j] = from.x(at, j);
        y[i][0] = from.y(at, 0);
      }
      w[i] = i < a.size() ? count : 1;
    }
    for (int j = 0; j < d; j++) {
      double penalty =
          j < more.length && more[j] > 0 ? more[j] : count * EARLIER * sq(scales.get(j));
      x[n - d + j][j] = Math.sqrt(penalty);
    }
    RidgeSpec least = new RidgeSpec(Intercept.NONE, Scaling.NONE, SolverKind.CHOLESKY);
    return fit(Rows.of(x, y, w), least, 0);
  }

  private static double sq(double v) {
    return v * v;
  }

  private static void assertVectors(double[] expected, double[] actual) {
    for (int j = 0; j < expected.length; j++) {
      assertEquals(expected[j], actual[j], 1e-10 * (1 + Math.abs(expected[j])), "coefficient " + j);
    }
  }

  @Test
  void lambdaOneIsTheFitToBothBatches() {
    for (Scaling scaling : List.of(Scaling.POPULATION, Scaling.NONE)) {
      RidgeSpec spec = RidgeSpec.standard().with(scaling).with(prior(FIRST, range(5), range(5), 5));
      assertVectors(both(FIRST, SECOND, 1), fit(SECOND, spec, 1));
      assertVectors(both(FIRST, SECOND, 0.5), fit(SECOND, spec, 0.5)); // half forgotten
      assertVectors(fit(FIRST, RidgeSpec.standard(), EARLIER), fit(SECOND, spec, 1e12));
    }
  }

  @Test
  void everySolverAgrees() {
    Penalty penalty = prior(FIRST, range(5), range(5), 5);
    double[] expected = both(FIRST, SECOND, 1);
    for (SolverKind kind : List.of(SolverKind.EIGEN, SolverKind.CHOLESKY)) {
      assertVectors(expected, fit(SECOND, RidgeSpec.standard().with(penalty).with(kind), 1));
    }
  }

  @Test
  void aFeatureThatIsConstantNowKeepsWhatIsKnownOfIt() {
    Rows constant = SECOND.mapInput(3, v -> 2);
    RidgeSpec spec = RidgeSpec.standard().with(prior(FIRST, range(5), range(5), 5));
    assertVectors(both(FIRST, constant, 1), fit(constant, spec, 1));
  }

  @Test
  void featuresThatAreGoneAreMarginalised() {
    int[] kept = {4, 0, 1};
    RidgeSpec spec = RidgeSpec.standard().with(prior(FIRST, kept, range(3), 3));
    double[] b = fit(SECOND.selectInputs(kept), spec, 1);
    double[] joint = both(FIRST, SECOND.mapInput(2, v -> 0).mapInput(3, v -> 0), 1);
    assertVectors(new double[] {joint[4], joint[0], joint[1]}, b);
  }

  @Test
  void newFeaturesGetTheOrdinaryPenalty() {
    int[] known = {0, 1, 2, 3};
    RidgeSpec spec = RidgeSpec.standard().with(prior(FIRST.selectInputs(known), known, known, 5));
    double scale = RidgeProblem.of(SECOND.moments(), RidgeSpec.standard()).scales().get(4);
    double[] expected =
        both(FIRST.mapInput(4, v -> 0), SECOND, 0.3, 0, 0, 0, 0, 0.3 * scale * scale);
    assertVectors(expected, fit(SECOND, spec, 0.3));
  }

  @Test
  void theChainOfBatchesIsTheFitToAll() {
    Penalty first = prior(FIRST, range(5), range(5), 5);
    RidgeSpec spec = RidgeSpec.standard().with(first);
    RidgeProblem second = RidgeProblem.of(SECOND.moments(), spec);
    Penalty next =
        Penalty.identity()
            .withPriorMean(fit(SECOND, spec, 1))
            .withPriorPrecision(second.precision(1), range(5), 5);
    Rows third = Rows.normal(803, 12, 5, 1);
    double[] chained = fit(third, RidgeSpec.standard().with(next), 1);
    Rows later = centered(SECOND);
    double[][] x = new double[37][5];
    double[] y = new double[37];
    Rows last = centered(third);
    for (int i = 0; i < 37; i++) {
      Rows from = i < 25 ? later : last;
      int at = i < 25 ? i : i - 25;
      y[i] = from.y(at, 0);
      for (int j = 0; j < 5; j++) {
        x[i][j] = from.x(at, j);
      }
    }
    assertVectors(both(FIRST, Rows.of(x, y), 1), chained);
  }

  @Test
  void degreesOfFreedomAreThoseOfTheNewRows() {
    RidgeSpec spec = RidgeSpec.standard().with(prior(FIRST, range(5), range(5), 5));
    RidgeProblem problem = RidgeProblem.of(SECOND.moments(), spec);
    RidgePath path = EigenSystem.of(problem).paths(List.of(Vec.of(1e-9, 1, 1e9))).get(0);
    assertEquals(5, path.df().get(0), 1e-6);
    assertTrue(path.df().get(1) > 1 && path.df().get(1) < 3, "df " + path.df().get(1));
    assertEquals(0, path.df().get(2), 1e-6);
  }

  @Test
  void whatEarlierRowsDoNotDetermineCannotBeLeftOut() {
    Matrix precision = Matrix.zeros(3, 3);
    precision.set(0, 0, 1);
    for (int i = 1; i < 3; i++) {
      for (int j = 1; j < 3; j++) {
        precision.set(i, j, 2);
      }
    }
    assertEquals(
        "Cannot leave features of the earlier model out: its rows do not determine them; keep"
            + " them, or fit it with a larger lambda",
        assertThrows(SingularException.class, () -> Precision.marginal(precision, new int[] {0}))
            .getMessage());
    assertEquals(
        "Cannot use a prior precision of 3 x 3 for 2 inputs",
        assertThrows(
                IllegalArgumentException.class,
                () -> Penalty.identity().withPriorPrecision(precision, new int[] {0, 1}, 4))
            .getMessage());
  }
}
