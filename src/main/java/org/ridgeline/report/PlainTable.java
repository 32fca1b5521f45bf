package org.ridgeline.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines of aligned columns in plain ASCII: numbers to the right, words to the left. */
public final class PlainTable {
  private static final String NUMBER = "-|[-+]?[0-9.,]+(e[-+]?[0-9]+)?";

  private final int indent;
  private final int first;
  private final List<String[]> rows = new ArrayList<>();

  /** A table that starts each line with {@code indent} blanks. */
  public PlainTable(int indent) {
    this(indent, 0);
  }

  /** The same, with a first column of at least {@code first} characters. */
  public PlainTable(int indent, int first) {
    this.indent = indent;
    this.first = first;
  }

  /** Adds a row; rows may differ in length. */
  public PlainTable row(String... cells) {
    rows.add(cells.clone());
    return this;
  }

  /** Returns all lines, each with a line break. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(" ".repeat(indent));
      for (int c = 0; c < row.length; c++) {
        int width = c == row.length - 1 && !isNumeric(c) ? 0 : width(c);
        String pad = " ".repeat(Math.max(0, width - row[c].length()));
        line.append(isNumeric(c) ? pad + row[c] : row[c] + pad).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.length > column)
        .mapToInt(row -> row[column].length())
        .reduce(column == 0 ? first : 0, Math::max);
  }

  /** Whether all cells but the first are numbers. */
  private boolean isNumeric(int column) {
    List<String> cells =
        rows.stream().skip(1).filter(row -> row.length > column).map(row -> row[column]).toList();
    return rows.get(0).length > 2
        && !cells.isEmpty()
        && cells.stream().allMatch(cell -> cell.isEmpty() || cell.matches(NUMBER));
  }

  /** Returns a count with a comma between thousands. */
  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** Returns a number with five significant digits; a dash for NaN. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    if (size < 1e-4 || size >= 1e7) {
      return String.format(Locale.ROOT, "%.4e", value);
    }
    int decimals = Math.max(0, 4 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + Math.min(8, decimals) + "f", value);
  }

  /** Returns a number with at most eight significant digits and no zeros at its end. */
  public static String shortest(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(8)).stripTrailingZeros();
    return rounded.scale() > -7 && rounded.precision() - rounded.scale() > -5
        ? rounded.toPlainString()
        : rounded.toString();
  }

  /** Returns the first names. */
  public static String names(List<String> names, int shown) {
    String text = String.join(", ", names.subList(0, Math.min(shown, names.size())));
    return names.size() > shown ? text + ", .." : text;
  }
}
