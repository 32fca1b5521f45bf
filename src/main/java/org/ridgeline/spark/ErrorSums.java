package org.ridgeline.spark;

import java.io.Serializable;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;

/** Squared and absolute errors of the rows of one task, and the moments of the labels. */
final class ErrorSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] squares;
  private final double[] absolutes;
  private Moments labels;
  private InvalidTally invalid;

  private ErrorSums(int targets) {
    squares = new double[targets];
    absolutes = new double[targets];
    labels = Moments.empty(0, targets);
    invalid = new InvalidTally();
  }

  static ErrorSums empty(int targets) {
    return new ErrorSums(targets);
  }

  /** The sums over all chunks. */
  static ErrorSums of(ChunkStream chunks, LinearScorer scorer) {
    int m = scorer.targets().size();
    ErrorSums sums = new ErrorSums(m);
    ScoringTask scoring = scorer.newTask();
    MomentsAccumulator labels = new MomentsAccumulator(0, m);
    RowBlock block = new RowBlock(RowBlock.rowsFor(m), m);
    while (chunks.advance()) {
      RowChunk chunk = chunks.chunk();
      sums.add(chunk, scoring.predict(chunk));
      for (int r = 0; r < chunk.rows(); r++) {
        block.append(chunk.values(), (r + 1) * chunk.width() - m, chunk.weight(r));
        if (block.isFull()) {
          labels.addInPlace(block);
        }
      }
    }
    labels.addInPlace(block);
    sums.labels = labels.snapshot();
    sums.invalid = chunks.invalid();
    return sums;
  }

  private void add(RowChunk chunk, Matrix predictions) {
    int m = squares.length;
    for (int r = 0; r < chunk.rows(); r++) {
      int at = (r + 1) * chunk.width() - m;
      double weight = chunk.weight(r);
      for (int t = 0; t < m; t++) {
        double error = chunk.values()[at + t] - predictions.get(t, r);
        squares[t] += weight * error * error;
        absolutes[t] += weight * Math.abs(error);
      }
    }
  }

  /** Adds the sums of a later partition. */
  void merge(ErrorSums other) {
    for (int t = 0; t < squares.length; t++) {
      squares[t] += other.squares[t];
      absolutes[t] += other.absolutes[t];
    }
    labels.merge(other.labels);
    invalid.merge(other.invalid);
  }

  InvalidTally invalid() {
    return invalid;
  }

  long rows() {
    return labels.rows();
  }

  double weightSum() {
    return labels.weightSum();
  }

  /** The figures of target {@code t}. */
  TargetMetrics metrics(int t, String name) {
    double mse = squares[t] / weightSum();
    double spread = labels.squares(t);
    return new TargetMetrics(
        name,
        rows(),
        mse,
        Math.sqrt(mse),
        absolutes[t] / weightSum(),
        spread > 0 ? 1 - squares[t] / spread : Double.NaN);
  }
}
