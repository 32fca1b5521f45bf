package org.ridgeline.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.base.Check;

/** A CSV file with a header, by RFC 4180. A column that is not there reads as empty. */
final class CsvTable {
  /** A file without columns and rows. */
  static final CsvTable EMPTY = new CsvTable(List.of(), List.of());

  private final Map<String, Integer> columns = new HashMap<>();
  private final List<String> header;
  private final List<List<String>> rows;

  private CsvTable(List<String> header, List<List<String>> rows) {
    this.header = header;
    this.rows = rows;
    for (int c = 0; c < header.size(); c++) {
      columns.putIfAbsent(header.get(c), c);
    }
  }

  /**
   * Reads a file.
   *
   * @param name what an error message calls it
   * @throws IllegalArgumentException when it is empty or a row has more or fewer fields than the
   *     header
   */
  static CsvTable read(String name, byte[] utf8) {
    List<List<String>> lines = split(new String(utf8, StandardCharsets.UTF_8));
    Check.that(!lines.isEmpty(), "Cannot read %s: it is empty", name);
    List<String> header = lines.get(0);
    for (int i = 1; i < lines.size(); i++) {
      Check.that(
          lines.get(i).size() == header.size(),
          "Cannot read %s: row %d has %d fields instead of %d",
          name,
          i,
          lines.get(i).size(),
          header.size());
    }
    return new CsvTable(header, lines.subList(1, lines.size()));
  }

  private static List<List<String>> split(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean twice = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        quoted = c != '"' || twice;
        if (quoted) {
          field.append(c);
        }
        i += twice ? 1 : 0;
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        line.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          lines.add(line);
          line = new ArrayList<>();
        }
      } else if (c != '\r') {
        field.append(c);
      }
    }
    if (!line.isEmpty() || field.length() > 0) {
      line.add(field.toString());
      lines.add(line);
    }
    return lines;
  }

  /** Returns the names of the columns. */
  List<String> header() {
    return header;
  }

  /** Returns how many rows there are. */
  int size() {
    return rows.size();
  }

  /** Returns the text of a cell; empty when there is no such column. */
  String text(int row, String column) {
    Integer at = columns.get(column);
    return at == null ? "" : rows.get(row).get(at);
  }

  /** Returns the number of a cell; NaN when it is empty or no number. */
  double number(int row, String column) {
    String text = text(row, column);
    try {
      return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
