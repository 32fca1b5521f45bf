package org.ridgeline.report;

import static org.ridgeline.report.HtmlTable.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The tables beside the plots. */
final class HtmlTables {
  /** Columns of {@code path.csv} and what the page calls them. */
  private static final Map<String, String> PATH = new LinkedHashMap<>();

  static {
    PATH.put("df", "df");
    PATH.put("cv_mse", "CV MSE");
    PATH.put("cv_se", "± SE");
    PATH.put("train_mse", "Training MSE");
    PATH.put("gcv", "GCV");
    PATH.put("loo_mse", "LOO MSE");
    PATH.put("aic", "AIC");
    PATH.put("bic", "BIC");
    PATH.put("sure", "SURE");
    PATH.put("log_evidence", "Log evidence");
  }

  private static final Map<String, String> MARKS = new LinkedHashMap<>();

  static {
    MARKS.put("is_min", "minimum");
    MARKS.put("is_1se", "1 SE");
    MARKS.put("selected", "chosen");
  }

  private HtmlTables() {}

  /** Returns what every rule would have chosen. */
  static HtmlTable rules(PathRows rows, JsonNode target) {
    String score = rows.score();
    String error = PATH.get(score) + " there";
    HtmlTable table =
        new HtmlTable(
            "What each rule would choose", "<Rule", "λ (sum)", "log₁₀ λ", "df", error, "<Meaning");
    for (Criterion criterion : Criterion.values()) {
      OptionalInt choice = criterion.choice(rows);
      if (choice.isPresent()) {
        int i = choice.getAsInt();
        boolean used = criterion.rule().equals(target.path("selectedBy").asText());
        table.row(
            List.of(
                criterion.rule() + (used ? " (used)" : ""),
                number(rows.number(i, "lambda")),
                log10(rows.number(i, "lambda")),
                number(rows.number(i, "df")),
                number(rows.number(i, score)),
                criterion.words()),
            used ? "chosen" : "");
      }
    }
    return table;
  }

  private static String log10(double lambda) {
    return lambda > 0 ? String.format(Locale.ROOT, "%.2f", Math.log10(lambda)) : "-∞";
  }

  /** Returns all lambdas of a map setting. */
  static HtmlTable path(PathRows rows) {
    List<String> columns = PATH.keySet().stream().filter(rows::has).toList();
    List<String> head = new ArrayList<>(List.of("λ (sum)", "log₁₀ λ"));
    columns.forEach(column -> head.add(PATH.get(column)));
    head.add("<Marks");
    HtmlTable table =
        new HtmlTable(
            rows.size() == 1 ? "The given λ" : "All " + rows.size() + " values of λ", head);
    for (int i = 0; i < rows.size(); i++) {
      int row = i;
      List<String> cells = new ArrayList<>();
      cells.add(number(rows.number(i, "lambda")));
      cells.add(log10(rows.number(i, "lambda")));
      columns.forEach(column -> cells.add(number(rows.number(row, column))));
      List<String> marks =
          MARKS.keySet().stream()
              .filter(mark -> rows.text(row, mark).equals("true"))
              .map(MARKS::get)
              .toList();
      cells.add(String.join(", ", marks));
      table.row(cells, marks.contains("chosen") ? "chosen" : "");
    }
    return table.note("df counts the slopes only; the intercept adds 1. Full digits: path.csv.");
  }

