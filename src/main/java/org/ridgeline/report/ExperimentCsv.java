package org.ridgeline.report;

import java.util.List;

/** The numbers of experiments: a row for each curve and size. */
public final class ExperimentCsv {
  /** Its name. */
  public static final String FILE = "curves.csv";

  private ExperimentCsv() {}

  /** Returns the file. */
  public static byte[] of(List<Experiment> experiments) {
    CsvText csv = new CsvText();
    csv.texts(List.of("experiment", "lambda", "size", "mse", "mse_se", "theory", "foretold")).end();
    for (Experiment experiment : experiments) {
      for (RiskCurve curve : experiment.curves()) {
        for (RiskCurve.Point point : curve.points()) {
          csv.text(experiment.name())
              .number(curve.lambda())
              .number(point.size())
              .number(point.mse())
              .number(point.standardError())
              .number(point.theory())
              .number(point.foretold().orElse(Double.NaN))
              .end();
        }
      }
    }
    return csv.bytes();
  }
}
