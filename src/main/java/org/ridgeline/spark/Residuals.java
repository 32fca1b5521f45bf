package org.ridgeline.spark;

import java.util.List;
import org.ridgeline.linalg.Matrix;

/**
 * Exact sums of squared residuals, {@code sum w (y - prediction)^2}.
 *
 * @param training L x m: all rows under the model of all rows
 * @param heldOut for each fold, L x m: its rows under the model that did not see them; empty
 *     without folds
 */
public record Residuals(Matrix training, List<Matrix> heldOut) {
  /** Copies the list. */
  public Residuals {
    heldOut = List.copyOf(heldOut);
  }

  /** The sum over all rows under the model of all rows. */
  public double sumSquares(int target, int lambda) {
    return training.get(lambda, target);
  }

  /** The sum over the rows of {@code fold} under the model that did not see them. */
  public double foldSumSquares(int fold, int target, int lambda) {
    return heldOut.get(fold).get(lambda, target);
  }
}
