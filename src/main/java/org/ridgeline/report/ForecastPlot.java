package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@code forecast.csv} says of one target, for the page. */
final class ForecastPlot {
  /** How the plot is computed, what it assumes, and where it fails. */
  static final List<String> BASIS =
      List.of(
          "Formula: E(n') = [M + (e − M)(ν − df2) / (ν' − df2)] (1 + i/n') at each λ, then the least"
              + " over λ. e is the cross-validated error over 1 + i/n, M = min(Mc, √(Mc Mt)) the"
              + " error without limit to the rows, Mc = e (1 − df2/ν), Mt = RSS / (ν − 2 tr H + tr"
              + " HH'), df2 the degrees of freedom of second order of the population, ν = n − i the"
              + " free rows of a training set, i = 1 for an intercept.",
          "Bands: exp(± t s), t the 95 % quantile of Student's distribution with k − 1 degrees of"
              + " freedom, s from the forecasts without each of the k folds and from the size of"
              + " the gain.",
          "Verdict: rows help where the whole band of the change at 10 times the rows is below 0."
              + " They hardly help where less than 2 % are foretold, the band has no gain of 10 %,"
              + " GCV and cross-validation agree to 10 %, and, of a linear model, one row in n with"
              + " a value wrong by 10 standard deviations would add at most 10 %. Otherwise nothing"
              + " is said.",
          "Assumption: all rows, those to come as well, are exchangeable draws of one distribution,"
              + " and the features stay as they are.",
          "Caveat: rows unlike any of the sample, such as rare gross errors, are not foreseen, and"
              + " rows of different folds must not depend on each other. The page of the guide on"
              + " forecasts has the figures of the trials.");

  private static final double LEAST_RISE = 1.01;

  private final CsvTable table; // null: there is none
  private final List<Integer> rows;

  private ForecastPlot(CsvTable table, List<Integer> rows) {
    this.table = table;
    this.rows = rows;
  }

  static ForecastPlot of(RunFiles run, String target) {
    CsvTable table = run.forecast().orElse(null);
    return new ForecastPlot(
        table,
        table == null
            ? List.of()
            : IntStream.range(0, table.size())
                .filter(i -> table.text(i, "target").equals(target))
                .boxed()
                .toList());
  }

  /** Whether there is no forecast of the target. */
  boolean isEmpty() {
    return rows.isEmpty();
  }

  private List<Integer> of(String kind) {
    return rows.stream().filter(i -> table.text(i, "kind").equals(kind)).toList();
  }

  private double number(int row, String column) {
    return table.number(row, column);
  }

  /** Returns what {@code report.js} draws; null without a forecast. */
  Object view() {
    if (isEmpty()) {
      return null;
    }
    List<Integer> finite =
        of("optimal").stream().filter(i -> Double.isFinite(number(i, "rows"))).toList();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("observed", points(of("observed")));
    view.put("foretold", points(finite));
    view.put(
        "floor",
        of("optimal").stream()
            .filter(i -> !Double.isFinite(number(i, "rows")))
            .map(i -> PlotsJson.rounded(number(i, "mse")))
            .findFirst()
            .orElse(null));
    List<Integer> same = of("same-lambda");
    view.put("sameLambda", rises(same) ? points(same) : List.of());
    return view;
  }

  private boolean rises(List<Integer> same) {
    double least = Double.POSITIVE_INFINITY;
    boolean rises = false;
    for (int i : same) {
      rises |= number(i, "mse") > LEAST_RISE * least;
      least = Math.min(least, number(i, "mse"));
    }
    return rises;
  }

  /** Rows, error and the two ends of its bar. */
  private List<List<Double>> points(List<Integer> of) {
    List<List<Double>> points = new ArrayList<>();
    for (int i : of) {
      points.add(
          List.of(
              PlotsJson.rounded(number(i, "rows")),
              PlotsJson.rounded(number(i, "mse")),
              PlotsJson.rounded(number(i, "mse_lower")),
              PlotsJson.rounded(number(i, "mse_upper"))));
    }
    return points;
  }

  /** Returns what stands above the plot. */
  String text() {
    boolean bound = rows.stream().anyMatch(i -> table.text(i, "bound").equals("at-most"));
    return "The error when fewer folds train (points, bars of one standard error), and what is"
        + " foretold for more rows at the best lambda (line, 90 % band), down to the floor of these"
        + " features (dotted)."
        + (bound
            ? " The line is an upper bound: smaller lambdas may be better with more rows, but the"
                + " folds are too small to say."
            : "")
        + (rises(of("same-lambda"))
            ? " Dashed: the same lambda for all; it would first hurt to add rows (sample-wise"
                + " double descent), and the best lambda by cross-validation is the cure."
            : "");
  }

  /** Returns the numbers of the plot. */
  HtmlTable table() {
    HtmlTable html =
        new HtmlTable("Forecast", "Rows", "MSE", "<90 % band", "<Change", "<90 % band", "<Kind");
    for (int i : rows) {
      double count = number(i, "rows");
      html.row(
          Double.isFinite(count) ? String.format(Locale.ROOT, "%,.0f", count) : "no limit",
          HtmlTable.number(number(i, "mse")),
          band(i, "mse_lower", "mse_upper"),
          change(number(i, "ratio")),
          Double.isNaN(number(i, "ratio_lower"))
              ? ""
              : change(number(i, "ratio_lower")) + " to " + change(number(i, "ratio_upper")),
          table.text(i, "kind") + (table.text(i, "bound").equals("at-most") ? ", at most" : ""));
    }
    return html.note("Of observed errors the band is one standard error to either side.");
  }

  private String band(int i, String low, String high) {
    return Double.isNaN(number(i, low))
        ? ""
        : HtmlTable.number(number(i, low)) + " to " + HtmlTable.number(number(i, high));
  }

  private static String change(double ratio) {
    return Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1));
  }
}
