package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;

/**
 * What the penalty is in other fields, each by the model that the other field would fit: least
 * squares on noisy or dropped inputs, and gradient descent that is stopped.
 */
class PenaltyMeaningTest {
  private static final RidgeSpec PLAIN = RidgeSpec.standard().with(Scaling.NONE);
  private static final int D = 3;
  private static final Rows ROWS = centered(Rows.normal(71, 25, D, 1));

  /** Columns of mean 0, so that dropping one leaves the intercept as it is. */
  private static Rows centered(Rows rows) {
    Rows centered = rows;
    for (int j = 0; j < D; j++) {
      double sum = 0;
      for (int i = 0; i < rows.size(); i++) {
        sum += rows.x(i, j) / rows.size();
      }
      double mean = sum;
      centered = centered.mapInput(j, x -> x - mean);
    }
    return centered;
  }

  /** Changes the cell of a column, in one of the two states that it can be in. */
  private interface Change {
    double of(double x, boolean first);
  }

  /**
   * Least squares on every row in each of its 2^d changed forms, with the probability of the form
   * as the weight: no sampling error.
   */
  private static ExactRidge leastSquares(double probability, Change change) {
    int forms = 1 << D;
    double[][] x = new double[ROWS.size() * forms][D];
    double[] y = new double[x.length];
    double[] w = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int form = i % forms;
      y[i] = ROWS.y(i / forms, 0);
      w[i] = 1;
      for (int j = 0; j < D; j++) {
        boolean first = (form >> j & 1) == 1;
        x[i][j] = change.of(ROWS.x(i / forms, j), first);
        w[i] *= first ? probability : 1 - probability;
      }
    }
    return ExactRidge.fit(Rows.of(x, y).withWeights(w), PLAIN, 0);
  }

  private static void assertRidge(RidgeSpec spec, double lambda, ExactRidge other) {
    ExactRidge ridge = ExactRidge.fit(ROWS, spec, lambda);
    RidgePath path =
        EigenSystem.of(RidgeProblem.of(ROWS.moments(), spec)).paths(List.of(Vec.of(lambda))).get(0);
    for (int j = 0; j < D; j++) {
      Agreement.assertClose(other.coefficient(j, 0), ridge.coefficient(j, 0), 1e-12, "slope " + j);
      Agreement.assertClose(
          other.coefficient(j, 0), path.coefficients().matrix().get(j, 0), 1e-12, "ours " + j);
    }
  }

  @Test
  void noiseOnTheInputsIsRidge() {
    double deviation = 0.6;
    double lambda = ROWS.size() * deviation * deviation;
    assertRidge(PLAIN, lambda, leastSquares(0.5, (x, up) -> x + (up ? deviation : -deviation)));
  }

  /** Inverted dropout: a cell is 0, or divided by the probability p that it is kept. */
  @Test
  void dropoutIsRidgeOnStandardizedColumns() {
    double p = 0.8;
    double lambda = (1 - p) / p * ROWS.size();
    assertRidge(RidgeSpec.standard(), lambda, leastSquares(p, (x, kept) -> kept ? x / p : 0));
  }

  /** Descent in small steps, stopped at the time that the report gives, has the same df. */
  @Test
  void earlyStoppingHasTheSameDegreesOfFreedom() {
    double lambda = 9;
    EigenSystem system = EigenSystem.of(RidgeProblem.of(ROWS.moments(), PLAIN));
    double df = system.paths(List.of(Vec.of(lambda))).get(0).df().get(0);
    double time = GradientFlow.time(system.eigenvalues(), df);
    int steps = 100_000;
    double fitted = 0;
    for (double e : system.eigenvalues().toArray()) {
      double left = 1;
      for (int s = 0; s < steps; s++) {
        left -= time / steps * e * left;
      }
      fitted += 1 - left;
    }
    assertEquals(df, fitted, 1e-4);
    assertTrue(lambda * time < 1 && lambda * time > 0.3, "lambda t = " + lambda * time);
  }
}
