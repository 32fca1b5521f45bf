package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.SolverTable;

class InferenceTest {
  private static Inference of(Rows rows, RidgeSpec spec, double lambda) {
    RidgeProblem problem = RidgeProblem.of(rows.moments(), spec);
    RidgeSystem system = SolverTable.solver(problem, 1, lambda);
    RidgePath path = system.paths(List.of(Vec.of(lambda))).get(0);
    Optional<Vec> eigenvalues = Inference.eigenvalues(system, problem);
    return Inference.of(system, problem, path, 0, eigenvalues);
  }

  /** R: qt((1 + level) / 2, df), and closed forms for 1 and 2 degrees of freedom. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 12.706204736174707", "0.95, 2, 4.302652729749462", "0.9, 3, 2.353363434801823",
    "0.95, 10, 2.228138851964939", "0.99, 30, 2.749995653567231", "0.95, 100, 1.983971518449634",
    "0.95, 1e12, 1.959963984540054", "0.5, 1, 1"
  })
  void quantilesOfStudentsT(double level, double freedom, double expected) {
    assertEquals(expected, StudentT.twoSided(level, freedom), 1e-10 * expected);
  }

  @ParameterizedTest
  @EnumSource(names = {"EIGEN", "CHOLESKY"})
  void lambdaInOtherWords(SolverKind solver) {
    Rows rows = Rows.normal(51, 60, 5, 1).withRandomWeights(52);
    RidgeSpec spec = RidgeSpec.standard().with(solver);
    Inference inference = of(rows, spec, 7);
    RidgeProblem problem = RidgeProblem.of(rows.moments(), spec);
    EigenSystem system = EigenSystem.of(problem);
    double df = 0;
    double flow = 0;
    for (double e : system.eigenvalues().toArray()) {
      df += e / (e + 7);
      flow += 1 - Math.exp(-e * inference.stoppingTime().getAsDouble());
    }
    assertEquals(df, flow, 1e-12 * df);
    double sum = 0;
    for (double one : inference.featureDf().toArray()) {
      assertTrue(one > 0 && one < 1);
      sum += one;
    }
    assertEquals(df, sum, 1e-12 * df);
    assertEquals(inference.posteriorVariance() / 7, inference.priorVariance());
    assertEquals(7 / rows.moments().weightSum(), inference.inputNoise());
  }

  @Test
  void withoutPenaltyThereIsNoPriorAndNoEndToTheFlow() {
    Inference inference = of(Rows.normal(53, 30, 3, 1), RidgeSpec.standard(), 0);
    assertEquals(Double.POSITIVE_INFINITY, inference.priorVariance());
    assertEquals(Double.POSITIVE_INFINITY, inference.stoppingTime().getAsDouble());
    assertEquals(Vec.of(1, 1, 1), inference.featureDf());
  }

  /** A factor is that of the regression of the column on the others. */
  @Test
  void inflationFactorsAreThoseOfRegressions() {
    Rows rows = Rows.normal(54, 80, 4, 1);
    Rows mixed = rows.mapInput(1, x -> 40 * x + 7);
    Rows collinear = mixed.selectInputs(0, 1, 2, 3, 2);
    for (Scaling scaling : new Scaling[] {Scaling.POPULATION, Scaling.NONE}) {
      RidgeSpec spec = RidgeSpec.standard().with(scaling).with(SolverKind.EIGEN);
      RidgeProblem problem = RidgeProblem.of(mixed.moments(), spec);
      Collinearity found = Collinearity.of(EigenSystem.of(problem), problem).orElseThrow();
      for (int j = 0; j < 4; j++) {
        int out = j;
        double[] target = new double[mixed.size()];
        Arrays.setAll(target, i -> mixed.x(i, out));
        int[] others = IntStream.range(0, 4).filter(k -> k != out).toArray();
        double[][] x = new double[mixed.size()][3];
        for (int i = 0; i < x.length; i++) {
          for (int k = 0; k < 3; k++) {
            x[i][k] = mixed.x(i, others[k]);
          }
        }
        RidgeProblem regression =
            RidgeProblem.of(Rows.of(x, target).moments(), RidgeSpec.standard());
        RidgePath path = EigenSystem.of(regression).paths(List.of(Vec.of(0))).get(0);
        double expected = path.targetSumSquares() / path.rss().get(0);
        assertEquals(expected, found.vif().get(j), 1e-10 * expected);
      }
      assertTrue(found.conditionNumber() > 1 && found.conditionNumber() < 3);
    }
    RidgeProblem problem = RidgeProblem.of(collinear.moments(), RidgeSpec.standard());
    Collinearity found = Collinearity.of(EigenSystem.of(problem), problem).orElseThrow();
    assertEquals(Double.POSITIVE_INFINITY, found.conditionNumber());
    assertEquals(Double.POSITIVE_INFINITY, found.vif().get(2));
    assertEquals(Double.POSITIVE_INFINITY, found.vif().get(4));
    assertTrue(found.vif().get(0) < 2);
    Rows constant = mixed.mapInput(0, x -> 3);
    RidgeProblem rest = RidgeProblem.of(constant.moments(), RidgeSpec.standard());
    Collinearity without = Collinearity.of(EigenSystem.of(rest), rest).orElseThrow();
    assertTrue(Double.isNaN(without.vif().get(0)));
    assertTrue(without.conditionNumber() < 3);
  }

