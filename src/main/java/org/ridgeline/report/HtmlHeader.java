package org.ridgeline.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page says of the whole run: its head, and its end. */
final class HtmlHeader {
  private final RunFiles run;
  private final JsonNode report;
  private final String next;

  HtmlHeader(RunFiles run, String next) {
    this.run = run;
    this.next = next;
    this.report = run.report();
  }

  /** Returns what the template reads. */
  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    List<String> targets = run.targets();
    view.put(
        "title",
        model() + " of " + (targets.size() == 1 ? targets.get(0) : targets.size() + " targets"));
    view.put("facts", facts());
    List<String> warnings = texts(report.path("warnings"));
    view.put("warnings", warnings);
    view.put("hasWarnings", !warnings.isEmpty());
    view.put("next", next);
    view.put("overview", overview().view());
    view.put("endTables", List.of(numerics().view(), options().view()));
    return view;
  }

  private String model() {
    PathRows rows = run.path(run.targets().get(0)).winner();
    return rows.hasMap() && rows.size() > 0
        ? "Ridge regression on " + rows.text(0, "map") + " features"
        : "Ridge regression";
  }

  private List<Map<String, Object>> facts() {
    JsonNode data = report.path("data");
    List<Map<String, Object>> facts = new ArrayList<>();
    addFact(facts, "Data", report.path("options").path("input").asText(""));
    String rows = PlainTable.count(data.path("n").asLong());
    double weights = data.path("weightSum").asDouble();
    String weighted =
        weights == data.path("n").asLong() || weights == 0
            ? ""
            : ", weight sum " + HtmlTable.number(weights);
    long dropped = data.path("rowsDropped").asLong();
    addFact(
        facts,
        "Rows (n)",
        rows + weighted + (dropped > 0 ? ", " + PlainTable.count(dropped) + " left out" : ""));
    addFact(facts, "Features (d)", PlainTable.count(data.path("d").asLong()));
    addFact(facts, "Command", report.path("command").asText(""));
    JsonNode cost = report.path("cost");
    int passes = cost.path("passes").asInt();
    addFact(facts, "Passes over the data", passes == 0 ? "" : Integer.toString(passes));
    return facts;
  }

  private static void addFact(List<Map<String, Object>> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.add(Map.of("name", name, "value", value));
    }
  }

  private HtmlTable overview() {
    HtmlTable table =
        new HtmlTable(
                "All targets",
                "<Target",
                "λ (sum)",
                "<Chosen by",
                "df",
                "CV MSE",
                "± SE",
                "Mean predictor’s MSE",
                "CV R²",
                "Training R²")
            .open();
    for (String name : run.targets()) {
      JsonNode target = run.target(name);
      JsonNode cv = target.path("cv");
      table.row(
          name,
          number(target.path("lambda").path("sum")),
          target.path("selectedBy").asText(""),
          number(target.path("df")),
          number(cv.path("mse")),
          number(cv.path("se")),
          number(cv.path("meanPredictorMse")),
          number(cv.path("r2")),
          number(target.path("train").path("r2")));
    }
    return table;
  }

  private HtmlTable numerics() {
    HtmlTable table = new HtmlTable("Numerics and cost", "<Quantity", "<Value", "<Meaning").open();
    JsonNode numerics = report.path("numerics");
    addRow(table, numerics, "solver", "what solved the normal equations");
    addRow(table, numerics, "rank", "numerical rank of the scatter matrix");
    addRow(table, numerics, "rcond", "reciprocal condition number of the chosen system");
    addRow(table, numerics, "residual", "relative residual of the normal equations");
    addRow(table, numerics, "digitsLost", "decimal digits that the errors lost by cancellation");
    addRow(table, numerics, "blas", "linear algebra on the driver");
    addRow(table, numerics, "lapack", "factorizations on the driver");
    JsonNode cost = report.path("cost");
    addRow(table, cost, "prePasses", "small reads before the data pass");
    addRow(table, cost, "bytesRead", "by all reads");
    double seconds = 0;
    for (JsonNode stage : cost.path("seconds")) {
      seconds += stage.asDouble();
    }
    return table.row("seconds", HtmlTable.number(seconds), "from start to finish");
  }

  private static void addRow(HtmlTable table, JsonNode parent, String key, String meaning) {
    JsonNode value = parent.path(key);
    if (!value.isMissingNode() && !value.isNull()) {
      boolean whole = value.isIntegralNumber();
      table.row(
          key,
          whole
              ? PlainTable.count(value.asLong())
              : value.isNumber() ? number(value) : value.asText(),
          meaning);
    }
  }

  private HtmlTable options() {
    HtmlTable table = new HtmlTable("Options as resolved", "<Option", "<Value");
    for (Map.Entry<String, JsonNode> option : report.path("options").properties()) {
      JsonNode value = option.getValue();
      if (!value.isNull()) {
        table.row(option.getKey(), value.isTextual() ? value.asText() : value.toString());
      }
    }
    List<String> skipped = texts(report.path("data").path("skipped"));
    return skipped.isEmpty()
        ? table
        : table.note("Columns not used as features: " + String.join(", ", skipped));
  }

  /** Returns a number of the report; empty when it is not there. */
  static String number(JsonNode node) {
    return node.isNumber() ? HtmlTable.number(node.asDouble()) : "";
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
