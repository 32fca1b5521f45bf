package org.ridgeline.ml;

import org.apache.spark.ml.param.Param;

/**
 * The columns of a regression: features, label, weight and prediction.
 *
 * @param <S> the stage
 */
public interface HasColumns<S> extends HasFeatures<S> {
  /** Returns the label: a number, or an array or vector of m numbers for m targets in one model. */
  default Param<String> labelCol() {
    return new Param<>(
        this, "labelCol", "the label: a number, or an array or vector with one number per target");
  }

  /** The value of {@link #labelCol}, by default {@code label}. */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** Sets {@link #labelCol}. */
  default S setLabelCol(String value) {
    set(labelCol(), value);
    return self();
  }

  /** Returns the weight of a row, finite and at least 0; not set or empty: every row weighs 1. */
  default Param<String> weightCol() {
    return new Param<>(this, "weightCol", "the weight of a row; not set: every row weighs 1");
  }

  /** The value of {@link #weightCol}; empty when it is not set. */
  default String getWeightCol() {
    return isDefined(weightCol()) ? getOrDefault(weightCol()) : "";
  }

  /** Sets {@link #weightCol}. */
  default S setWeightCol(String value) {
    set(weightCol(), value);
    return self();
  }

  /**
   * Returns where predictions go: a double, or an array of m doubles when the label is no plain
   * number.
   */
  default Param<String> predictionCol() {
    return new Param<>(this, "predictionCol", "the column of predictions");
  }

  /** The value of {@link #predictionCol}, by default {@code prediction}. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** Sets {@link #predictionCol}. */
  default S setPredictionCol(String value) {
    set(predictionCol(), value);
    return self();
  }
}
