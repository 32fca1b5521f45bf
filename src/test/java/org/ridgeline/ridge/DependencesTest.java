package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/** Exact dependences between columns are told from nearly exact ones. */
class DependencesTest {
  private static final RidgeSpec STANDARD = RidgeSpec.standard();

  /** Makes the last inputs of a row from the first ones and from noise. */
  private interface Derived {
    double[] of(double[] x, double noise);
  }

  /** Rows of d normal inputs and what is derived from them; the target does not know of that. */
  private static Rows rows(long seed, int n, int d, Derived derived) {
    Rows base = Rows.normal(seed, n, d, 1);
    Random random = new Random(seed + 1);
    double[][] x = new double[n][];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      double[] first = new double[d];
      for (int j = 0; j < d; j++) {
        first[j] = base.x(i, j);
      }
      double[] more = derived.of(first, random.nextGaussian());
      x[i] = Arrays.copyOf(first, d + more.length);
      System.arraycopy(more, 0, x[i], d, more.length);
      y[i] = base.y(i, 0);
    }
    return Rows.of(x, y);
  }

  private static EigenSystem system(Rows rows, RidgeSpec spec) {
    return EigenSystem.of(RidgeProblem.of(rows.moments(), spec));
  }

  private static void refused(Rows rows, RidgeSpec spec, String what) {
    EigenSystem system = system(rows, spec);
    SingularException refusal =
        assertThrows(SingularException.class, () -> system.solve(List.of(Vec.of(0))), what);
    assertTrue(refusal.getMessage().contains("use lambda >= "), refusal::getMessage);
  }

  private static List<Dependence> exact(Rows rows, RidgeSpec spec, String what) {
    EigenSystem system = system(rows, spec);
    system.solve(List.of(Vec.of(0)));
    NullSpace cut = system.cut(0).orElseThrow();
    assertTrue(cut.isExact(), what);
    assertEquals(cut.directions(), cut.dependences().size(), what);
    assertTrue(system.cut(1).isEmpty(), what);
    return cut.dependences();
  }

  @Test
  void aSumThatIsOffByANoiseOfAnySizeIsRefused() {
    for (int n : new int[] {40, 1000, 20_000}) {
      for (double gap = 1e-7; gap > (n > 1000 ? 9e-12 : 9e-13); gap /= 10) {
        double g = gap;
        Rows rows = rows(1, n, 2, (x, u) -> new double[] {x[0] + x[1] + g * u});
        refused(rows, STANDARD, n + " rows, gap " + gap);
        refused(rows, STANDARD.with(Intercept.NONE), "no intercept, gap " + gap);
        refused(rows.withRandomWeights(3), STANDARD, "weights, gap " + gap);
        if (gap > 2e-9) { // the rows themselves are rounded to 1e-13 of their offset
          refused(rows.mapInput(2, v -> 1e3 + v), STANDARD.with(Scaling.NONE), "offset " + gap);
        }
      }
    }
  }

  @Test
  void aPairThatIsOffByANoiseOfAnySizeIsRefused() {
    for (double gap = 1e-7; gap > 9e-13; gap /= 10) {
      double g = gap;
      refused(rows(2, 40, 2, (x, u) -> new double[] {3 * x[0] + g * u}), STANDARD, "gap " + gap);
    }
  }

  @Test
  void anExactSumIsFoundInAnyUnit() {
    for (int n : new int[] {10, 40, 1000, 50_000}) {
      Rows rows = rows(4, n, 3, (x, u) -> new double[] {x[0] + x[2]});
      for (Rows same :
          List.of(
              rows,
              rows.mapInput(3, v -> 1e5 + 1e4 * v),
              rows.mapInput(0, v -> 7e-9 * v).mapInput(3, v -> 2e12 * v),
              rows.withRandomWeights(5))) {
        for (Intercept intercept : Intercept.values()) {
          boolean moved = same.x(0, 3) > 1e4 && same.x(0, 3) < 1e6;
          if (intercept == Intercept.FREE || !moved) {
            Dependence sum = exact(same, STANDARD.with(intercept), n + " rows").get(0);
            assertEquals(3, sum.column());
            assertEquals(List.of(0, 2), sum.others());
          }
        }
      }
      Dependence plain = exact(rows, STANDARD, "plain").get(0);
      assertEquals(Vec.of(1, 1), plain.factors());
      assertEquals(0, plain.constant());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, -3, 1.8, 0.45359237, 1 / 0.3048, 1 / 3.0, -22 / 7.0, 1e6, 0.01})
  void unitsOfMeasureAreExact(double factor) {
    Rows rows = rows(6, 60, 2, (x, u) -> new double[] {factor * x[0] + 32});
    Dependence unit = exact(rows, STANDARD, "factor " + factor).get(0);
    assertEquals(factor, unit.factors().get(0), 4e-16 * Math.abs(factor));
    assertEquals(32, unit.constant(), 1e-14 * Math.max(100, Math.abs(factor)));
  }

  @Test
  void aFactorThatNobodyWritesDownIsRefused() {
    refused(rows(7, 60, 2, (x, u) -> new double[] {Math.PI * x[0]}), STANDARD, "pi");
    refused(rows(7, 60, 2, (x, u) -> new double[] {Math.E * x[0] - x[1]}), STANDARD, "e");
  }

  @Test
  void indicatorsThatAddUpAreExact() {
    for (int n : new int[] {30, 5000}) {
      Rows rows =
          rows(
              8,
              n,
              2,
              (x, u) -> {
                double[] indicators = new double[7];
                indicators[(int) Math.floor(Math.abs(1e3 * u)) % 3] = 1;
                indicators[3 + (int) Math.floor(Math.abs(1e5 * u)) % 4] = 1;
                return indicators;
              });
      List<Dependence> found = exact(rows, STANDARD, "two traps of " + n);
      assertEquals(2, found.size());
      for (Dependence trap : found) {
        assertEquals(1, trap.constant(), 1e-12);
        assertTrue(Arrays.stream(trap.factors().toArray()).allMatch(f -> f == -1));
      }
      // without an intercept only the difference of the two sums is known
      Dependence one = exact(rows, STANDARD.with(Intercept.NONE), "no intercept").get(0);
      assertEquals(6, one.others().size());
    }
  }

  @Test
  void manyDependencesAtOnce() {
    Rows rows =
        rows(
            9,
            200,
            6,
            (x, u) ->
                new double[] {
                  x[0] + x[1], x[2] - x[3], 2 * x[4], x[0] + x[1] + x[2] + x[3] + x[4], x[5] / 4
                });
    assertEquals(5, exact(rows, STANDARD, "five").size());
    refused(
        rows.mapInput(8, v -> v + 1e-9 * Math.sin(1e3 * v)), STANDARD, "one of five is not exact");
  }

  @Test
  void aConstantColumnAloneIsNoDependence() {
    Rows rows = rows(10, 40, 2, (x, u) -> new double[] {5});
    EigenSystem system = system(rows, STANDARD);
    system.solve(List.of(Vec.of(0)));
    assertTrue(system.cut(0).isEmpty());
    Rows both = rows(10, 40, 2, (x, u) -> new double[] {5, x[0] + x[1]});
    Dependence sum = exact(both, STANDARD, "beside a constant").get(0);
    assertEquals(3, sum.column());
    assertEquals(List.of(0, 1), sum.others());
    // without an intercept a constant column is one that a sum may need
    Rows moved = rows(10, 40, 2, (x, u) -> new double[] {1, x[0] + x[1] + 5});
    Dependence offset = exact(moved, STANDARD.with(Intercept.NONE), "no intercept").get(0);
    assertEquals(List.of(0, 1, 2), offset.others());
    assertEquals(5, offset.factors().get(2), 1e-12);
  }

  @Test
  void anExactDependenceGivesTheMinimumNormSolution() {
    Rows rows = rows(11, 40, 2, (x, u) -> new double[] {x[0] + x[1]});
    ExactRidge limit = ExactRidge.fit(rows, STANDARD, 1e-7);
    RidgePath path = system(rows, STANDARD).paths(List.of(Vec.of(0))).get(0);
    for (int j = 0; j < 3; j++) {
      double b = limit.coefficient(j, 0);
      assertEquals(b, path.coefficients().matrix().get(j, 0), 1e-8 * Math.abs(b));
    }
  }

  @Test
  void aboveTheNoiseNothingIsCutOfWhatIsNotExact() {
    // the scatter is rounded by a few eps e_max, which lambda must outweigh; e_max is at most 3 n
    Rows rows = rows(12, 40, 2, (x, u) -> new double[] {x[0] + x[1] + 1e-7 * u});
    EigenSystem system = system(rows, STANDARD);
    double lambda = 2e-11;
    double[] b = system.solve(List.of(Vec.of(lambda))).get(0).matrix().columnCopy(0);
    double tolerance = 4 * Math.ulp(1.0) * 3 * 40 / lambda; // 5e-3
    ExactRidge exact = ExactRidge.fit(rows, STANDARD, lambda);
    for (int j = 0; j < 3; j++) {
      assertEquals(exact.coefficient(j, 0), b[j], tolerance * Math.abs(exact.coefficient(j, 0)));
    }
  }

  @Test
  void moreInputsThanRowsAreExactByCount() {
    EigenSystem wide = system(Rows.normal(13, 10, 12, 1), STANDARD);
    NullSpace cut = wide.cut(0).orElseThrow();
    assertEquals(new NullSpace(3, 3, List.of()), cut);
    assertTrue(cut.isExact());
    // a row that occurs twice leaves one direction more than the count explains
    Rows twice = Rows.normal(13, 10, 12, 1).pick(0, 1, 2, 3, 4, 5, 6, 7, 8, 8);
    NullSpace more = system(twice, STANDARD).cut(0).orElseThrow();
    assertEquals(4, more.directions());
    assertEquals(3, more.byCount());
  }

  @Test
  void theFactorOfTheRowsCutsWhatTheRowsCannotTell() {
    RidgeSpec tsqr = STANDARD.with(SolverKind.TSQR);
    Rows pi = rows(14, 60, 2, (x, u) -> new double[] {Math.PI * x[0]});
    EigenSystem system =
        (EigenSystem) SolverTable.solver(RidgeProblem.of(pi.factoredMoments(), tsqr), 1, 0);
    system.solve(List.of(Vec.of(0)));
    NullSpace cut = system.cut(0).orElseThrow();
    assertFalse(cut.isExact());
    assertEquals(Math.PI, cut.dependences().get(0).factors().get(0), 1e-12);
  }

  @Test
  void aPenaltyOfItsOwnForSomeColumnsChangesNothing() {
    Rows rows = rows(15, 50, 3, (x, u) -> new double[] {x[0] + x[1], 4 * x[2] - 1});
    RidgeSpec spec = STANDARD.with(Penalty.factors(0, 1, 2, 1, 1));
    List<Dependence> found = exact(rows, spec, "factors");
    assertEquals(2, found.size());
    assertEquals(
        List.of(0, 1), found.get(0).column() == 3 ? found.get(0).others() : found.get(1).others());
    Rows near = rows.mapInput(3, v -> v + 1e-8 * Math.sin(1e3 * v));
    refused(near, spec, "factors, near");
  }

  @ParameterizedTest
  @CsvSource({"7", "64", "1000"})
  void mergedMomentsAreAsExact(int block) {
    Rows rows = rows(16, 3000, 4, (x, u) -> new double[] {x[0] + x[1] - x[2]});
    Moments merged = Moments.empty(5, 1);
    for (int from = 0; from < 3000; from += block) {
      int start = from;
      merged.merge(rows.where(i -> i >= start && i < start + block).moments());
    }
    EigenSystem system = EigenSystem.of(RidgeProblem.of(merged, STANDARD));
    assertTrue(system.cut(0).orElseThrow().isExact());
  }
}
