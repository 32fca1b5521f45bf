package org.ridgeline.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ridgeline.features.NormalQuantile;

/**
 * The rows of a target in {@code residuals.csv} as the page shows them: by errors on rows that the
 * model had not seen, where these are known.
 */
final class ResidualSample {
  private static final int ALL_PLOTTED = 4000;
  private static final int FEWEST_PLOTTED = 100;

  /** How many rows the table has. */
  private static final int LISTED = 15;

  private final CsvTable table;
  private final List<Integer> rows;
  private final boolean heldOut;

  private ResidualSample(CsvTable table, List<Integer> rows) {
    this.table = table;
    this.rows = rows;
    this.heldOut =
        rows.stream().allMatch(i -> Double.isFinite(table.number(i, "held_out_residual")));
  }

  static ResidualSample of(RunFiles run, String target) {
    int most = Math.max(FEWEST_PLOTTED, ALL_PLOTTED / run.targets().size());
    CsvTable table = run.residuals().orElse(CsvTable.EMPTY);
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < table.size() && rows.size() < most; i++) {
      if (table.text(i, "target").equals(target) && Double.isFinite(table.number(i, "residual"))) {
        rows.add(i);
      }
    }
    return new ResidualSample(table, rows);
  }

  int size() {
    return rows.size();
  }

  /** Whether every error is of a row that the model had not seen. */
  boolean isHeldOut() {
    return heldOut;
  }

  /** Whether rows have folds. */
  boolean hasFolds() {
    return rows.stream().anyMatch(i -> !table.text(i, "fold").isEmpty());
  }

  boolean hasLeverage() {
    return rows.stream().anyMatch(i -> Double.isFinite(table.number(i, "leverage")));
  }

  private double error(int i) {
    return table.number(i, heldOut ? "held_out_residual" : "residual");
  }

  /** What is plotted; null where there is nothing. */
  Map<String, Object> plot() {
    if (rows.isEmpty()) {
      return null;
    }
    List<Double> errors = rows.stream().map(this::error).toList();
    List<Double> predicted = new ArrayList<>();
    List<Double> leverages = new ArrayList<>();
    double[] weighted = new double[rows.size()];
    for (int r = 0; r < weighted.length; r++) {
      int i = rows.get(r);
      predicted.add(PlotsJson.rounded(table.number(i, "observed") - errors.get(r)));
      leverages.add(PlotsJson.rounded(table.number(i, "leverage")));
      weighted[r] = errors.get(r) * Math.sqrt(table.number(i, "weight"));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("heldOut", heldOut);
    map.put("predicted", predicted);
    map.put("error", errors.stream().map(PlotsJson::rounded).toList());
    map.put("leverage", hasLeverage() ? leverages : null);
    map.put(
        "normal",
        IntStream.range(0, weighted.length)
            .mapToObj(r -> PlotsJson.rounded(normal(r, weighted.length)))
            .toList());
    Arrays.sort(weighted);
    map.put("sorted", Arrays.stream(weighted).mapToObj(PlotsJson::rounded).toList());
    return map;
  }

  /** The normal quantile of the r-th smallest of n, by Blom's position (r + 5/8) / (n + 1/4). */
  private static double normal(int r, int n) {
    return NormalQuantile.at((r + 0.625) / (n + 0.25));
  }

  /** The largest errors. */
  HtmlTable table() {
    HtmlTable html =
        new HtmlTable(
            "The largest errors of the sample",
            "<Fold",
            "Observed",
            "Fitted",
            "Residual",
            "Held-out residual",
            "Leverage");
    rows.stream()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(error(i))))
        .limit(LISTED)
        .forEach(
            i ->
                html.row(
                    table.text(i, "fold"),
                    number(i, "observed"),
                    number(i, "fitted"),
                    number(i, "residual"),
                    number(i, "held_out_residual"),
                    number(i, "leverage")));
    return html.note("All rows of the sample: " + ResidualsCsv.FILE + ".");
  }

  private String number(int i, String column) {
    return HtmlTable.number(table.number(i, column));
  }
}
