package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/** Iterative refinement and the triangular factor: digits beyond those of the moments. */
class HardCasesTest {
  private static final RidgeSpec TSQR = RidgeSpec.standard().with(SolverKind.TSQR);
  private static final double[] ONES = {1, 1, 1, 1, 1, 1};
  private static final double[] TENTHS = {1, 0.1, 0.01, 0.001, 1e-4, 1e-5};

  /** The digits of the worst coefficient after some refinements, intercept included. */
  private static double digits(
      Rows rows, Moments moments, RidgeSpec spec, int refinements, double[] certified) {
    RidgeProblem problem = RidgeProblem.of(moments, spec);
    RidgeSystem system = SolverTable.solver(problem, 1, 0);
    RidgePath path = system.paths(List.of(Vec.of(0))).get(0);
    RefinedModel model =
        RefinedModel.of(problem, List.of(Vec.owning(path.coefficients().matrix().columnCopy(0))));
    for (int step = 0; step < refinements; step++) {
      model = model.improved(problem, system, Vec.of(0), gradient(rows, model).sums());
    }
    double intercept =
        refinements == 0 ? path.coefficients().intercepts().get(0) : model.intercept(0);
    return CorrectDigits.of(intercept, model.coefficients(0).toArray(), certified);
  }

  private static ResidualGradient gradient(Rows rows, RefinedModel model) {
    ResidualGradient first = new ResidualGradient(rows.inputs(), rows.targets());
    ResidualGradient second = new ResidualGradient(rows.inputs(), rows.targets());
    for (int i = 0; i < rows.size(); i++) {
      double[] row = new double[rows.inputs() + rows.targets()];
      for (int j = 0; j < rows.inputs(); j++) {
        row[j] = rows.x(i, j);
      }
      for (int t = 0; t < rows.targets(); t++) {
        row[rows.inputs() + t] = rows.y(i, t);
      }
      (i % 2 == 0 ? first : second).add(model, row, 0, rows.w(i));
    }
    first.merge(second);
    return first;
  }

  /**
   * Moments begin with the digits that one rounding of each leaves; the factor has those of the
   * first refinement at once.
   *
   * @param required after 1, 2, .. refinements
   */
  private static void refine(String name, Rows rows, double[] certified, double[] required) {
    for (SolverKind solver : List.of(SolverKind.CHOLESKY, SolverKind.TSQR)) {
      RidgeSpec spec = RidgeSpec.standard().with(solver);
      StringBuilder reached = new StringBuilder(name + " " + solver);
      for (int steps = 0; steps <= required.length; steps++) {
        double digits = digits(rows, rows.factoredMoments(), spec, steps, certified);
        double least =
            steps == 0 && solver == SolverKind.CHOLESKY
                ? CorrectDigits.ofMoments(rows, Intercept.FREE, certified)
                : required[Math.max(0, steps - 1)];
        reached.append(' ').append(digits);
        assertTrue(digits >= least, reached + ", required " + least);
      }
    }
  }

  @Test
  void refinementReachesTheCertifiedDigits() {
    refine("longley", Nist.longley(), Nist.longleyCertified(), new double[] {14, 14});
    Rows first = Nist.wampler(x -> Nist.polynomial(1, x), 0);
    refine("wampler1", first, ONES, new double[] {9.5, 12});
    Rows second = Nist.wampler(x -> Nist.polynomial(0.1, x), 0);
    refine("wampler2", second, TENTHS, new double[] {12, 12});
    Rows third = Nist.wampler(x -> Nist.polynomial(1, x), 1);
    refine("wampler3", third, ONES, new double[] {9.5, 10.5});
  }

  @Test
  void refinementKeepsThePenalty() {
    Rows rows = Rows.normal(301, 30, 4, 2).mapInput(1, v -> 50 + 3 * v).withRandomWeights(302);
    RidgeSpec spec = RidgeSpec.standard();
    RidgeProblem problem = RidgeProblem.of(rows.moments(), spec);
    RidgeSystem system = SolverTable.solver(problem, 1, 0);
    RefinedModel model = RefinedModel.of(problem, List.of(Vec.of(1, 2, 3, 4), Vec.of(0, 0, 0, 0)));
    for (int step = 0; step < 2; step++) { // from far away, at two lambdas
      model = model.improved(problem, system, Vec.of(3, 7), gradient(rows, model).sums());
    }
    for (int t = 0; t < 2; t++) {
      ExactRidge exact = ExactRidge.fit(rows, spec, t == 0 ? 3 : 7);
      for (int j = 0; j < 4; j++) {
        double b = exact.coefficient(j, t);
        assertEquals(b, model.coefficients(t).get(j), 2 * Math.ulp(b), "b" + j);
      }
      assertEquals(exact.intercept(t), model.intercept(t), 4e-15 * 50);
    }
  }

