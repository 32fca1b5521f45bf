package org.ridgeline.features;

import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Vec;

/**
 * What happens to the inputs before a map: {@code (x - center) / scale}, then clipping to {@code
 * [-clip, clip]} where asked for. NaN stays NaN.
 */
public final class InputScaling implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Scales from which a difference may overflow, and what every number is multiplied by there. */
  private static final double LARGE = 0x1p1000;

  private static final double PART = 0x1p-8;

  private final double[] center;
  private final double[] scale;
  private final double clip; // infinite: none

  private InputScaling(double[] center, double[] scale, double clip) {
    this.center = center;
    this.scale = scale;
    this.clip = clip;
  }

  /** Whether it leaves the inputs as they are. */
  public boolean isNone() {
    InputScaling none = none(inputs());
    return Arrays.equals(center, none.center)
        && Arrays.equals(scale, none.scale)
        && clip == none.clip;
  }

  /** Returns the scaling that leaves d inputs as they are. */
  public static InputScaling none(int inputs) {
    double[] ones = new double[inputs];
    Arrays.fill(ones, 1);
    return new InputScaling(new double[inputs], ones, Double.POSITIVE_INFINITY);
  }

  /**
   * Returns {@code (x - center) / scale}.
   *
   * @throws IllegalArgumentException when the lengths differ, a center is not finite or a scale is
   *     not finite and positive
   */
  public static InputScaling of(Vec center, Vec scale) {
    Check.that(
        center.size() == scale.size(),
        "Cannot scale inputs: got %d centers and %d scales",
        center.size(),
        scale.size());
    for (int j = 0; j < scale.size(); j++) {
      Check.that(
          Double.isFinite(center.get(j)),
          "Cannot scale input %d: its center must be finite, was %s",
          j,
          center.get(j));
      Check.that(
          scale.get(j) > 0 && scale.get(j) < Double.POSITIVE_INFINITY,
          "Cannot scale input %d: its scale must be finite and > 0, was %s; a constant input has"
              + " scale 1",
          j,
          scale.get(j));
    }
    return new InputScaling(center.toArray(), scale.toArray(), Double.POSITIVE_INFINITY);
  }

  /** Returns this with scaled values clipped to {@code [-deviations, deviations]}. */
  public InputScaling clippedAt(double deviations) {
    Check.that(
        deviations > 0 && deviations < Double.POSITIVE_INFINITY,
        "Cannot clip inputs: the bound must be finite and > 0, was %s",
        deviations);
    return new InputScaling(center, scale, deviations);
  }

  /** d, the number of inputs. */
  public int inputs() {
    return center.length;
  }

  /** Returns what is subtracted. */
  public Vec center() {
    return Vec.of(center);
  }

  /** Returns the divisors. */
  public Vec scale() {
    return Vec.of(scale);
  }

  /** The bound of the scaled values; empty when they are not clipped. */
  public OptionalDouble clip() {
    return Double.isInfinite(clip) ? OptionalDouble.empty() : OptionalDouble.of(clip);
  }

  /** Writes the scaled row x[from..] to out[at..] and returns how many values were clipped. */
  int apply(double[] x, int from, double[] out, int at) {
    for (int j = 0; j < center.length; j++) {
      out[at + j] =
          scale[j] < LARGE
              ? (x[from + j] - center[j]) / scale[j]
              : (x[from + j] * PART - center[j] * PART) / (scale[j] * PART);
    }
    return Double.isInfinite(clip) ? 0 : clipInPlace(out, at);
  }

  private int clipInPlace(double[] out, int at) {
    int clipped = 0;
    for (int j = at; j < at + center.length; j++) {
      if (Math.abs(out[j]) > clip) {
        out[j] = Math.copySign(clip, out[j]);
        clipped++;
      }
    }
    return clipped;
  }
}
