package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ridgeline.linalg.SymMatrix;
import org.ridgeline.linalg.Vec;

class ReluPopulationTest {
  private static final int ROWS = 200_000;
  private static final double[] B = {0.7, -1.2, 0.4};

  /** Within five standard errors of the covariances in a large sample, each below 0.004. */
  @Test
  void isWhatALargeSampleShows() {
    FeatureMap map =
        FeatureMap.random(
            MapSpec.of(MapKind.ARCCOS1, 4).withBias(0).withSeed(3), InputScaling.none(3));
    Random random = new Random(17);
    double[][] x = new double[ROWS][3];
    double[] y = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < 3; i++) {
        x[r][i] = random.nextGaussian();
        y[r] += B[i] * x[r][i];
      }
    }
    double[][] z = Maps.features(map, x);
    ReluPopulation population = ReluPopulation.of(map.description());
    SymMatrix covariance = population.covariance();
    Vec withLinear = population.withLinear(B);
    for (int i = 0; i < 4; i++) {
      assertEquals(covariance(z, i, (row, r) -> y[r]), withLinear.get(i), 0.02, "y " + i);
      for (int j = 0; j < 4; j++) {
        int other = j;
        assertEquals(
            covariance(z, i, (row, r) -> row[other]), covariance.get(i, j), 0.02, i + ", " + j);
      }
    }
  }

  /** Of one row, its number and its features. */
  private interface Value {
    double of(double[] features, int row);
  }

  private static double covariance(double[][] z, int i, Value value) {
    double a = 0;
    double b = 0;
    double product = 0;
    for (int r = 0; r < z.length; r++) {
      a += z[r][i] / z.length;
      b += value.of(z[r], r) / z.length;
      product += z[r][i] * value.of(z[r], r) / z.length;
    }
    return product - a * b;
  }

  @Test
  void refusesWhatHasAnotherPopulation() {
    MapSpec biased = MapSpec.of(MapKind.ARCCOS1, 4);
    MapDescription scaled =
        MapDescription.drawn(biased.withBias(0), InputScaling.of(Vec.of(0, 0), Vec.of(1, 2)));
    MapDescription withBias = MapDescription.drawn(biased, InputScaling.none(2));
    MapDescription other = MapDescription.drawn(MapSpec.of(MapKind.RFF, 4), InputScaling.none(2));
    for (MapDescription map : new MapDescription[] {scaled, withBias, other}) {
      String said =
          assertThrows(IllegalArgumentException.class, () -> ReluPopulation.of(map)).getMessage();
      assertEquals(
          "Cannot tell the population of "
              + map.spec().kind().label()
              + " features: only of arccos1 without bias or scaling",
          said);
    }
  }
}
