package org.ridgeline.features;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.base.UsageException;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * Everything that defines a feature map, small enough to ship: what was asked for, the input
 * scaling and, unless they can be drawn again, the weights.
 *
 * <p>Weights are those of unit length scale, coordinates x units: the map applies {@code w / l}.
 * Column j belongs to unit j. For Nystrom they are the centers, in scaled inputs.
 */
public final class MapDescription implements Serializable {
  private static final long serialVersionUID = 1L;

  // the fields of a MapSpec: a record cannot cross executors
  private final MapKind kind;
  private final Kernel kernel;
  private final int width;
  private final double lengthScale;
  private final int bias;
  private final long seed;
  private final InputScaling scaling;
  private final Matrix weights; // null: drawn from the seed
  private final Vec offsets; // null: drawn from the seed
  private final double jitter;

  private MapDescription(
      MapSpec spec, InputScaling scaling, Matrix weights, Vec offsets, double jitter) {
    this.kind = spec.kind();
    this.kernel = spec.kernel();
    this.width = spec.width();
    this.lengthScale = spec.lengthScale();
    this.bias = spec.bias();
    this.seed = spec.seed();
    this.scaling = scaling;
    this.weights = weights;
    this.offsets = offsets;
    this.jitter = jitter;
  }

  /** Returns a map whose weights are drawn from its seed wherever it is used. */
  public static MapDescription drawn(MapSpec spec, InputScaling scaling) {
    Check.that(
        spec.kind() != MapKind.NYSTROM,
        "Cannot draw the centers of a nystrom map from a seed: give rows of the data");
    spec.units(scaling.inputs());
    return new MapDescription(spec, scaling, null, null, 0);
  }

  /**
   * Returns a map with these weights.
   *
   * @param weights coordinates x units, of unit length scale
   * @param offsets the offsets of rff-cos, the output weights of ntk; empty otherwise
   * @throws IllegalArgumentException when the shapes are not those of the specification
   */
  public static MapDescription explicit(
      MapSpec spec, InputScaling scaling, Matrix weights, Vec offsets) {
    Check.that(
        spec.kind() != MapKind.NYSTROM,
        "Cannot give the weights of a nystrom map: give its centers");
    checkWeights(spec, scaling, weights);
    int expected =
        switch (spec.kind().layout()) {
          case OFFSETS, GRADIENTS -> weights.columns();
          default -> 0;
        };
    Check.that(
        offsets.size() == expected,
        "Cannot make feature map %s: expected %d offsets, got %d",
        spec.kind().label(),
        expected,
        offsets.size());
    return new MapDescription(spec, scaling, weights.copy(), offsets, 0);
  }

  /**
   * Returns a Nystrom map.
   *
   * @param centers d x m, already scaled
   * @param jitter what is added to the diagonal of the centers' kernel matrix
   */
  public static MapDescription nystrom(
      MapSpec spec, InputScaling scaling, Matrix centers, double jitter) {
    Check.that(
        spec.kind() == MapKind.NYSTROM,
        "Cannot give centers to feature map %s: only nystrom has some",
        spec.kind().label());
    checkWeights(spec, scaling, centers);
    Check.that(
        jitter >= 0 && jitter < 1,
        "Cannot make feature map nystrom: jitter must be from 0 to 1, was %s",
        jitter);
    return new MapDescription(spec, scaling, centers.copy(), Vec.of(), jitter);
  }

  private static void checkWeights(MapSpec spec, InputScaling scaling, Matrix weights) {
    int p = spec.coordinates(scaling.inputs());
    int units = spec.units(scaling.inputs());
    Check.that(
        weights.rows() == p && weights.columns() == units,
        "Cannot make feature map %s: expected weights of %d coordinates x %d units, got %d x %d",
        spec.kind().label(),
        p,
        units,
        weights.rows(),
        weights.columns());
    double[] w = weights.data();
    for (int at = 0; at < w.length; at++) {
      if (!Double.isFinite(w[at])) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "Cannot make feature map %s: weight %d of unit %d must be finite, was %s",
                spec.kind().label(),
                at % p,
                at / p,
                w[at]));
      }
    }
  }

  /** Returns the specification. */
  public MapSpec spec() {
    return new MapSpec(kind, kernel, width, lengthScale, bias, seed);
  }

  /** Returns the scaling of the inputs. */
  public InputScaling scaling() {
    return scaling;
  }

  /** The weights that are kept here; empty when they are drawn from the seed. */
  public Optional<Matrix> keptWeights() {
    return Optional.ofNullable(weights);
  }

  /** A copy of the weights, coordinates x units: those kept here, or drawn now. */
  public Matrix weights() {
    return weights == null ? RandomUnits.weights(spec(), scaling.inputs()) : weights.copy();
  }

  /** The offsets of rff-cos or the output weights of ntk, one a unit; empty for other maps. */
  public Vec offsets() {
    return offsets == null ? RandomUnits.offsets(spec(), scaling.inputs()) : offsets;
  }

  /**
   * Returns what was added to the diagonal of the centers' kernel matrix; 0 when it was not needed.
   */
  public double jitter() {
    return jitter;
  }

  /** Whether both make the same features of every row, to the bit. */
  public boolean isSame(MapDescription other) {
    return spec().equals(other.spec())
        && jitter == other.jitter
        && scaling.clip().equals(other.scaling.clip())
        && scaling.center().equals(other.scaling.center())
        && scaling.scale().equals(other.scaling.scale())
        && weights().equals(other.weights())
        && offsets().equals(other.offsets());
  }

  /** Returns this map with its weights written out, so that no generator is needed to apply it. */
  public MapDescription writtenOut() {
    return new MapDescription(spec(), scaling, weights(), offsets(), jitter);
  }
}
