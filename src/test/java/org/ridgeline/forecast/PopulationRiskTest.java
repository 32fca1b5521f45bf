package org.ridgeline.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.TheoryTable;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.features.ReluPopulation;
import org.ridgeline.linalg.SymMatrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;

/** The deterministic equivalent against closed forms and against numbers of another program. */
class PopulationRiskTest {
  private static final double CLOSE = 1e-12; // a bisection to the last bit of log kappa

  @Test
  void withoutAPenaltyItIsTheClosedFormOfIndependentColumns() throws IOException {
    for (double[] row : TheoryTable.rows("isotropic_ridgeless")) {
      PopulationRisk risk = PopulationRisk.isotropic((int) row[1], row[2], row[3]);
      Agreement.assertClose(
          row[3] + row[4], risk.at(row[0], 0, Intercept.NONE), CLOSE, "p = " + row[1]);
    }
  }

  @Test
  void withAPenaltyItIsTheClosedFormOfIndependentColumns() throws IOException {
    for (double[] row : TheoryTable.rows("isotropic_ridge")) {
      int n = 200;
      PopulationRisk risk = PopulationRisk.isotropic((int) (row[0] * n), row[2], row[3]);
      Agreement.assertClose(
          row[3] + row[5], risk.at(n, n * row[1], Intercept.NONE), CLOSE, "gamma = " + row[0]);
      Agreement.assertClose(
          row[3] + row[7], risk.at(n, n * row[6], Intercept.NONE), CLOSE, "best lambda");
    }
  }

  @Test
  void ofUnequalColumnsItIsThatOfAnotherProgram() throws IOException {
    for (double[] row : TheoryTable.rows("deterministic_equivalent_linear")) {
      int p = (int) row[0];
      SymMatrix covariance = SymMatrix.zeros(p);
      double[] withTarget = new double[p];
      double variance = row[5];
      for (int k = 1; k <= p; k++) {
        double e = Math.pow(k, -row[1]);
        double w = Math.pow(k, -row[2]);
        covariance.packed()[covariance.offset(k - 1)] = e;
        withTarget[k - 1] = e * w;
        variance += e * w * w;
      }
      PopulationRisk risk = PopulationRisk.of(covariance, Vec.owning(withTarget), variance);
      Agreement.assertClose(
          row[9], risk.at(row[3], row[3] * row[4], Intercept.NONE), 1e-11, "p = " + p);
    }
  }

  @Test
  void isInfiniteWhereRowsAndColumnsAreAsMany() {
    PopulationRisk risk = PopulationRisk.isotropic(10, 5, 1);
    assertEquals(Double.POSITIVE_INFINITY, risk.at(10, 0, Intercept.NONE));
    assertEquals(Double.POSITIVE_INFINITY, risk.at(11, 0, Intercept.FREE));
    assertEquals(risk.at(20, 3, Intercept.NONE) * 22 / 21, risk.at(21, 3, Intercept.FREE), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> risk.at(1, 0, Intercept.FREE));
    assertThrows(IllegalArgumentException.class, () -> risk.at(9, -1, Intercept.FREE));
  }

  /**
   * The figures of another program are means over its 12 draws of the weights (n = 150, d = 50,
   * noise 0.05), so that both means have an error. It takes no row away for an intercept.
   */
  @Test
  void ofReluFeaturesItHasThePeakAtAsManyFeaturesAsRows() {
    int[] widths = {30, 75, 120, 140, 150, 160, 200, 300};
    double[][] expected = {
      {.834, .704, 1.080, 2.072, 2.635, 1.960, .628, .284},
      {.788, .681, .647, .629, .617, .615, .612, .592}
    };
    double[] lambdas = {2 * 50 * 150 * 1e-6, 2 * 50 * 150 * 1e-2};
    for (int i = 0; i < widths.length; i++) {
      double[][] risks = new double[2][12];
      for (int draw = 0; draw < 12; draw++) {
        PopulationRisk risk = relu(widths[i], draw);
        for (int l = 0; l < 2; l++) {
          risks[l][draw] = risk.at(150, lambdas[l], Intercept.NONE);
        }
      }
      for (int l = 0; l < 2; l++) {
        double mean = Arrays.stream(risks[l]).sum() / 12;
        double squares = Arrays.stream(risks[l]).map(r -> (r - mean) * (r - mean)).sum();
        double error = Math.sqrt(2 * squares / 11 / 12); // of the difference of two such means
        assertEquals(expected[l][i], mean, 3 * error, "width " + widths[i]);
      }
    }
  }

  private static PopulationRisk relu(int width, int draw) {
    MapSpec spec = MapSpec.of(MapKind.ARCCOS1, width).withBias(0).withSeed(draw);
    ReluPopulation relu = ReluPopulation.of(MapDescription.drawn(spec, InputScaling.none(50)));
    double[] beta = new double[50];
    beta[0] = 1;
    return PopulationRisk.of(relu.covariance(), relu.withLinear(beta), 1.05);
  }

  @Test
  void refusesOtherShapes() {
    SymMatrix two = SymMatrix.zeros(2);
    assertThrows(IllegalArgumentException.class, () -> PopulationRisk.of(two, Vec.of(1), 1));
  }
}
