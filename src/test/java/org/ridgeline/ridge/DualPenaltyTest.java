package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/** Factors of columns where the rows are kept: what the primal gives, without d x d numbers. */
class DualPenaltyTest {
  private static final int N = 17;
  private static final int D = 30;
  private static final double LAMBDA = 0.7;

  /** Two columns are free, and a constant one is left with its prior alone. */
  private static final Penalty PENALTY =
      factors(D, j -> j == 3 || j == 20 ? 0 : j % 3 == 0 ? 7 : 1);

  private static final Rows ROWS =
      Rows.normal(413, N, D, 2).mapInput(5, v -> 7).mapInput(6, v -> 40 + 9 * v);

  private static Penalty factors(int d, IntToDoubleFunction factor) {
    double[] factors = new double[d];
    Arrays.setAll(factors, factor);
    return Penalty.factors(factors);
  }

  private static List<RidgeSpec> specs() {
    double[] mean = new double[D];
    Arrays.setAll(mean, j -> 0.1 * j);
    RidgeSpec standard = RidgeSpec.standard();
    return List.of(
        standard.with(PENALTY),
        standard.with(PENALTY).with(Scaling.NONE).with(Intercept.NONE),
        standard.with(PENALTY.withPriorMean(mean)),
        standard.with(factors(D, j -> j % 3 == 0 ? 7 : 1)));
  }

  private static RidgeProblem kept(Rows rows, RidgeSpec spec) {
    return RidgeProblem.of(rows.gatheredMoments(100), spec);
  }

  private static void assertNear(double[] expected, double[] actual, String what) {
    double norm = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertEquals(expected.length, actual.length, what);
    for (int j = 0; j < expected.length; j++) {
      assertEquals(expected[j], actual[j], 1e-10 * norm, what + " " + j);
    }
  }

  private static void assertNear(QuadraticForms expected, QuadraticForms actual) {
    assertNear(expected.posterior().toArray(), actual.posterior().toArray(), "posterior");
    assertNear(expected.sampling().toArray(), actual.sampling().toArray(), "sampling");
  }

  @Test
  void pathsAreThoseOfThePrimal() {
    for (RidgeSpec spec : specs()) {
      for (Rows rows : List.of(ROWS, ROWS.withRandomWeights(414))) {
        Vec lambdas = Vec.of(1e-3, LAMBDA, 1e3);
        List<Vec> grids = List.of(lambdas, lambdas);
        RidgeSystem system = EigenSystem.ofFactor(kept(rows, spec));
        RidgeProblem summed = RidgeProblem.of(rows.moments(), spec);
        for (RidgeSystem primal : List.of(EigenSystem.of(summed), CholeskySystem.of(summed))) {
          for (int t = 0; t < 2; t++) {
            RidgePath expected = primal.paths(grids).get(t);
            RidgePath dual = system.paths(grids).get(t);
            assertNear(
                expected.coefficients().matrix().data(),
                dual.coefficients().matrix().data(),
                spec + " coefficient");
            assertNear(
                expected.coefficients().intercepts().toArray(),
                dual.coefficients().intercepts().toArray(),
                "intercept");
            assertNear(expected.df().toArray(), dual.df().toArray(), "df");
            assertNear(expected.rss().toArray(), dual.rss().toArray(), "rss");
            assertNear(
                expected.penalizedRss().toArray(), dual.penalizedRss().toArray(), "penalized");
          }
        }
        assertEquals(EigenSystem.of(summed).rank(), system.rank());
      }
    }
  }

