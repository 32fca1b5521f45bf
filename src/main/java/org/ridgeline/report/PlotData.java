package org.ridgeline.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The numbers that {@code report.js} draws, of one target. */
final class PlotData {
  private final RunFiles run;
  private final String name;
  private final JsonNode target;
  private final PathRows rows;

  private PlotData(RunFiles run, String name) {
    this.run = run;
    this.name = name;
    this.target = run.target(name);
    this.rows = run.path(name).winner().onLogScale();
  }

  static Map<String, Object> of(RunFiles run, String target) {
    PlotData plots = new PlotData(run, target);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", target);
    data.put("chosen", target(plots.target));
    data.put("path", plots.path());
    data.put("residuals", ResidualSample.of(run, target).plot());
    data.put("coefficientPath", plots.coefficientPath());
    data.put("intervals", plots.intervals());
    data.put("spectrum", plots.spectrum());
    data.put("surfaces", plots.surfaces());
    data.put("forecast", ForecastPlot.of(run, target).view());
    return data;
  }

  private static Map<String, Object> target(JsonNode target) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lambda", number(target.path("lambda").path("sum")));
    map.put("df", number(target.path("df")));
    return map;
  }

  private Map<String, Object> path() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lambda", rounded(rows.numbers("lambda")));
    map.put("df", rounded(rows.numbers("df")));
    map.put("score", rows.score());
    map.put("value", rounded(rows.numbers(rows.score())));
    map.put("se", rows.has("cv_se") ? rounded(rows.numbers("cv_se")) : null);
    map.put("meanPredictor", number(target.path("cv").path("meanPredictorMse")));
    map.put("min", at(rows.marked("is_min")));
    map.put("oneSe", at(rows.marked("is_1se")));
    map.put("selected", at(rows.marked("selected")));
    List<Map<String, Object>> criteria = new ArrayList<>();
    for (Criterion criterion : Criterion.values()) {
      if (!criterion.curve().isEmpty() && rows.has(criterion.column())) {
        Map<String, Object> curve = new LinkedHashMap<>();
        curve.put("name", criterion.curve());
        curve.put("sign", criterion.sign());
        curve.put("value", rows.numbers(criterion.column()));
        criteria.add(curve);
      }
    }
    map.put("criteria", criteria);
    List<List<Double>> folds = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int f = 0; f < rows.folds(); f++) {
      if (rows.has("fold_" + f)) {
        folds.add(rounded(rows.numbers("fold_" + f)));
        names.add(run.block(f));
      }
    }
    map.put("folds", folds);
    map.put("foldNames", names);
    return map;
  }

  private Object coefficientPath() {
    JsonNode path = run.report().path("plots").path("coefficients").path(name);
    if (path.path("lambda").size() < 2) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lambda", numbers(path.path("lambda")));
    map.put("df", numbers(path.path("df")));
    List<String> features = new ArrayList<>();
    path.path("feature").forEach(feature -> features.add(feature.asText()));
    map.put("feature", features);
    List<List<Double>> values = new ArrayList<>();
    path.path("standardized").forEach(row -> values.add(numbers(row)));
    map.put("value", values);
    return map;
  }

  private Map<String, Object> intervals() {
    List<CoefficientRow> largest = CoefficientRow.plotted(run, name);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("feature", largest.stream().map(CoefficientRow::feature).toList());
    map.put("value", rounded(largest.stream().map(CoefficientRow::standardized).toList()));
    map.put("half", rounded(largest.stream().map(CoefficientRow::standardizedHalfWidth).toList()));
    return map;
  }

  private Object spectrum() {
    JsonNode spectrum = run.report().path("plots").path("spectrum").path(name);
    if (spectrum.path("eigenvalue").isEmpty()) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("number", numbers(spectrum.path("number")));
    map.put("eigenvalue", numbers(spectrum.path("eigenvalue")));
    return map;
  }

  /** One per map and length scale: the score of every width and lambda. */
  private List<Map<String, Object>> surfaces() {
    PathRows all = run.path(name);
    if (!all.hasMap()) {
      return List.of();
    }
    PathRows positive = all.onLogScale();
    String score = positive.score();
    Map<String, List<List<Double>>> cells = new LinkedHashMap<>();
    for (int i = 0; i < positive.size(); i++) {
      List<Double> cell =
          List.of(
              positive.number(i, "width"),
              positive.number(i, "lambda"),
              positive.number(i, score),
              positive.text(i, "selected").equals("true") ? 1.0 : 0.0);
      cells.computeIfAbsent(setting(positive, i), key -> new ArrayList<>()).add(rounded(cell));
    }
    List<Map<String, Object>> surfaces = new ArrayList<>();
    cells.forEach(
        (title, of) -> {
          Map<String, Object> surface = new LinkedHashMap<>(); // Map.of has no fixed order
          surface.put("title", title);
          surface.put("cells", of);
          surfaces.add(surface);
        });
    return surfaces;
  }

  private static String setting(PathRows rows, int i) {
    String scale = rows.text(i, "length_scale");
    return rows.text(i, "map")
        + (scale.isEmpty()
            ? ""
            : ", length scale " + HtmlTable.number(rows.number(i, "length_scale")));
  }

  private static Integer at(OptionalInt index) {
    return index.isPresent() ? index.getAsInt() : null;
  }

  private static Double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(node -> values.add(node.isNumber() ? node.asDouble() : Double.NaN));
    return values;
  }

  /** To the six digits that a plot can show. */
  private static List<Double> rounded(List<Double> values) {
    return values.stream().map(PlotsJson::rounded).toList();
  }
}
