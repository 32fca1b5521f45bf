package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/** A linear model of m targets: {@code prediction = a + B' x}. */
public final class LinearScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> targets;
  private final Matrix coefficients;
  private final Vec intercepts;

  private LinearScorer(ArrayList<String> targets, Matrix coefficients, Vec intercepts) {
    this.targets = targets;
    this.coefficients = coefficients;
    this.intercepts = intercepts;
  }

  /**
   * Creates a scorer.
   *
   * @param targets the names of the targets
   * @param coefficients d x m
   * @param intercepts one for each target
   */
  public static LinearScorer of(List<String> targets, Matrix coefficients, Vec intercepts) {
    Check.that(
        targets.size() == coefficients.columns() && targets.size() == intercepts.size(),
        "Cannot make a model of %d targets with %d columns of coefficients and %d intercepts",
        targets.size(),
        coefficients.columns(),
        intercepts.size());
    return new LinearScorer(new ArrayList<>(targets), coefficients, intercepts);
  }

  /** The names of the targets. */
  public List<String> targets() {
    return List.copyOf(targets);
  }

  /** d. */
  int inputs() {
    return coefficients.rows();
  }

  /** The predictions for the rows of {@code chunk}, m x rows. */
  Matrix predict(RowChunk chunk) {
    int d = inputs();
    Matrix x = Matrix.zeros(d, chunk.rows());
    for (int r = 0; r < chunk.rows(); r++) {
      System.arraycopy(chunk.values(), r * chunk.width(), x.data(), r * d, d);
    }
    Matrix predictions = Blas.transposedTimes(coefficients, x);
    for (int r = 0; r < chunk.rows(); r++) {
      for (int t = 0; t < targets.size(); t++) {
        predictions.set(t, r, predictions.get(t, r) + intercepts.get(t));
      }
    }
    return predictions;
  }
}
