package org.ridgeline.features;

import java.util.Arrays;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * Draws the weights of the units, before the length scale. Column j of the weights belongs to unit
 * j and depends on (seed, j) alone, in {@link MapKind#ORF} on the block of d units that j stands
 * in.
 */
final class RandomUnits {
  // one stream for each meaning, so that none can overlap another
  private static final long WEIGHTS = 0;
  private static final long OFFSETS = 1;
  private static final long MIXING = 2;
  private static final long OUTPUTS = 3;

  private RandomUnits() {}

  /**
   * The weights, coordinates x units: standard normal w; {@code w / sqrt(chi2_k / k)} for the
   * Matern family with k = 1 (laplace), 3 and 5; orthogonal rows of chi length for orf.
   */
  static Matrix weights(MapSpec spec, int inputs) {
    CounterRandom random = new CounterRandom(spec.seed());
    int p = spec.coordinates(inputs);
    Matrix weights = gaussian(random, p, spec.units(inputs));
    return switch (spec.kind()) {
      case ORF -> orthogonalized(random, weights);
      case LAPLACE -> studentized(random, 1, weights);
      case MATERN32 -> studentized(random, 3, weights);
      case MATERN52 -> studentized(random, 5, weights);
      default -> weights;
    };
  }

  /**
   * What a unit has besides weights: the offset, uniform on (0, 2 pi), of a cosine; the normal
   * output weight of a tangent-kernel neuron; nothing otherwise.
   */
  static Vec offsets(MapSpec spec, int inputs) {
    CounterRandom random = new CounterRandom(spec.seed());
    int units =
        switch (spec.kind().layout()) {
          case OFFSETS, GRADIENTS -> spec.units(inputs);
          default -> 0;
        };
    double[] offsets = new double[units];
    for (int j = 0; j < units; j++) {
      offsets[j] =
          spec.kind() == MapKind.NTK
              ? random.gaussian(OUTPUTS, index(j, 0))
              : 2 * Math.PI * random.uniform(OFFSETS, index(j, 0));
    }
    return Vec.owning(offsets);
  }

  private static long index(int unit, int component) {
    return (long) unit << 32 | component;
  }

  private static Matrix gaussian(CounterRandom random, int p, int units) {
    Matrix weights = Matrix.zeros(p, units);
    for (int j = 0; j < units; j++) {
      for (int i = 0; i < p; i++) {
        weights.set(i, j, random.gaussian(WEIGHTS, index(j, i)));
      }
    }
    return weights;
  }

  private static Matrix studentized(CounterRandom random, int k, Matrix weights) {
    double[] factors = new double[weights.columns()];
    Arrays.setAll(factors, j -> Math.sqrt(k / random.chiSquare(k, MIXING, index(j, 0))));
    return weights.scaledColumns(factors);
  }

  private static Matrix orthogonalized(CounterRandom random, Matrix weights) {
    int d = weights.rows();
    for (int first = 0; first < weights.columns(); first += d) {
      OrthonormalColumns.inPlace(weights, first, Math.min(first + d, weights.columns()));
    }
    double[] lengths = new double[weights.columns()];
    Arrays.setAll(lengths, j -> Math.sqrt(random.chiSquare(d, MIXING, index(j, 0))));
    return weights.scaledColumns(lengths);
  }
}
