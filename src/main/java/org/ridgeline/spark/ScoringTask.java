package org.ridgeline.spark;

import java.util.List;
import java.util.Optional;
import org.ridgeline.infer.Intervals;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/** A linear model at work in one thread. */
final class ScoringTask {
  private final Matrix coefficients;
  private final Vec intercepts;
  private final Optional<ChunkMapper> mapper;
  private final List<Intervals> intervals; // one for each target, or none
  private final Optional<ScoringTask> rest; // of further targets

  ScoringTask(
      Matrix coefficients,
      Vec intercepts,
      Optional<ChunkMapper> mapper,
      List<Intervals> intervals,
      Optional<ScoringTask> rest) {
    this.coefficients = coefficients;
    this.intercepts = intercepts;
    this.mapper = mapper;
    this.intervals = intervals;
    this.rest = rest;
  }

  /**
   * The predictions for the rows of {@code chunk}, m x rows; with intervals 3 m x rows, the lower
   * and the upper end after each target's prediction.
   */
  Matrix predict(RowChunk chunk) {
    Matrix own = predictOwn(chunk);
    return rest.isPresent() ? own.above(rest.get().predict(chunk)) : own;
  }

  private Matrix predictOwn(RowChunk chunk) {
    RowChunk scored = mapper.isPresent() ? mapper.get().map(chunk) : chunk;
    int d = coefficients.rows();
    Matrix x = Matrix.zeros(d, scored.rows());
    for (int r = 0; r < scored.rows(); r++) {
      System.arraycopy(scored.values(), r * scored.width(), x.data(), r * d, d);
    }
    Matrix predictions =
        Blas.transposedTimes(coefficients, x).map((t, r, value) -> value + intercepts.get(t));
    return intervals.isEmpty() ? predictions : withEnds(x, predictions);
  }

  private Matrix withEnds(Matrix x, Matrix predictions) {
    int m = predictions.rows();
    Matrix result = Matrix.zeros(3 * m, predictions.columns());
    double[] own = new double[predictions.columns()];
    for (int t = 0; t < m; t++) {
      for (int r = 0; r < own.length; r++) {
        own[r] = predictions.get(t, r);
      }
      Matrix ends = intervals.get(t).of(x, own);
      for (int r = 0; r < own.length; r++) {
        result.set(3 * t, r, own[r]);
        result.set(3 * t + 1, r, ends.get(0, r));
        result.set(3 * t + 2, r, ends.get(1, r));
      }
    }
    return result;
  }
}