  @Test
  void filipIsSolvedFromTheFactor() {
    Rows rows = Filip.rows();
    double plain = digits(rows, rows.factoredMoments(), TSQR, 0, Filip.certified());
    double refined = digits(rows, rows.factoredMoments(), TSQR, 1, Filip.certified());
    assertTrue(plain >= 7.5, "digits " + plain + ", refined " + refined);
    // the powers are rounded to doubles, which alone costs all but 7.6 digits
    assertTrue(refined >= 7.5, "digits " + plain + ", refined " + refined);
    RidgeProblem problem = RidgeProblem.of(rows.factoredMoments(), TSQR);
    RidgePath path = SolverTable.solver(problem, 1, 0).paths(List.of(Vec.of(0))).get(0);
    assertEquals(Filip.RSS, path.rss().get(0), 1e-8 * Filip.RSS);
    assertEquals(10, path.df().get(0), 1e-12);
  }

  @Test
  void filipIsRefusedByTheMoments() {
    for (SolverKind solver : List.of(SolverKind.AUTO, SolverKind.EIGEN, SolverKind.CHOLESKY)) {
      RidgeProblem problem =
          RidgeProblem.of(Filip.rows().moments(), RidgeSpec.standard().with(solver));
      SingularException refused =
          assertThrows(
              SingularException.class,
              () -> SolverTable.solver(problem, 1, 0).paths(List.of(Vec.of(0))));
      assertTrue(refused.getMessage().endsWith("or solver tsqr"), refused.getMessage());
    }
  }

  @Test
  void factorsOfAnySplitAreTheFactorOfAllRows() {
    Rows rows = Filip.rows();
    Moments merged = rows.where(i -> i % 3 == 0).factoredMoments();
    merged.merge(rows.where(i -> i % 3 == 1).factoredMoments());
    merged.merge(Moments.empty(10, 1));
    merged.merge(rows.where(i -> i % 3 == 2).factoredMoments());
    Matrix factor = merged.factor().orElseThrow();
    Matrix square = Blas.transposedTimes(factor, factor);
    for (int j = 0; j < 11; j++) {
      for (int i = 0; i < 11; i++) {
        double size = Math.sqrt(merged.scatter().get(i, i) * merged.scatter().get(j, j));
        assertEquals(merged.scatter().get(i, j), square.get(i, j), 1e-14 * size, i + "," + j);
      }
    }
  }

  /** The powers are rounded to doubles, which alone costs all but 7.6 digits. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 41})
  void filipKeepsItsDigitsInAnyPartitioning(int parts) {
    Rows rows = Filip.rows();
    Moments dealt = Moments.empty(10, 1);
    Moments cut = Moments.empty(10, 1);
    for (int part = 0; part < parts; part++) {
      int p = part;
      dealt.merge(rows.where(i -> i % parts == p).factoredMoments(4));
      cut.merge(rows.where(i -> i * parts / rows.size() == p).factoredMoments());
    }
    for (Moments merged : List.of(dealt, cut)) {
      double digits = digits(rows, merged, TSQR, 0, Filip.certified());
      assertTrue(digits >= 7.5, "digits " + digits);
    }
  }

  @Test
  void factorsOfManyColumnsAreOfDoublesAndMergeToo() {
    Rows rows = Rows.normal(304, 90, 40, 1).mapInput(3, v -> 1e6 + v).withRandomWeights(305);
    Moments merged = rows.where(i -> i % 3 == 0).factoredMoments();
    merged.merge(rows.where(i -> i % 3 != 0).factoredMoments(16));
    assertTrue(merged.factorRemainder().isEmpty());
    RidgeProblem problem = RidgeProblem.of(merged, TSQR);
    PathCoefficients solved =
        SolverTable.solver(problem, 1, 0.1).solve(List.of(Vec.of(0.1))).get(0);
    ExactRidge exact = ExactRidge.fit(rows, TSQR, 0.1);
    for (int j = 0; j < 40; j++) {
      assertEquals(exact.coefficient(j, 0), solved.matrix().get(j, 0), 1e-12, "b" + j);
    }
  }

  @Test
  void factorsOfDifferentDigitsMergeToThoseThatBothHave() {
    Rows rows = Rows.normal(306, 30, 3, 1);
    Moments exact = rows.where(i -> i < 15).factoredMoments();
    Moments none = rows.where(i -> i >= 15).moments();
    assertTrue(exact.factorRemainder().isPresent());
    Moments merged = exact.copy();
    merged.merge(none);
    assertTrue(merged.factor().isEmpty());
    merged = exact.copy();
    merged.merge(rows.where(i -> i >= 15).gatheredMoments(100));
    assertTrue(merged.factor().isEmpty());
  }

  @Test
  void rowsWithoutTheirFactorAreRefused() {
    RidgeProblem problem = RidgeProblem.of(Rows.normal(303, 9, 2, 1).moments(), TSQR);
    assertEquals(
        "Cannot solve by tsqr: the rows were read without their triangular factor",
        assertThrows(IllegalArgumentException.class, () -> SolverTable.solver(problem, 1, 0))
            .getMessage());
  }
}
