package org.ridgeline.features;

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
    switch (spec.kind()) {
      case ORF -> orthogonalize(random, weights);
      case LAPLACE -> studentize(random, 1, weights);
      case MATERN32 -> studentize(random, 3, weights);
      case MATERN52 -> studentize(random, 5, weights);
      default -> {}
    }
    return weights;
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

  private static void studentize(CounterRandom random, int k, Matrix weights) {
    for (int j = 0; j < weights.columns(); j++) {
      double factor = Math.sqrt(k / random.chiSquare(k, MIXING, index(j, 0)));
      for (int i = 0; i < weights.rows(); i++) {
        weights.set(i, j, factor * weights.get(i, j));
      }
    }
  }

  private static void orthogonalize(CounterRandom random, Matrix weights) {
    int d = weights.rows();
    for (int first = 0; first < weights.columns(); first += d) {
      int end = Math.min(first + d, weights.columns());
      OrthonormalColumns.inPlace(weights, first, end);
      for (int j = first; j < end; j++) {
        double length = Math.sqrt(random.chiSquare(d, MIXING, index(j, 0)));
        for (int i = 0; i < d; i++) {
          weights.set(i, j, length * weights.get(i, j));
        }
      }
    }
  }
}
