package org.ridgeline.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ridgeline.forecast.Foretold;
import org.ridgeline.forecast.ObservedCurve;
import org.ridgeline.forecast.SameLambda;
import org.ridgeline.forecast.TargetForecast;

/**
 * {@code forecast.csv}: a row per target, kind and number of rows. Kinds: {@code observed}, from
 * fewer folds, its limits one standard error to either side; {@code optimal}, foretold at the best
 * lambda, with 90 % bands, from the rows that there are to {@code Infinity}; {@code same-lambda},
 * foretold with lambda held fixed, without a band.
 */
public final class ForecastCsv {
  /** The file. */
  public static final String FILE = "forecast.csv";

  private static final List<String> COLUMNS =
      List.of(
          "target",
          "rows",
          "mse",
          "mse_lower",
          "mse_upper",
          "ratio",
          "ratio_lower",
          "ratio_upper",
          "bound",
          "kind");

  private ForecastCsv() {}

  /** Returns the file. */
  public static byte[] of(List<TargetForecast> targets) {
    CsvText csv = new CsvText().texts(COLUMNS).end();
    for (TargetForecast target : targets) {
      for (ObservedCurve point : target.observed()) {
        csv.text(target.target())
            .number(point.rows())
            .number(point.mse())
            .number(Math.max(0, point.mse() - point.standardError()))
            .number(point.mse() + point.standardError())
            .empty(3)
            .text("estimate")
            .text("observed")
            .end();
      }
      target.byRows().forEach(point -> optimal(csv, target.target(), point));
      sameLambda(csv, target);
    }
    return csv.bytes();
  }

  private static void optimal(CsvText csv, String target, Foretold point) {
    csv.text(target);
    if (Double.isFinite(point.rows())) {
      csv.number(point.rows());
    } else {
      csv.text("Infinity");
    }
    csv.number(point.mse())
        .number(point.level().low())
        .number(point.level().high())
        .number(point.ratio())
        .number(point.gain().low())
        .number(point.gain().high())
        .text(point.atMost() ? "at-most" : "estimate")
        .text("optimal")
        .end();
  }

  private static void sameLambda(CsvText csv, TargetForecast target) {
    List<SameLambda.Point> points = new ArrayList<>(target.sameLambda().points());
    double now = points.get(0).mse().orElse(Double.NaN);
    if (target.sameLambda().rises()) {
      List<SameLambda.Point> ahead = target.sameLambda().ahead();
      points.addAll(1, ahead.subList(1, ahead.size() - 1));
    }
    points.sort(Comparator.comparingDouble(SameLambda.Point::rows));
    for (SameLambda.Point point : points) {
      if (point.mse().isPresent()) {
        double mse = point.mse().getAsDouble();
        csv.text(target.target())
            .number(point.rows())
            .number(mse)
            .empty(2)
            .number(mse / now)
            .empty(2)
            .text("estimate")
            .text("same-lambda")
            .end();
      }
    }
  }
}
