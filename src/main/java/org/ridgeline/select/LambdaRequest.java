package org.ridgeline.select;

import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.LambdaConvention;

/**
 * The lambdas to try.
 *
 * @param values the grid, or empty for an automatic one
 * @param df instead of a grid: the lambda at which the slopes have so many degrees of freedom
 * @param convention what the values mean
 */
public record LambdaRequest(Optional<Vec> values, OptionalDouble df, LambdaConvention convention) {
  /** The points of an automatic grid, all of its spare points included. */
  private static final int AUTOMATIC = 200;

  /** Checks every value. */
  public LambdaRequest {
    if (values.isPresent()) {
      Check.that(values.get().size() > 0, "Cannot fit: the list of lambdas is empty");
      for (double lambda : values.get().toArray()) {
        Check.that(
            lambda >= 0 && lambda < Double.POSITIVE_INFINITY,
            "Cannot fit: lambda must be finite and >= 0, was %s",
            lambda);
      }
    }
  }

  /** The most lambdas that are solved for. */
  public int size() {
    return values.map(Vec::size).orElse(AUTOMATIC);
  }

  /** A grid from the spectrum, which extends itself when the best lambda sits at its edge. */
  public static LambdaRequest automatic() {
    return new LambdaRequest(Optional.empty(), OptionalDouble.empty(), LambdaConvention.SUM);
  }

  /** The one lambda at which {@code tr H} of the slopes is {@code df}. */
  public static LambdaRequest degreesOfFreedom(double df) {
    return new LambdaRequest(Optional.empty(), OptionalDouble.of(df), LambdaConvention.SUM);
  }

  /** Exactly these lambdas, in this order. */
  public static LambdaRequest of(LambdaConvention convention, double... lambdas) {
    return new LambdaRequest(Optional.of(Vec.of(lambdas)), OptionalDouble.empty(), convention);
  }

  /** {@code count} values from {@code from} to {@code to}, equally spaced in their logarithm. */
  public static Vec logSpaced(double from, double to, int count) {
    Check.that(
        from > 0 && to > 0 && from < Double.POSITIVE_INFINITY && to < Double.POSITIVE_INFINITY,
        "Cannot space lambdas logarithmically from %s to %s: both must be positive and finite",
        from,
        to);
    Check.that(count >= 1, "Cannot space %d lambdas: at least 1 is needed", count);
    double[] values = new double[count];
    double start = Math.log(from);
    double step = count == 1 ? 0 : (Math.log(to) - start) / (count - 1);
    for (int i = 0; i < count; i++) {
      values[i] = Math.exp(start + i * step);
    }
    values[0] = from;
    if (count > 1) {
      values[count - 1] = to;
    }
    return Vec.owning(values);
  }
}
