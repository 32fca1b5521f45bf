package org.ridgeline.ml;

import org.apache.spark.ml.param.Param;

/**
 * The vector column that a stage reads.
 *
 * @param <S> the stage
 */
public interface HasFeatures<S> extends Fluent<S> {
  /** Returns the column of features: a vector of d numbers in each row, dense or sparse. */
  default Param<String> featuresCol() {
    return new Param<>(this, "featuresCol", "the vector column of features");
  }

  /** The value of {@link #featuresCol}, by default {@code features}. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** Sets {@link #featuresCol}. */
  default S setFeaturesCol(String value) {
    set(featuresCol(), value);
    return self();
  }
}
