package org.ridgeline.ml;

import java.io.Serializable;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.api.java.UDF1;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * {@code a_t + sum_j b_jt x_j}, summed in the order of the features, so that a sparse vector gives
 * the same bits as its dense twin. It travels to the executors.
 */
final class LinearPrediction implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Matrix coefficients;
  private final Vec intercepts;

  /**
   * Creates a prediction.
   *
   * @param coefficients d x m
   * @param intercepts m
   */
  LinearPrediction(Matrix coefficients, Vec intercepts) {
    this.coefficients = coefficients;
    this.intercepts = intercepts;
  }

  /** B, d x m; not to be written to. */
  Matrix coefficients() {
    return coefficients;
  }

  /** Returns the m intercepts. */
  Vec intercepts() {
    return intercepts;
  }

  /** Returns the prediction of target {@code t}. */
  double predict(Vector features, int t) {
    int d = coefficients.rows();
    Check.that(
        features.size() == d,
        "Cannot predict: the model has %d features, the vector %d",
        d,
        features.size());
    double[] b = coefficients.data();
    int from = t * d;
    double sum = 0;
    if (features instanceof SparseVector sparse) {
      int[] indices = sparse.indices();
      double[] values = sparse.values();
      for (int i = 0; i < indices.length; i++) {
        sum += b[from + indices[i]] * values[i];
      }
    } else {
      double[] values = features.toArray();
      for (int j = 0; j < d; j++) {
        sum += b[from + j] * values[j];
      }
    }
    return intercepts.get(t) + sum;
  }

  /** Returns the predictions of all targets. */
  double[] predict(Vector features) {
    double[] predictions = new double[intercepts.size()];
    for (int t = 0; t < predictions.length; t++) {
      predictions[t] = predict(features, t);
    }
    return predictions;
  }

  /** Returns the one target as a function of a row; null for null. */
  UDF1<Vector, Double> one() {
    return features -> features == null ? null : predict(features, 0);
  }

  /** Returns all targets as a function of a row; null for null. */
  UDF1<Vector, double[]> all() {
    return features -> features == null ? null : predict(features);
  }
}
