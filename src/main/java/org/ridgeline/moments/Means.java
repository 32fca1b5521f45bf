package org.ridgeline.moments;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A vector of means, each the unevaluated sum of two doubles: at an offset of 1e8 a mean in one
 * double would cost the merged scatter four digits.
 */
final class Means implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] high;
  private final double[] low;

  private Means(double[] high, double[] low) {
    this.high = high;
    this.low = low;
  }

  /** Means of 0. */
  static Means zeros(int size) {
    return new Means(new double[size], new double[size]);
  }

  /** Returns {@code pivot + offset}, exactly. */
  static Means sumOf(double[] pivot, double[] offset) {
    Means means = new Means(pivot.clone(), new double[pivot.length]);
    for (int j = 0; j < pivot.length; j++) {
      means.add(j, offset[j]);
    }
    return means;
  }

  /** Returns the sums of these pairs, which it owns. */
  static Means owning(double[] high, double[] low) {
    return new Means(high, low);
  }

  /** The larger parts: shared, not to be written to. */
  double[] high() {
    return high;
  }

  /** The smaller parts: shared, not to be written to. */
  double[] low() {
    return low;
  }

  int size() {
    return high.length;
  }

  double get(int j) {
    return high[j] + low[j];
  }

  /** {@code get(j) - other.get(j)}, before either is rounded. */
  double minus(Means other, int j) {
    return (high[j] - other.high[j]) + (low[j] - other.low[j]);
  }

  /** Returns what {@code get(j)} has lost to rounding. */
  double remainder(int j) {
    return (high[j] - get(j)) + low[j];
  }

  /** Adds {@code step} to mean {@code j} and renormalizes by Knuth's two-sum. */
  void add(int j, double step) {
    double tail = low[j] + step;
    double sum = high[j] + tail;
    double part = sum - high[j];
    low[j] = (high[j] - (sum - part)) + (tail - part);
    high[j] = sum;
  }

  /** Multiplies mean {@code j} by {@code 2^exponents[j]}. */
  void scaleInPlace(int[] exponents) {
    for (int j = 0; j < high.length; j++) {
      high[j] = Math.scalb(high[j], exponents[j]);
      low[j] = Math.scalb(low[j], exponents[j]);
    }
  }

  /** Sets mean {@code j} to mean {@code k} of {@code other}. */
  void set(int j, Means other, int k) {
    high[j] = other.high[k];
    low[j] = other.low[k];
  }

  void set(Means other) {
    System.arraycopy(other.high, 0, high, 0, high.length);
    System.arraycopy(other.low, 0, low, 0, low.length);
  }

  Means copy() {
    return from(0);
  }

  /** A copy of the means from {@code first} on. */
  Means from(int first) {
    return new Means(
        Arrays.copyOfRange(high, first, high.length), Arrays.copyOfRange(low, first, low.length));
  }

  /** A copy of the means at these positions. */
  Means at(int[] positions) {
    Means result = zeros(positions.length);
    for (int j = 0; j < positions.length; j++) {
      result.high[j] = high[positions[j]];
      result.low[j] = low[positions[j]];
    }
    return result;
  }

  /** The first {@code leading} means times {@code factor}, then those from {@code from} on. */
  Means scaledHead(int leading, double factor, int from) {
    int size = leading + high.length - from;
    Means result = zeros(size);
    for (int j = 0; j < leading; j++) {
      double product = high[j] * factor;
      double rest = Math.fma(high[j], factor, -product); // exact
      result.high[j] = product;
      result.add(j, Math.fma(low[j], factor, rest));
    }
    System.arraycopy(high, from, result.high, leading, size - leading);
    System.arraycopy(low, from, result.low, leading, size - leading);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Means means
        && Arrays.equals(high, means.high)
        && Arrays.equals(low, means.low);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(high);
  }
}
