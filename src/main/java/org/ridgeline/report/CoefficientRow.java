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
 */
record CoefficientRow(
    String feature,
    double coefficient,
    double standardized,
    double posteriorSd,
    double standardError) {
  static final String INTERCEPT = "(intercept)";

  /** How many a plot shows. */
  static final int PLOTTED = 40;

  /** The 0.975 quantile of the standard normal distribution. */
  private static final double NORMAL_975 = 1.959963984540054;

  /** The rows of a target in the order of the file. */
  static List<CoefficientRow> of(CsvTable table, String target) {
    List<CoefficientRow> rows = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      if (table.text(i, "target").equals(target)) {
        rows.add(
            new CoefficientRow(
                table.text(i, "feature"),
                table.number(i, "coefficient"),
                table.number(i, "standardized"),
                table.number(i, "posterior_sd"),
                table.number(i, "standard_error")));
      }
    }
    return rows;
  }

  /** The features of a target, largest standardised coefficient first. */
  static List<CoefficientRow> bySize(CsvTable table, String target) {
    return of(table, target).stream()
        .filter(row -> !row.feature.equals(INTERCEPT))
        .sorted(Comparator.comparingDouble(row -> -Math.abs(row.standardized)))
        .toList();
  }

  /** The first of these. */
  static List<CoefficientRow> plotted(CsvTable table, String target) {
    return bySize(table, target).stream().limit(PLOTTED).toList();
  }

  /** Half the width of the 95 % credible interval of the coefficient. */
  double halfWidth() {
    return NORMAL_975 * posteriorSd;
  }

  /** The same of the standardised coefficient; a coefficient that is 0 tells no scale. */
  double standardizedHalfWidth() {
    return coefficient == 0 ? Double.NaN : halfWidth() * standardized / coefficient;
  }
}
