package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.QuadraticForms;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;

class PredictiveTest {
  private static Matrix columns(Rows rows) {
    Matrix x = Matrix.zeros(rows.inputs(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.inputs(); j++) {
        x.set(j, i, rows.x(i, j));
      }
    }
    return x;
  }

  /** By the forms of the eigenvectors, a route that shares nothing with Cholesky. */
  @Test
  void deviationsAreThoseOfTheFormula() {
    Rows rows = Rows.normal(501, 30, 5, 2).mapInput(1, v -> 100 + v).withRandomWeights(502);
    Rows fresh = Rows.normal(503, 4, 5, 2).mapInput(1, v -> 100 + 2 * v);
    double[] factors = {0, 1, 2, 1, 3};
    for (Intercept intercept : Intercept.values()) {
      for (Penalty penalty : List.of(Penalty.identity(), Penalty.factors(factors))) {
        RidgeSpec spec = RidgeSpec.standard().with(intercept).with(penalty);
        RidgeProblem problem = RidgeProblem.of(rows.moments(), spec);
        EigenSystem system = EigenSystem.of(problem);
        RidgePath path = system.paths(List.of(Vec.of(0.7), Vec.of(0.7))).get(1);
        Matrix z = columns(fresh);
        for (int i = 0; i < 4; i++) {
          for (int j = 0; j < 5; j++) {
            double origin = intercept == Intercept.FREE ? rows.moments().mean(j) : 0;
            z.set(j, i, (z.get(j, i) - origin) / problem.scales().get(j));
          }
        }
        QuadraticForms forms = system.forms(0.7, z);
        double variance = CoefficientErrors.posteriorVariance(problem, path, 0);
        double base = intercept == Intercept.FREE ? 1 + 1 / rows.moments().weightSum() : 1;
        Predictive predictive = Predictive.of(problem, 1, 0.7, 0.9);
        Matrix ends = predictive.of(columns(fresh), new double[] {5, 5, 5, 5});
        double t = StudentT.twoSided(0.9, problem.freeRows());
        for (int i = 0; i < 4; i++) {
          double sd = Math.sqrt(variance * (base + forms.posterior().get(i)));
          double tolerance = 1e-10; // without an intercept the mean of 100 is not taken out
          assertEquals(sd, predictive.deviations(columns(fresh))[i], tolerance * sd);
          assertEquals(5 - t * sd, ends.get(0, i), tolerance * (5 + t * sd));
          assertEquals(5 + t * sd, ends.get(1, i), tolerance * (5 + t * sd));
        }
      }
    }
  }

  @Test
  void fewRowsOfManyInputsHaveTheDeviationsOfTheirScatter() {
    Rows rows = Rows.normal(507, 8, 20, 1).mapInput(3, v -> 7).withRandomWeights(508);
    Rows fresh = Rows.normal(509, 4, 20, 1);
    for (Intercept intercept : Intercept.values()) {
      RidgeSpec spec = RidgeSpec.standard().with(intercept);
      RidgeProblem primal = RidgeProblem.of(rows.moments(), spec);
      RidgeProblem dual = RidgeProblem.of(rows.gatheredMoments(8), spec);
      for (double lambda : new double[] {1e-6, 0.7, 50}) {
        double[] expected = Predictive.of(primal, 0, lambda, 0.9).deviations(columns(fresh));
        double[] found = Predictive.of(dual, 0, lambda, 0.9).deviations(columns(fresh));
        for (int i = 0; i < 4; i++) {
          assertEquals(expected[i], found[i], 1e-8 * expected[i], "lambda " + lambda);
        }
      }
      assertThrows(SingularException.class, () -> Predictive.of(dual, 0, 0, 0.9));
    }
  }

  @Test
  void anInputThatWasConstantCountsByItsPrior() {
    Rows rows = Rows.normal(504, 20, 2, 1).mapInput(1, v -> 3);
    RidgeProblem problem = RidgeProblem.of(rows.moments(), RidgeSpec.standard());
    Matrix same = Matrix.column(0.5, 3);
    Matrix other = Matrix.column(0.5, 5);
    double a = Predictive.of(problem, 0, 2, 0.9).deviations(same)[0];
    double b = Predictive.of(problem, 0, 2, 0.9).deviations(other)[0];
    RidgePath path = EigenSystem.of(problem).paths(List.of(Vec.of(2))).get(0);
    double variance = CoefficientErrors.posteriorVariance(problem, path, 0);
    assertEquals(variance * 4 / 2, b * b - a * a, 1e-12); // s2 (5 - 3)^2 / lambda
    double least = Predictive.of(problem, 0, 0, 0.9).deviations(same)[0];
    assertEquals(least, Predictive.of(problem, 0, 0, 0.9).deviations(other)[0], 0);
  }

  @Test
  void whatTheDataDoNotDetermineIsRefused() {
    Rows rows = Rows.normal(505, 20, 2, 1);
    RidgeProblem twins =
        RidgeProblem.of(rows.selectInputs(0, 1, 0).moments(), RidgeSpec.standard());
    assertEquals(
        "Cannot give intervals: at lambda = 0.0 the data do not determine the"
            + " coefficients to useful digits; use a larger lambda",
        assertThrows(SingularException.class, () -> Predictive.of(twins, 0, 0, 0.9)).getMessage());
    RidgeProblem one = RidgeProblem.of(Rows.normal(506, 1, 2, 1).moments(), RidgeSpec.standard());
    assertEquals(
        "Cannot give intervals: 1.0 rows leave no degrees of freedom",
        assertThrows(IllegalArgumentException.class, () -> Predictive.of(one, 0, 1, 0.9))
            .getMessage());
  }

  /** 3,000 draws of beta from the prior: the binomial deviation of a coverage of 0.9 is 0.0055. */
  @Test
  void freshTargetsAreCoveredWhenBetaIsDrawnFromThePrior() {
    Random random = new Random(507);
    int covered = 0;
    int draws = 3000;
    int n = 18;
    int d = 6;
    double lambda = 4; // the prior has variance s2 / lambda, s2 = 1
    RidgeSpec spec = RidgeSpec.standard().with(Scaling.NONE);
    for (int draw = 0; draw < draws; draw++) {
      double[][] x = new double[n + 1][d];
      double[] y = new double[n + 1];
      double[] beta = random.doubles(d).map(u -> random.nextGaussian() / 2).toArray();
      for (int i = 0; i <= n; i++) {
        y[i] = 3 + random.nextGaussian();
        for (int j = 0; j < d; j++) {
          x[i][j] = random.nextGaussian();
          y[i] += beta[j] * x[i][j];
        }
      }
      Rows all = Rows.of(x, y);
      RidgeProblem problem = RidgeProblem.of(all.where(i -> i < n).moments(), spec);
      PathCoefficients fit = EigenSystem.of(problem).solve(List.of(Vec.of(lambda))).get(0);
      double prediction = fit.intercepts().get(0);
      for (int j = 0; j < d; j++) {
        prediction += fit.matrix().get(j, 0) * x[n][j];
      }
      Matrix ends =
          Predictive.of(problem, 0, lambda, 0.9).of(Matrix.column(x[n]), new double[] {prediction});
      covered += ends.get(0, 0) <= y[n] && y[n] <= ends.get(1, 0) ? 1 : 0;
    }
    double coverage = covered / (double) draws;
    assertTrue(Math.abs(coverage - 0.9) < 0.02, "coverage " + coverage);
  }
}
