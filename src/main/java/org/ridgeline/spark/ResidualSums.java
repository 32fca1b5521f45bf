package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;

/** Sums of squared residuals of the rows of one task: of each fold, and of all. */
final class ResidualSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> labels = new ArrayList<>();
  private final ArrayList<double[]> heldOut = new ArrayList<>();
  private final double[] training;
  private InvalidTally invalid;

  ResidualSums(int models) {
    training = new double[models];
  }

  /**
   * Adds rows of a chunk under {@code model} to {@code sums}, one matrix product for all models.
   */
  private static void add(RowChunk chunk, List<Integer> rows, PathModel model, double[] sums) {
    int p = model.width();
    Matrix centered = Matrix.zeros(p, rows.size());
    double[] values = centered.data();
    for (int i = 0; i < rows.size(); i++) {
      int from = rows.get(i) * p;
      for (int j = 0; j < p; j++) {
        values[i * p + j] = chunk.values()[from + j] * model.perUnit(j) - model.center(j);
      }
    }
    double[] residuals = Blas.transposedTimes(model.residualMap(), centered).data();
    for (int i = 0; i < rows.size(); i++) {
      double weight = chunk.weight(rows.get(i));
      for (int c = 0; c < sums.length; c++) {
        double r = residuals[i * sums.length + c];
        sums[c] += weight * r * r;
      }
    }
  }

  /** Adds the rows of {@code chunk}; {@code folds} is empty or has one model for each label. */
  void add(RowChunk chunk, List<String> chunkLabels, FoldModels models) {
    List<Integer> all = new ArrayList<>();
    List<List<Integer>> byFold = new ArrayList<>();
    for (int r = 0; r < chunk.rows(); r++) {
      all.add(r);
      while (byFold.size() <= chunk.fold(r)) {
        byFold.add(new ArrayList<>());
      }
      byFold.get(chunk.fold(r)).add(r);
    }
    add(chunk, all, models.full(), training);
    for (int f = 0; f < byFold.size() && models.hasFolds(); f++) {
      if (!byFold.get(f).isEmpty()) {
        String label = chunkLabels.get(f);
        List<Integer> rows = byFold.get(f);
        models.fold(label).ifPresent(model -> add(chunk, rows, model, sumsOf(label)));
      }
    }
  }

  private double[] sumsOf(String label) {
    int at = labels.indexOf(label);
    if (at < 0) {
      labels.add(label);
      heldOut.add(new double[training.length]);
      at = labels.size() - 1;
    }
    return heldOut.get(at);
  }

  /** Attaches what was left out. */
  ResidualSums with(InvalidTally tally) {
    invalid = tally;
    return this;
  }

  InvalidTally invalid() {
    return invalid;
  }

  /** Adds the sums of a later partition. */
  void merge(ResidualSums other) {
    invalid.merge(other.invalid);
    plus(training, other.training);
    for (int i = 0; i < other.labels.size(); i++) {
      plus(sumsOf(other.labels.get(i)), other.heldOut.get(i));
    }
  }

  private static void plus(double[] sums, double[] more) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += more[c];
    }
  }

  /** The sums of all rows, L x m. */
  Matrix training(int lambdas) {
    return Matrix.owning(lambdas, training.length / lambdas, training);
  }

  /** The sums of a fold, L x m; zeros when it has no rows. */
  Matrix heldOut(String label, int lambdas) {
    return Matrix.owning(lambdas, training.length / lambdas, sumsOf(label));
  }
}
