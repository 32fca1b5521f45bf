package org.ridgeline.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the error on new rows depends on a size, at one lambda: measured, and by theory.
 *
 * @param lambda sum convention
 * @param points by ascending size
 */
public record RiskCurve(double lambda, List<Point> points) {
  /** Copies the list. */
  public RiskCurve {
    points = List.copyOf(points);
  }

  /**
   * The error at one size.
   *
   * @param size the number of features, of rows or of columns
   * @param mse the mean squared error on new rows, noise included: the mean of several draws
   * @param standardError of that mean
   * @param theory what it should be
   * @param foretold what a run with another number of rows foretold; empty without such a run
   */
  public record Point(
      int size, double mse, double standardError, double theory, OptionalDouble foretold) {}
}
