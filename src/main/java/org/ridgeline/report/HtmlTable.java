package org.ridgeline.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table for the template: text cells, which the template escapes. */
final class HtmlTable {
  private final String summary;
  private final List<Map<String, Object>> head;
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private boolean open;
  private String note = "";

  /**
   * Starts a table.
   *
   * @param summary what stands above it
   * @param head the columns; those whose name starts with {@code <} hold words
   */
  HtmlTable(String summary, List<String> head) {
    this.summary = summary;
    this.head =
        head.stream()
            .map(name -> cell(isWords(name) ? name.substring(1) : name, isWords(name)))
            .toList();
  }

  HtmlTable(String summary, String... head) {
    this(summary, List.of(head));
  }

  private static boolean isWords(String name) {
    return name.startsWith("<");
  }

  private static Map<String, Object> cell(String text, boolean words) {
    return Map.of("text", text, "words", words);
  }

  /** Adds a row. */
  HtmlTable row(String... texts) {
    return row(List.of(texts), "");
  }

  /** Adds a row with a CSS class. */
  HtmlTable row(List<String> texts, String style) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (int c = 0; c < texts.size(); c++) {
      cells.add(cell(texts.get(c), (boolean) head.get(c).get("words")));
    }
    rows.add(Map.of("cells", cells, "style", style));
    return this;
  }

  /** Shows the table without a click. */
  HtmlTable open() {
    open = true;
    return this;
  }

  /** Adds a remark below. */
  HtmlTable note(String text) {
    note = text;
    return this;
  }

  /** Returns what the template reads. */
  Map<String, Object> view() {
    Map<String, Object> view = new HashMap<>();
    view.put("summary", summary);
    view.put("head", head);
    view.put("rows", rows);
    view.put("open", open);
    view.put("note", note);
    return view;
  }

  /** Returns a number with five significant digits; empty for NaN. */
  static String number(double value) {
    return Double.isNaN(value) ? "" : PlainTable.number(value);
  }
}
