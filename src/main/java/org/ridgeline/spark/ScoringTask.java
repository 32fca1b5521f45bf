package org.ridgeline.spark;

import java.util.Optional;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/** A linear model at work in one thread. */
final class ScoringTask {
  private final Matrix coefficients;
  private final Vec intercepts;
  private final Optional<ChunkMapper> mapper;

  ScoringTask(Matrix coefficients, Vec intercepts, Optional<ChunkMapper> mapper) {
    this.coefficients = coefficients;
    this.intercepts = intercepts;
    this.mapper = mapper;
  }

  /** The predictions for the rows of {@code chunk}, m x rows. */
  Matrix predict(RowChunk chunk) {
    RowChunk scored = mapper.isPresent() ? mapper.get().map(chunk) : chunk;
    int d = coefficients.rows();
    Matrix x = Matrix.zeros(d, scored.rows());
    for (int r = 0; r < scored.rows(); r++) {
      System.arraycopy(scored.values(), r * scored.width(), x.data(), r * d, d);
    }
    Matrix predictions = Blas.transposedTimes(coefficients, x);
    for (int r = 0; r < scored.rows(); r++) {
      for (int t = 0; t < intercepts.size(); t++) {
        predictions.set(t, r, predictions.get(t, r) + intercepts.get(t));
      }
    }
    return predictions;
  }
}
