package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

class HeldOutTest {
  private static Vec errors(Rows training, Rows heldOut, Intercept intercept, double... lambdas) {
    RidgeSpec spec = RidgeSpec.standard().with(intercept);
    Moments trained = training.moments();
    Moments held = heldOut.moments();
    List<PathCoefficients> models =
        EigenSystem.of(RidgeProblem.of(trained, spec))
            .solve(Collections.nCopies(training.targets(), Vec.of(lambdas)));
    return HeldOut.of(intercept, trained, held).sumSquares(0, models.get(0));
  }

  @Test
  void errorsFromMomentsEqualErrorsRowByRow() {
    Rows rows = Rows.normal(111, 30, 3, 1).mapInput(0, v -> 1e8 + v).withRandomWeights(112);
    Rows training = rows.where(i -> i < 20);
    Rows heldOut = rows.where(i -> i >= 20);
    double[] lambdas = {0, 1, 1e6};
    Vec errors = errors(training, heldOut, Intercept.FREE, lambdas);
    for (int l = 0; l < 3; l++) {
      double exact =
          ExactRidge.fit(training, RidgeSpec.standard(), lambdas[l]).sumSquares(heldOut, 0);
      assertEquals(exact, errors.get(l), 1e-12 * exact, "lambda " + lambdas[l]);
    }
  }

  @Test
  void oneHeldOutRowIsEnough() {
    Rows rows = Rows.normal(113, 21, 3, 1);
    for (Intercept intercept : Intercept.values()) {
      double error = errors(rows.where(i -> i > 0), rows.pick(0), intercept, 2).get(0);
      RidgeSpec spec = RidgeSpec.standard().with(intercept);
      double exact = ExactRidge.fit(rows.where(i -> i > 0), spec, 2).sumSquares(rows.pick(0), 0);
      assertEquals(exact, error, 1e-11 * exact);
    }
  }

  @Test
  void aPerfectFitHasNoErrorRatherThanNoise() {
    double[][] x = new double[30][2];
    double[] y = new double[30];
    for (int i = 0; i < 30; i++) {
      x[i][0] = Math.sin(i);
      x[i][1] = Math.cos(3 * i);
      y[i] = 1 + 2 * x[i][0] - x[i][1];
    }
    Rows rows = Rows.of(x, y);
    Vec errors =
        errors(rows.where(i -> i % 2 == 0), rows.where(i -> i % 2 == 1), Intercept.FREE, 0);
    assertTrue(Double.isNaN(errors.get(0)), "error " + errors);
  }

  @Test
  void digitsLostIsTheLogarithmOfTheCancellation() {
    assertEquals(3, RidgePath.digitsLost(1000, 1), 1e-15);
    assertEquals(16, RidgePath.digitsLost(1, 0));
    assertEquals(16, RidgePath.digitsLost(1, 1e-30));
    assertEquals(0, RidgePath.digitsLost(1, 2));
  }
}
