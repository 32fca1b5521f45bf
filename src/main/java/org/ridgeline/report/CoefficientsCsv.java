package org.ridgeline.report;

import java.util.List;
import org.ridgeline.linalg.Vec;

/**
 * {@code coefficients.csv}: the chosen model of each target, its intercept first. After a map the
 * features are {@code z0, z1, ..}, as many as the target's map has.
 */
public final class CoefficientsCsv {
  private static final List<String> COLUMNS =
      List.of("target", "feature", "coefficient", "standardized", "posterior_sd", "standard_error");

  private CoefficientsCsv() {}

  /** Returns the file. */
  public static byte[] of(RunReport run) {
    CsvText csv = new CsvText().texts(COLUMNS).end();
    for (TargetResult target : run.targets()) {
      csv.text(target.name()).text("(intercept)").number(target.tuned().intercept()).empty(3).end();
      Vec coefficients = target.tuned().coefficients();
      List<String> names =
          run.map().isPresent()
              ? SavedModel.mappedNames(coefficients.size())
              : run.data().features();
      for (int j = 0; j < coefficients.size(); j++) {
        csv.text(target.name())
            .text(names.get(j))
            .number(coefficients.get(j))
            .number(coefficients.get(j) * target.scales().get(j))
            .empty(2)
            .end();
      }
    }
    return csv.bytes();
  }
}
