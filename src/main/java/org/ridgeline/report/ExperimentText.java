package org.ridgeline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Experiments for the console: every measured error beside its theory. */
public final class ExperimentText {
  private ExperimentText() {}

  /** Returns the text. */
  public static String of(List<Experiment> experiments) {
    StringBuilder text = new StringBuilder();
    for (Experiment experiment : experiments) {
      text.append(experiment.title()).append('\n');
      PlainTable table = new PlainTable(2);
      for (List<String> row : rows(experiment)) {
        table.row(row.toArray(String[]::new));
      }
      text.append(table.text()).append('\n');
    }
    return text.toString();
  }

  /** Returns a row for each size, after one of names. */
  static List<List<String>> rows(Experiment experiment) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(experiment.sizeName()));
    List<RiskCurve> curves = experiment.curves();
    for (RiskCurve curve : curves) {
      head.addAll(
          List.of("MSE at lambda " + PlainTable.shortest(curve.lambda()), "+- SE", "theory"));
      if (isForetold(curve)) {
        head.add("foretold");
      }
    }
    rows.add(head);
    for (int p = 0; p < curves.get(0).points().size(); p++) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(curves.get(0).points().get(p).size()));
      for (RiskCurve curve : curves) {
        RiskCurve.Point point = curve.points().get(p);
        row.add(digits(point.mse()));
        row.add(digits(point.standardError()));
        row.add(digits(point.theory()));
        if (isForetold(curve)) {
          row.add(digits(point.foretold().orElse(Double.NaN)));
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static String digits(double value) {
    if (Double.isInfinite(value)) {
      return "infinite";
    }
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static boolean isForetold(RiskCurve curve) {
    return curve.points().stream().anyMatch(point -> point.foretold().isPresent());
  }
}
