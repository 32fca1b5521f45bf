package org.ridgeline.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A feature's row of {@code coefficients.csv}; NaN where a number was not computed.
 *
 * @param feature its name
 * @param coefficient in the units of the data
 * @param standardized times the column's scale
 * @param posteriorSd of the coefficient
 * @param standardError of the coefficient
 * @param halfWidth half the width of its credible interval
 */
record CoefficientRow(
    String feature,
    double coefficient,
    double standardized,
    double posteriorSd,
    double standardError,
    double halfWidth) {
  static final String INTERCEPT = "(intercept)";

  /** How many a plot shows. */
  static final int PLOTTED = 40;

  /** Returns the rows of a target in the order of the file. */
  static List<CoefficientRow> of(RunFiles run, String target) {
    CsvTable table = run.coefficients();
    double quantile = quantile(run, target);
    List<CoefficientRow> rows = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      if (table.text(i, "target").equals(target)) {
        rows.add(
            new CoefficientRow(
                table.text(i, "feature"),
                table.number(i, "coefficient"),
                table.number(i, "standardized"),
                table.number(i, "posterior_sd"),
                table.number(i, "standard_error"),
                quantile * table.number(i, "posterior_sd")));
      }
    }
    return rows;
  }

  /**
   * Returns how many deviations an interval reaches to each side; NaN where the report does not
   * say.
   */
  static double quantile(RunFiles run, String target) {
    return run.report()
        .path("targets")
        .path(target)
        .path("inference")
        .path(InferenceJson.QUANTILE)
        .asDouble(Double.NaN);
  }

  /** Returns the features of a target, largest standardized coefficient first. */
  static List<CoefficientRow> bySize(RunFiles run, String target) {
    return of(run, target).stream()
        .filter(row -> !row.feature.equals(INTERCEPT))
        .sorted(Comparator.comparingDouble(row -> -Math.abs(row.standardized)))
        .toList();
  }

  /** Returns the first of these. */
  static List<CoefficientRow> plotted(RunFiles run, String target) {
    return bySize(run, target).stream().limit(PLOTTED).toList();
  }

  /**
   * Half the width for the standardized coefficient; NaN for a coefficient of 0, which has no
   * scale.
   */
  double standardizedHalfWidth() {
    return coefficient == 0 ? Double.NaN : halfWidth * standardized / coefficient;
  }
}
