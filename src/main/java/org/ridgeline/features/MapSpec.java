package org.ridgeline.features;

import org.ridgeline.base.Check;

/**
 * Which feature map, already checked. Smaller widths are nested: the first units of a larger map,
 * scaled by {@link #nestedFactor}.
 *
 * @param kind the map
 * @param kernel the kernel that it approximates; only Nystrom has a choice
 * @param width D, the number of features asked for; even for cosine and sine pairs
 * @param lengthScale l, in units of the scaled inputs; 1 for the maps that have none
 * @param bias how many constant coordinates are appended to x: 0 or 1, 0 for the radial kernels
 * @param seed of the weights
 */
public record MapSpec(
    MapKind kind, Kernel kernel, int width, double lengthScale, int bias, long seed) {
  /** Checks everything that does not depend on the number of inputs. */
  public MapSpec {
    String name = kind.label();
    Check.that(
        width > 0, "Cannot make feature map %s: width must be positive, was %d", name, width);
    Check.that(
        kind.layout() != MapKind.Layout.PAIRS || width % 2 == 0,
        "Cannot make feature map %s: cosine and sine come in pairs, so width must be even, was %d",
        name,
        width);
    Check.that(
        lengthScale > 0 && lengthScale < Double.POSITIVE_INFINITY,
        "Cannot make feature map %s: the length scale must be finite and > 0, was %s",
        name,
        lengthScale);
    Check.that(
        kind.hasLengthScale() || lengthScale == 1,
        "Cannot make feature map %s: it has no length scale, got %s; scale the inputs instead",
        name,
        lengthScale);
    Check.that(
        bias == 0 || bias == 1,
        "Cannot make feature map %s: bias must be 0 or 1, was %d",
        name,
        bias);
    Check.that(
        bias == 0 || kind.hasBias(),
        "Cannot make feature map %s: only arccos and ntk maps have a bias, got %d",
        name,
        bias);
    Check.that(
        kind == MapKind.NYSTROM ? kernel.isRadial() : kernel == kind.kernel(),
        kind == MapKind.NYSTROM
            ? "Cannot make feature map %s: kernel must be rbf, laplace, matern32 or matern52, was %s"
            : "Cannot make feature map %s: its kernel is not %s; only nystrom leaves a choice",
        name,
        kernel.label());
  }

  /** Returns a map with seed 0, length scale 1 and, where there can be one, a bias of 1. */
  public static MapSpec of(MapKind kind, int width) {
    return new MapSpec(kind, kind.kernel(), width, 1, kind.hasBias() ? 1 : 0, 0);
  }

  /** Returns this with another length scale. */
  public MapSpec withLengthScale(double value) {
    return new MapSpec(kind, kernel, width, value, bias, seed);
  }

  /** Returns this with another bias. */
  public MapSpec withBias(int value) {
    return new MapSpec(kind, kernel, width, lengthScale, value, seed);
  }

  /** Returns this with another seed. */
  public MapSpec withSeed(long value) {
    return new MapSpec(kind, kernel, width, lengthScale, bias, value);
  }

  /** Returns this with another kernel. */
  public MapSpec withKernel(Kernel value) {
    return new MapSpec(kind, value, width, lengthScale, bias, seed);
  }

  /** Returns this with another width. */
  public MapSpec withWidth(int value) {
    return new MapSpec(kind, kernel, value, lengthScale, bias, seed);
  }

  /** The number of coordinates that meet the weights: {@code d + bias}. */
  public int coordinates(int inputs) {
    Check.that(
        inputs > 0,
        "Cannot make feature map %s: it needs at least 1 input, got %d",
        kind.label(),
        inputs);
    return inputs + bias;
  }

  /** The number of features of one unit. */
  public int unitSize(int inputs) {
    return switch (kind.layout()) {
      case PAIRS -> 2;
      case OFFSETS, NEURONS, CENTERS -> 1;
      case GRADIENTS -> coordinates(inputs) + 1;
    };
  }

  /**
   * m, the number of units for d inputs: {@code floor(width / unitSize)}.
   *
   * @throws IllegalArgumentException when not even one fits
   */
  public int units(int inputs) {
    int size = unitSize(inputs);
    Check.that(
        width >= size,
        "Cannot make feature map %s: one neuron of %d inputs has %d features, but width was %d",
        kind.label(),
        coordinates(inputs),
        size,
        width);
    return width / size;
  }

  /** The number of features really made for d inputs: the width, or less for ntk. */
  public int outputs(int inputs) {
    return units(inputs) * unitSize(inputs);
  }

  /**
   * The factor that turns the leading columns of this map into the map of a smaller width: {@code
   * sqrt(m / m_small)}, and 1 for Nystrom.
   */
  public double nestedFactor(int smallerWidth, int inputs) {
    int small = withWidth(smallerWidth).units(inputs);
    Check.that(
        small <= units(inputs),
        "Cannot nest feature map %s: width %d exceeds %d",
        kind.label(),
        smallerWidth,
        width);
    return kind == MapKind.NYSTROM ? 1 : Math.sqrt((double) units(inputs) / small);
  }
}
