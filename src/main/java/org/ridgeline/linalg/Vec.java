package org.ridgeline.linalg;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** An immutable vector of doubles. */
public final class Vec implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] values;

  private Vec(double[] values) {
    this.values = values;
  }

  /** Returns the vector of these values, which are copied. */
  public static Vec of(double... values) {
    return new Vec(values.clone());
  }

  /** Returns a vector that owns {@code values}: the caller must not write to them any more. */
  public static Vec owning(double[] values) {
    return new Vec(values);
  }

  /** The number of elements. */
  public int size() {
    return values.length;
  }

  /** The element at {@code i}, counted from 0. */
  public double get(int i) {
    return values[i];
  }

  /** A copy of the elements. */
  public double[] toArray() {
    return values.clone();
  }

  /** Returns the vector of {@code function} of each element. */
  public Vec map(DoubleUnaryOperator function) {
    return new Vec(Arrays.stream(values).map(function).toArray());
  }

  /** The elements from {@code from} (inclusive) to {@code to} (exclusive). */
  public Vec slice(int from, int to) {
    return new Vec(Arrays.copyOfRange(values, from, to));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vec vec && Arrays.equals(values, vec.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
