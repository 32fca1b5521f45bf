package org.ridgeline.report;

import static java.lang.Double.NaN;

import java.util.List;
import java.util.Optional;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.infer.CoefficientErrors;
import org.ridgeline.infer.Inference;
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
      Optional<CoefficientErrors> errors = target.inference().map(Inference::errors);
      csv.text(target.name())
          .text("(intercept)")
          .number(target.tuned().intercept())
          .empty(1)
          .number(errors.map(CoefficientErrors::interceptPosteriorSd).orElse(NaN))
          .number(errors.map(CoefficientErrors::interceptStandardError).orElse(NaN))
          .end();
      Vec coefficients = target.tuned().coefficients();
      List<String> names =
          run.map().isPresent()
              ? FittedModel.mappedNames(coefficients.size())
              : run.data().features();
      for (int i = 0; i < coefficients.size(); i++) {
        int j = i;
        csv.text(target.name())
            .text(names.get(j))
            .number(coefficients.get(j))
            .number(coefficients.get(j) * target.scales().get(j))
            .number(errors.map(e -> e.posteriorSd().get(j)).orElse(NaN))
            .number(errors.map(e -> e.standardError().get(j)).orElse(NaN))
            .end();
      }
    }
    return csv.bytes();
  }
}