  /** 400 draws of 8 coefficients: the share within is exact to about 0.4 points. */
  @Test
  void credibleIntervalsCoverCoefficientsDrawnFromThePrior() {
    Random random = new Random(55);
    Rows design = Rows.normal(56, 30, 8, 1).mapInput(3, x -> 5 * x - 2);
    Vec scales = RidgeProblem.of(design.moments(), RidgeSpec.standard()).scales();
    int covered = 0;
    int replicates = 400;
    for (int replicate = 0; replicate < replicates; replicate++) {
      double[] beta = new double[8];
      for (int j = 0; j < 8; j++) {
        beta[j] = 0.5 * random.nextGaussian() / scales.get(j); // tau = 0.5, sigma = 2: lambda 16
      }
      Rows rows = withTarget(design, beta, 2, random);
      Inference inference = of(rows, RidgeSpec.standard(), 16);
      double[] b = coefficients(rows, 16);
      for (int j = 0; j < 8; j++) {
        double reach = inference.quantile() * inference.errors().posteriorSd().get(j);
        covered += Math.abs(b[j] - beta[j]) <= reach ? 1 : 0;
      }
    }
    assertEquals(Inference.LEVEL, covered / (8.0 * replicates), 0.02, "seed 55");
  }

  /** About E[b] = (G + lambda I)^-1 G beta, not about beta. */
  @Test
  void samplingIntervalsCoverTheExpectedCoefficients() {
    Random random = new Random(57);
    Rows design = Rows.normal(58, 200, 5, 1);
    double[] beta = {3, -2, 1, 0.5, 0};
    double[] expected = coefficients(withTarget(design, beta, 0, random), 40);
    int covered = 0;
    int replicates = 500;
    for (int replicate = 0; replicate < replicates; replicate++) {
      Rows rows = withTarget(design, beta, 4, random);
      Inference inference = of(rows, RidgeSpec.standard(), 40);
      double[] b = coefficients(rows, 40);
      for (int j = 0; j < 5; j++) {
        double reach = 1.96 * inference.errors().standardError().get(j);
        covered += Math.abs(b[j] - expected[j]) <= reach ? 1 : 0;
      }
    }
    assertEquals(0.95, covered / (5.0 * replicates), 0.02, "seed 57");
  }

  private static double[] coefficients(Rows rows, double lambda) {
    RidgeProblem problem =
        RidgeProblem.of(rows.moments(), RidgeSpec.standard().with(Intercept.FREE));
    return EigenSystem.of(problem).solve(List.of(Vec.of(lambda))).get(0).matrix().columnCopy(0);
  }

  private static Rows withTarget(Rows design, double[] beta, double sigma, Random random) {
    double[][] x = new double[design.size()][beta.length];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = 1 + sigma * random.nextGaussian();
      for (int j = 0; j < beta.length; j++) {
        x[i][j] = design.x(i, j);
        y[i] += beta[j] * x[i][j];
      }
    }
    return Rows.of(x, y);
  }
}
