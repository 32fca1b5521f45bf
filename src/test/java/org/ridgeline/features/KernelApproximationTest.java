package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code z(x)'z(y)} is an unbiased estimate of the kernel, with the variance that theory gives. */
class KernelApproximationTest {
  private static final double[] X = {0.9, -0.4, 0.3};
  private static final double[] Y = {0.2, 0.5, 0.8};

  private static MapSpec spec(MapKind kind, int width) {
    MapSpec spec = MapSpec.of(kind, width);
    return kind.hasLengthScale() ? spec.withLengthScale(1.2) : spec.withBias(0);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NYSTROM")
  void unbiasedWithinFourStandardErrors(MapKind kind) {
    FeatureMap map = FeatureMap.random(spec(kind, 240_000).withSeed(1), InputScaling.none(3));
    double[][] z = Maps.features(map, new double[][] {X, Y});
    // an orthogonal block of 3 pairs is one draw; elsewhere a unit has 1, 2 or 4 features
    int group = kind == MapKind.ORF ? 6 : map.description().spec().unitSize(3);
    int groups = map.outputs() / group;
    double mean = 0;
    double square = 0;
    for (int g = 0; g < groups; g++) {
      double part = 0;
      for (int f = g * group; f < (g + 1) * group; f++) {
        part += z[0][f] * z[1][f] * groups;
      }
      mean += part / groups;
      square += part * part / groups;
    }
    double standardError = Math.sqrt((square - mean * mean) / groups);
    double exact = kind.kernel().between(X, Y, map.description().spec().lengthScale());
    assertEquals(exact, mean, 4 * standardError);
    assertTrue(standardError < 0.02 * exact, "standard error " + standardError);
  }

  @Test
  void biasAppendsAConstantCoordinate() {
    FeatureMap map = FeatureMap.random(MapSpec.of(MapKind.ARCCOS1, 200_000), InputScaling.none(3));
    double[][] z = Maps.features(map, new double[][] {X, Y});
    double exact =
        Kernel.ARCCOS1.between(
            new double[] {0.9, -0.4, 0.3, 1}, new double[] {0.2, 0.5, 0.8, 1}, 1);
    assertEquals(exact, Maps.dot(z[0], z[1]), 0.03);
  }

  /** [1 + k(2D) - 2 k^2] / D for pairs, [1 + k(2D)/2 - k^2] / D with offsets. */
  @Test
  void variancesOfPairsAndOffsetsAreTheirFormulas() {
    double k = Kernel.RBF.between(X, Y, 1.2);
    double[] twice = {X[0] + X[0] - Y[0], X[1] + X[1] - Y[1], X[2] + X[2] - Y[2]};
    double k2 = Kernel.RBF.between(twice, Y, 1.2);
    double pairs = variance(MapKind.RFF, 64, X, Y, 6_000);
    double offsets = variance(MapKind.RFF_COS, 64, X, Y, 6_000);
    assertEquals(1, pairs * 64 / (1 + k2 - 2 * k * k), 0.1);
    assertEquals(1, offsets * 64 / (1 + k2 / 2 - k * k), 0.1);
    assertTrue(pairs < offsets);
  }

  /** Measured ratios for one orthogonal block, D = d frequencies, at distance z length scales. */
  @ParameterizedTest
  @CsvSource({"16, 1, 0.157", "32, 0.5, 0.083", "32, 1, 0.122", "32, 2, 0.696", "32, 3, 1.06"})
  void orthogonalFrequenciesHaveTheVarianceOfTheTable(int d, double distance, double ratio) {
    double[] x = new double[d];
    double[] y = new double[d];
    for (int i = 0; i < d; i++) {
      y[i] = 1.2 * distance / Math.sqrt(d);
    }
    double orthogonal = variance(MapKind.ORF, 2 * d, x, y, 3_000);
    double independent = Math.pow(1 - Math.exp(-distance * distance), 2) / (2 * d);
    assertEquals(ratio, orthogonal / independent, 0.12 * ratio);
  }

  /** Over many seeds, about the exact kernel. */
  private static double variance(MapKind kind, int width, double[] x, double[] y, int seeds) {
    double exact = kind.kernel().between(x, y, spec(kind, width).lengthScale());
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      FeatureMap map =
          FeatureMap.random(spec(kind, width).withSeed(seed), InputScaling.none(x.length));
      double[][] z = Maps.features(map, new double[][] {x, y});
      double error = Maps.dot(z[0], z[1]) - exact;
      sum += error * error / seeds;
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NYSTROM")
  void errorFallsAsTheRootOfTheWidth(MapKind kind) {
    double narrow = Math.sqrt(variance(kind, 60, X, Y, 800));
    double wide = Math.sqrt(variance(kind, 960, X, Y, 800));
    assertEquals(4, narrow / wide, 0.6);
  }
}
