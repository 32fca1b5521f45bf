package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.infer.ResidualSizes;
import org.ridgeline.linalg.Matrix;

/** What the models of the folds miss on the rows of some tasks that they were trained without. */
public final class HeldOutSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> labels;
  private final long[] rows; // of each fold, of any weight
  private final double[] weights;
  private final ArrayList<ResidualSizes> sizes =
      new ArrayList<>(); // of target t and fold f: t k + f
  private final double[] squares; // the same, weighted
  private InvalidTally invalid = new InvalidTally();

  HeldOutSums(List<String> labels, int targets, ResidualSizes.Keep keep) {
    this.labels = new ArrayList<>(labels);
    this.rows = new long[labels.size()];
    this.weights = new double[rows.length];
    this.squares = new double[targets * rows.length];
    for (int i = 0; i < squares.length; i++) {
      sizes.add(ResidualSizes.empty(keep));
    }
  }

  /** Adds everything that a task reads. */
  HeldOutSums addAll(ChunkStream chunks, LinearScorer scorer) {
    ScoringTask scoring = scorer.newTask();
    while (chunks.advance()) {
      add(chunks.chunk(), chunks.foldLabels(), scoring.predict(chunks.chunk()));
    }
    sizes.forEach(ResidualSizes::compact);
    invalid = chunks.invalid();
    return this;
  }

  private void add(RowChunk chunk, List<String> chunkLabels, Matrix predictions) {
    int m = squares.length / rows.length;
    for (int r = 0; r < chunk.rows(); r++) {
      String label = chunkLabels.get(chunk.fold(r));
      int f = labels.indexOf(label);
      if (f < 0) {
        throw new DataException(
            "the data have a fold " + Names.quoted(label) + " that the run does not have");
      }
      rows[f]++;
      weights[f] += chunk.weight(r);
      int at = (r + 1) * chunk.width() - m;
      for (int t = 0; t < m && chunk.weight(r) > 0; t++) {
        int i = t * rows.length + f;
        double residual = chunk.values()[at + t] - predictions.get(i, r);
        sizes.get(i).add(residual);
        squares[i] += chunk.weight(r) * residual * residual;
      }
    }
  }

  /** Adds the sums of a later partition. */
  void merge(HeldOutSums other) {
    for (int f = 0; f < rows.length; f++) {
      rows[f] += other.rows[f];
      weights[f] += other.weights[f];
    }
    for (int i = 0; i < squares.length; i++) {
      squares[i] += other.squares[i];
      sizes.get(i).merge(other.sizes.get(i));
    }
    invalid.merge(other.invalid);
  }

  InvalidTally invalid() {
    return invalid;
  }

  /** The rows of fold {@code f}, of any weight. */
  public long rows(int f) {
    return rows[f];
  }

  /** The sum of weights of fold {@code f}. */
  public double weight(int f) {
    return weights[f];
  }

  /** The weighted sum of squared residuals of target {@code t} on fold {@code f}. */
  public double squares(int t, int f) {
    return squares[t * rows.length + f];
  }

  /** The residuals of target {@code t} on each fold; rows of weight 0 have none. */
  public List<ResidualSizes> sizes(int t) {
    return List.copyOf(sizes.subList(t * rows.length, (t + 1) * rows.length));
  }
}
