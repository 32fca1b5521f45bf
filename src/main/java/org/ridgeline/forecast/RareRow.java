package org.ridgeline.forecast;

import java.util.Map;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.Moments;

/**
 * What one row unlike all others would do to the error of a linear model: in one of n new rows, one
 * value is wrong by 10 standard deviations of its column. Nothing in n rows says that rows of that
 * kind are rarer, and a forecast from them foresees none. To the error they add the share
 *
 * <pre>
 * max over j of (10 b_j s_j)^2 / (n E(n))
 * </pre>
 *
 * <p>with the coefficients b of all rows and the standard deviations s of the columns.
 *
 * @param column the column where it does most
 * @param share what is added, as a part of the error now
 */
public record RareRow(String column, double share) {
  /** By how many standard deviations the value is wrong. */
  public static final int DEVIATIONS = 10;

  /** Beyond so many times the error its number says no more than that it is large. */
  private static final double HUGE = 10;

  /** Whether the error would be many times what it is. */
  public boolean isHuge() {
    return isHuge(share);
  }

  static boolean isHuge(double share) {
    return share > HUGE;
  }

  /**
   * Returns what it does at worst.
   *
   * @param coefficients b, in original units
   * @param all the moments of all rows
   * @param measured the names of the columns that are measured, so that their values can be wrong
   *     by any amount, by their numbers
   * @return empty when no column is measured
   */
  public static Optional<RareRow> of(
      LearningForecast forecast, Matrix coefficients, Moments all, Map<Integer, String> measured) {
    String worst = "";
    double most = -1;
    for (int j : measured.keySet()) {
      double deviation = Math.sqrt(all.unitVariance(j)) * all.units().unit(j);
      double effect = Math.abs(coefficients.get(j, 0)) * deviation;
      if (effect > most) {
        worst = measured.get(j);
        most = effect;
      }
    }
    double error = DEVIATIONS * most;
    return measured.isEmpty()
        ? Optional.empty()
        : Optional.of(new RareRow(worst, error * error / (forecast.rows() * forecast.now().mse())));
  }
}
