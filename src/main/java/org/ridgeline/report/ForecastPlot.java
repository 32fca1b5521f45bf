package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@code forecast.csv} says of one target, for the page. */
final class ForecastPlot {
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
            : "")
        + " The forecast takes rows for exchangeable draws of one distribution.";
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
