package org.ridgeline.forecast;

import java.util.List;
import org.ridgeline.linalg.Vec;

/**
 * A training curve with the errors of its models on blocks that did not train.
 *
 * @param training the curve
 * @param blocks the numbers of the blocks held out
 * @param errors for each of these blocks, the mean squared error at each lambda; NaN where the
 *     moments leave no digits of it
 */
public record ScoredCurve(TrainingCurve training, List<Integer> blocks, List<Vec> errors) {
  /** Copies the lists. */
  public ScoredCurve {
    blocks = List.copyOf(blocks);
    errors = List.copyOf(errors);
  }
}
