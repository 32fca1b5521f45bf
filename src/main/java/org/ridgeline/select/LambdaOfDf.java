package org.ridgeline.select;

import java.util.Collections;
import java.util.Locale;
import org.ridgeline.base.Check;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.UsageException;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.LambdaRange;
import org.ridgeline.ridge.RidgeSystem;

/**
 * The lambda at which {@code tr H = sum_j e_j / (e_j + lambda)} has a given value: the trace falls
 * from the rank to 0, so bisection of log lambda finds it.
 */
final class LambdaOfDf {
  private static final double STEP = 10;

  private LambdaOfDf() {}

  /**
   * Finds it.
   *
   * @param targets m
   * @param free the number of directions that the penalty leaves free
   * @throws IllegalArgumentException when {@code df} is not between 0 and the rank, or nearer to
   *     the rank than the smallest lambda that can be solved
   */
  static double find(RidgeSystem system, int targets, int free, double df) {
    Check.that(
        free == 0 || df > free,
        "Cannot find the lambda of %s degrees of freedom: what is not penalized has %d at any"
            + " lambda",
        df,
        free);
    Check.that(
        df > 0 && df < system.rank(),
        "Cannot find the lambda of %s degrees of freedom: they must be between 0 and %d, the rank"
            + " of the inputs",
        df,
        system.rank());
    LambdaRange range = system.range();
    double low = range.low();
    while (trace(system, targets, low) < df) {
      if (low <= range.floor()) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "Cannot find the lambda of %s degrees of freedom: the smallest lambda that can be"
                    + " solved, %s, has fewer",
                df,
                range.floor()),
            Remedy.of("use %s for all of them", Option.LAMBDA.to(0)));
      }
      low = Math.max(range.floor(), low / STEP);
    }
    double high = Math.max(low, range.high());
    while (trace(system, targets, high) > df) {
      high *= STEP;
    }
    return bisect(system, targets, df, Math.log(low), Math.log(high));
  }

  private static double bisect(
      RidgeSystem system, int targets, double df, double logLow, double logHigh) {
    double low = logLow;
    double high = logHigh;
    for (double middle = (low + high) / 2; low < middle && middle < high; ) {
      if (trace(system, targets, Math.exp(middle)) > df) {
        low = middle;
      } else {
        high = middle;
      }
      middle = (low + high) / 2;
    }
    return Math.exp(high);
  }

  private static double trace(RidgeSystem system, int targets, double lambda) {
    return system.paths(Collections.nCopies(targets, Vec.of(lambda))).get(0).df().get(0);
  }
}
