package org.ridgeline.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Some rows of {@code path.csv}, all of one target. */
final class PathRows {
  private static final List<String> SETTING = List.of("map", "width", "length_scale");

  private final CsvTable table;
  private final int[] rows;

  private PathRows(CsvTable table, int[] rows) {
    this.table = table;
    this.rows = rows;
  }

  static PathRows of(CsvTable table, String target) {
    return new PathRows(table, IntStream.range(0, table.size()).toArray())
        .where(row -> table.text(row, "target").equals(target));
  }

  private PathRows where(IntPredicate test) {
    return new PathRows(table, Arrays.stream(rows).filter(test).toArray());
  }

  /** Whether the rows are of feature maps. */
  boolean hasMap() {
    return table.header().contains("map");
  }

  /**
   * Returns the rows that share the map setting of row {@code i}; all rows when there are no maps.
   */
  PathRows withSettingOf(int i) {
    return where(
        row -> SETTING.stream().allMatch(c -> table.text(row, c).equals(table.text(rows[i], c))));
  }

  /** Returns the rows of the chosen map setting; all rows when there are no maps. */
  PathRows winner() {
    OptionalInt selected = marked("selected");
    return selected.isPresent() ? withSettingOf(selected.getAsInt()) : this;
  }

  /** Returns the rows with lambda above 0, which a logarithmic axis can show, by lambda. */
  PathRows onLogScale() {
    int[] sorted =
        Arrays.stream(rows)
            .filter(row -> table.number(row, "lambda") > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> table.number(row, "lambda")))
            .mapToInt(row -> row)
            .toArray();
    return new PathRows(table, sorted);
  }

  int size() {
    return rows.length;
  }

  String text(int i, String column) {
    return table.text(rows[i], column);
  }

  /** Returns the number of a cell; NaN when it was not computed. */
  double number(int i, String column) {
    return table.number(rows[i], column);
  }

  /** Returns a column; NaN where it was not computed. */
  List<Double> numbers(String column) {
    return Arrays.stream(rows).mapToObj(row -> table.number(row, column)).toList();
  }

  /** Whether any cell of the column holds a number. */
  boolean has(String column) {
    return Arrays.stream(rows).anyMatch(row -> Double.isFinite(table.number(row, column)));
  }

  /** Returns the row where {@code column} is true. */
  OptionalInt marked(String column) {
    return IntStream.range(0, size()).filter(i -> text(i, column).equals("true")).findFirst();
  }

  /** Returns the row with the smallest number, times {@code sign}, in {@code column}. */
  OptionalInt smallest(String column, int sign) {
    return IntStream.range(0, size())
        .filter(i -> Double.isFinite(number(i, column)))
        .boxed()
        .min(Comparator.comparingDouble(i -> sign * number(i, column)))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  /** Returns how many {@code fold_i} columns there are. */
  int folds() {
    return (int) table.header().stream().filter(name -> name.matches("fold_[0-9]+")).count();
  }

  /** Returns what the reader should look at first: an error of rows left out, if there is one. */
  String score() {
    return has("cv_mse") ? "cv_mse" : has("loo_mse") ? "loo_mse" : "gcv";
  }
}