  @Test
  void formsAreThoseOfThePrimal() {
    Matrix z = Matrix.zeros(D, 3).map((j, c, v) -> Math.sin(1 + j + 40 * c));
    for (RidgeSpec spec : specs()) {
      EigenSystem dual = EigenSystem.ofFactor(kept(ROWS, spec));
      EigenSystem primal = EigenSystem.of(RidgeProblem.of(ROWS.moments(), spec));
      assertNear(primal.forms(LAMBDA, z), dual.forms(LAMBDA, z));
      QuadraticForms units = primal.forms(LAMBDA, Matrix.identity(D));
      assertNear(units, primal.diagonalForms(LAMBDA));
      assertNear(units, dual.diagonalForms(LAMBDA));
      PosteriorForms intervals = PosteriorForms.of(primal.problem(), LAMBDA);
      assertNear(intervals.of(z), PosteriorForms.of(dual.problem(), LAMBDA).of(z), "interval");
    }
  }

  @Test
  void rowsLeftOutAndResidualsAreThoseOfThePrimal() {
    for (RidgeSpec spec : specs()) {
      List<Vec> grids = List.of(Vec.of(LAMBDA), Vec.of(LAMBDA));
      EigenSystem dual = EigenSystem.ofFactor(kept(ROWS, spec));
      EigenSystem primal = EigenSystem.of(RidgeProblem.of(ROWS.moments(), spec));
      double[] row = new double[D + 2];
      Arrays.setAll(row, j -> j < D ? ROWS.x(4, j) : ROWS.y(4, j - D));
      double expected = RotatedModels.of(primal, grids).score(row, 1).leftOut(0, 0, 1);
      double actual = RotatedModels.of(dual, grids).score(row, 1).leftOut(0, 0, 1);
      assertEquals(expected, actual, 1e-10 * Math.abs(expected), "" + spec);
      double[] b = dual.solve(grids).get(1).matrix().columnCopy(0);
      assertTrue(dual.problem().relativeResidual(1, LAMBDA, b) < 1e-12, "" + spec);
    }
  }

  /** The matrix of a stored problem, which only the solvers of a scatter ask for. */
  @Test
  void theMatrixIsThatOfThePrimal() {
    RidgeSpec spec = specs().get(0);
    Coordinates dual = kept(ROWS, spec).coordinates();
    Coordinates primal = RidgeProblem.of(ROWS.moments(), spec).coordinates();
    assertNear(primal.gram().data(), dual.gram().data(), "gram");
    assertNear(primal.gramDiagonal(), dual.gramDiagonal(), "diagonal");
    assertEquals(primal.largest(), dual.largest(), 1e-12 * primal.largest());
  }

  @Test
  void nothingHasAsManyNumbersAsTheSquareOfTheColumns() {
    int d = 4_000;
    Rows rows = Rows.normal(416, 60, d, 1);
    RidgeSpec spec =
        RidgeSpec.standard()
            .with(SolverKind.DUAL)
            .with(factors(d, j -> j == 9 || j == 99 ? 0 : j % 2 == 0 ? 7 : 1));
    Matrix z = Matrix.zeros(d, 3).map((j, c, v) -> Math.sin(1 + j + 40 * c));
    RidgeProblem problem = kept(rows, spec); // loads what is to be loaded
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    RidgeSystem system = SolverTable.pathSolver(kept(rows, spec), 3, LAMBDA);
    RidgePath path = system.paths(List.of(Vec.of(1, LAMBDA))).get(0);
    assertEquals(d, system.diagonalForms(LAMBDA).posterior().size());
    assertEquals(3, PosteriorForms.of(problem, LAMBDA).of(z).length);
    double[] b = path.coefficients().matrix().columnCopy(1);
    assertTrue(problem.relativeResidual(0, LAMBDA, b) < 1e-11);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 8L * d * d, allocated + " bytes"); // all that was ever allocated
  }

  @Test
  void moreFreeColumnsThanRowsAreRefused() {
    for (int free : new int[] {N, D}) {
      RidgeSpec spec = RidgeSpec.standard().with(factors(D, j -> j < free + 1 ? 0 : 1));
      SingularException refused = assertThrows(SingularException.class, () -> kept(ROWS, spec));
      assertTrue(
          refused.getMessage().startsWith("Cannot fit: the data do not determine what the penalty"),
          refused.getMessage());
    }
  }
}
