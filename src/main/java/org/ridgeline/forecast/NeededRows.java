package org.ridgeline.forecast;

/**
 * The rows that an error takes.
 *
 * @param mse the mean squared error asked for
 * @param rows how many rows are foretold to reach it; infinite when no number does with these
 *     features
 * @param low where the lower end of the 90 % band reaches it
 * @param high where the upper end does; infinite for never
 */
public record NeededRows(double mse, double rows, double low, double high) {
  /** Whether these features can reach it. */
  public boolean isReachable() {
    return rows < Double.POSITIVE_INFINITY;
  }
}
