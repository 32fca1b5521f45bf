package org.ridgeline.ridge;

import org.ridgeline.base.Check;

/**
 * Lambdas between which the degrees of freedom fall from nearly their maximum to nearly 0.
 *
 * @param floor the smallest lambda that can be solved to useful digits, whatever the folds
 * @param low where the degrees of freedom are 0.05 below the rank, not below the floor
 * @param high where they are about 0.05
 */
public record LambdaRange(double floor, double low, double high) {
  /** What is left of the degrees of freedom at {@code high}, and what is missing at {@code low}. */
  static final double MARGIN = 0.05;

  /** Checks the order. */
  public LambdaRange {
    Check.that(
        floor > 0 && low >= floor && high > low,
        "Cannot make a lambda range: 0 < floor <= low < high is needed, got %s, %s, %s",
        floor,
        low,
        high);
  }

  /**
   * Returns the range of a system.
   *
   * @param trace {@code tr G}: for large lambda the degrees of freedom are {@code tr G / lambda}
   * @param traceInverse {@code tr G^+}: for small lambda they are {@code rank - lambda tr G^+}
   * @param floor the smallest lambda that may be used
   */
  static LambdaRange of(double trace, double traceInverse, double floor) {
    double high = trace / MARGIN;
    double low = Math.max(floor, traceInverse > 0 ? MARGIN / traceInverse : floor);
    return new LambdaRange(floor, Math.min(low, high / 10), high);
  }

  /** Returns this range, cut where {@code other} could not be solved any more. */
  public LambdaRange above(LambdaRange other) {
    double highest = Math.max(floor, other.floor);
    double start = Math.max(low, highest);
    return new LambdaRange(highest, start, Math.max(high, 10 * start));
  }
}
