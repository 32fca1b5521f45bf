package org.ridgeline.plan;

import org.ridgeline.base.Check;

/**
 * How fast a JVM computes; executors are taken to be as fast as the driver.
 *
 * @param flops of a rank-m update on one thread, counting {@code p^2 m} for order p
 * @param eigenSeconds of an eigendecomposition of order d on one thread, divided by d^3
 */
public record Speed(double flops, double eigenSeconds) {
  /** Checks the numbers. */
  public Speed {
    Check.that(
        flops > 0 && eigenSeconds > 0,
        "Cannot plan at %s flops/s and %s s for an eigenvalue problem: both must be positive",
        flops,
        eigenSeconds);
  }
}
