package org.ridgeline.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Experiments as one page: each a plot of measured errors beside their theory, and the numbers. */
public final class ExperimentHtml {
  /** Its name. */
  public static final String FILE = "curves.html";

  private ExperimentHtml() {}

  /**
   * Returns the file.
   *
   * @param title what all are about
   * @param facts names and values that hold for all
   */
  public static byte[] of(String title, Map<String, String> facts, List<Experiment> experiments) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("title", title);
    List<Map<String, String>> named = new ArrayList<>();
    facts.forEach((name, value) -> named.add(Map.of("name", name, "value", value)));
    page.put("facts", named);
    page.put(
        "text",
        "Points are mean squared errors on new rows, the mean of all draws with two of its standard"
            + " errors to either side; solid lines are theory and have seen no data.");
    List<Map<String, Object>> figures = new ArrayList<>();
    List<Map<String, Object>> data = new ArrayList<>();
    for (Experiment experiment : experiments) {
      figures.add(figure(experiment, figures.size()));
      data.add(plot(experiment));
    }
    page.put("experiments", figures);
    return HtmlPage.of("experiments", page, data);
  }

  private static Map<String, Object> figure(Experiment experiment, int number) {
    List<List<String>> rows = ExperimentText.rows(experiment);
    HtmlTable table = new HtmlTable("The numbers", rows.get(0));
    rows.subList(1, rows.size()).forEach(row -> table.row(row, ""));
    Map<String, Object> figure = new LinkedHashMap<>();
    figure.put("number", number);
    figure.put("title", experiment.title());
    figure.put("text", experiment.text());
    figure.put(
        "charts",
        List.of(
            Map.of(
                "plot",
                "experiment",
                "label",
                "Error against " + experiment.sizeName() + ", measured and by theory")));
    figure.put("tables", List.of(table.view()));
    return figure;
  }

  private static Map<String, Object> plot(Experiment experiment) {
    List<Map<String, Object>> curves = new ArrayList<>();
    for (RiskCurve curve : experiment.curves()) {
      List<List<Double>> points = new ArrayList<>();
      for (RiskCurve.Point point : curve.points()) {
        points.add(
            Arrays.asList(
                (double) point.size(),
                PlotsJson.rounded(point.mse()),
                PlotsJson.rounded(point.standardError()),
                PlotsJson.rounded(point.theory()),
                point.foretold().isPresent()
                    ? PlotsJson.rounded(point.foretold().getAsDouble())
                    : null));
      }
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("lambda", curve.lambda());
      map.put("points", points);
      curves.add(map);
    }
    Map<String, Object> plot = new LinkedHashMap<>();
    plot.put("sizeName", experiment.sizeName());
    plot.put("threshold", experiment.threshold());
    plot.put("curves", curves);
    return plot;
  }
}
