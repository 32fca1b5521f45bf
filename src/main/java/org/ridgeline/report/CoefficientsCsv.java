package org.ridgeline.report;

import java.util.List;
import org.ridgeline.infer.CoefficientErrors;
import org.ridgeline.linalg.Vec;

/** {@code coefficients.csv}: the chosen model of each target, its intercept first. */
public final class CoefficientsCsv {
  private static final List<String> COLUMNS =
      List.of("target", "feature", "coefficient", "standardized", "posterior_sd", "standard_error");

  private CoefficientsCsv() {}

  /** Returns the file. */
  public static byte[] of(RunReport run) {
    CsvText csv = new CsvText().texts(COLUMNS).end();
    for (TargetResult target : run.targets()) {
      CoefficientErrors errors = target.inference().errors();
      csv.text(target.name())
          .text("(intercept)")
          .number(target.tuned().intercept())
          .empty(1)
          .number(errors.interceptPosteriorSd())
          .number(errors.interceptStandardError())
          .end();
      Vec coefficients = target.tuned().coefficients();
      for (int j = 0; j < coefficients.size(); j++) {
        csv.text(target.name())
            .text(run.data().features().get(j))
            .number(coefficients.get(j))
            .number(coefficients.get(j) * target.scales().get(j))
            .number(errors.posteriorSd().get(j))
            .number(errors.standardError().get(j))
            .end();
      }
    }
    return csv.bytes();
  }
}
