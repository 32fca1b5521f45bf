package org.ridgeline.train;

import java.util.List;
import java.util.Optional;
import org.ridgeline.infer.Collinearity;
import org.ridgeline.infer.Inference;
import org.ridgeline.report.ResidualRow;

/**
 * How sure the chosen models are.
 *
 * @param inference of the chosen model of each target
 * @param collinearity of the inputs, where it was computed
 * @param residuals of a sample of the rows, where there were rows
 */
public record ModelErrors(
    List<Optional<Inference>> inference,
    Optional<Collinearity> collinearity,
    List<ResidualRow> residuals) {
  /** Copies the lists. */
  public ModelErrors {
    inference = List.copyOf(inference);
    residuals = List.copyOf(residuals);
  }
}