  /** Returns the coefficients in the units of the data, largest standardized first. */
  static HtmlTable coefficients(RunFiles run, String target, int most) {
    List<CoefficientRow> all = CoefficientRow.of(run, target);
    boolean posterior = all.stream().anyMatch(row -> Double.isFinite(row.posteriorSd()));
    boolean sampling = all.stream().anyMatch(row -> Double.isFinite(row.standardError()));
    List<String> head = new ArrayList<>(List.of("<Feature", "Coefficient", "Standardized"));
    if (posterior) {
      head.addAll(List.of("Posterior SD", "95 % from", "95 % to"));
    }
    if (sampling) {
      head.add("Sampling SE");
    }
    HtmlTable table = new HtmlTable("Coefficients in the units of the data", head);
    List<CoefficientRow> shown = new ArrayList<>();
    all.stream().filter(row -> row.feature().equals(CoefficientRow.INTERCEPT)).forEach(shown::add);
    CoefficientRow.bySize(run, target).stream().limit(most).forEach(shown::add);
    for (CoefficientRow row : shown) {
      List<String> cells = new ArrayList<>();
      cells.add(row.feature());
      cells.add(number(row.coefficient()));
      cells.add(number(row.standardized()));
      if (posterior) {
        cells.add(number(row.posteriorSd()));
        cells.add(number(row.coefficient() - row.halfWidth()));
        cells.add(number(row.coefficient() + row.halfWidth()));
      }
      if (sampling) {
        cells.add(number(row.standardError()));
      }
      table.row(cells, "");
    }
    return table.note(
        all.size() > shown.size()
            ? "The other " + (all.size() - shown.size()) + " are in coefficients.csv."
            : "");
  }

  /** Returns the coefficients at a few lambdas of the path. */
  static HtmlTable coefficientPath(JsonNode path) {
    int size = path.path("lambda").size();
    int columns = Math.min(7, size);
    List<Integer> at = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("<Feature"));
    for (int c = 0; c < columns; c++) {
      int l = columns == 1 ? 0 : c * (size - 1) / (columns - 1);
      at.add(l);
      head.add("λ = " + number(path.path("lambda").path(l).asDouble()));
    }
    HtmlTable table = new HtmlTable("Standardized coefficients at a few values of λ", head);
    for (int j = 0; j < path.path("feature").size(); j++) {
      JsonNode values = path.path("standardized").path(j);
      List<String> cells = new ArrayList<>(List.of(path.path("feature").path(j).asText()));
      at.forEach(l -> cells.add(number(values.path(l).asDouble(Double.NaN))));
      table.row(cells, "");
    }
    return table;
  }

  /** Eigenvalues, and what is left of them. */
  static HtmlTable spectrum(JsonNode spectrum, double lambda) {
    HtmlTable table =
        new HtmlTable(
            "Eigenvalues and shrinkage factors", "Number", "Eigenvalue e", "Factor e / (e + λ)");
    int shown = spectrum.path("eigenvalue").size();
    for (int j = 0; j < shown; j++) {
      double value = spectrum.path("eigenvalue").path(j).asDouble();
      table.row(
          spectrum.path("number").path(j).asText(),
          number(value),
          value > 0 ? number(value / (value + lambda)) : "0");
    }
    int count = spectrum.path("count").asInt();
    return shown < count ? table.note(shown + " of " + count + ", evenly spaced.") : table;
  }

  /** Returns the best lambda of every map setting. */
  static HtmlTable settings(PathRows all) {
    String score = all.score();
    HtmlTable table =
        new HtmlTable(
            "Best λ of every map setting",
            "<Map",
            "Width",
            "Length scale",
            "λ (sum)",
            "df",
            PATH.get(score),
            score.equals("cv_mse") ? "± SE" : "Training MSE",
            "<Marks");
    Map<String, Integer> firsts = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      String key =
          all.text(i, "map") + "|" + all.text(i, "width") + "|" + all.text(i, "length_scale");
      firsts.putIfAbsent(key, i);
    }
    for (int first : firsts.values()) {
      PathRows rows = all.withSettingOf(first);
      int best = rows.smallest(score, 1).orElse(0);
      boolean chosen = rows.marked("selected").isPresent();
      table.row(
          List.of(
              rows.text(best, "map"),
              rows.text(best, "width"),
              number(rows.number(best, "length_scale")),
              number(rows.number(best, "lambda")),
              number(rows.number(best, "df")),
              number(rows.number(best, score)),
              number(rows.number(best, score.equals("cv_mse") ? "cv_se" : "train_mse")),
              chosen ? "chosen" : ""),
          chosen ? "chosen" : "");
    }
    return table;
  }
}
