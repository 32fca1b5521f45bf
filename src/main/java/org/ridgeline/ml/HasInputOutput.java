package org.ridgeline.ml;

import org.apache.spark.ml.param.Param;

/**
 * The column that a map reads and the one that it adds.
 *
 * @param <S> the stage
 */
public interface HasInputOutput<S> extends Fluent<S> {
  /** Returns the vector column of d inputs. */
  default Param<String> inputCol() {
    return new Param<>(this, "inputCol", "the vector column of inputs");
  }

  /** The value of {@link #inputCol}, by default {@code features}. */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** Sets {@link #inputCol}. */
  default S setInputCol(String value) {
    set(inputCol(), value);
    return self();
  }

  /** Returns the vector column of D mapped features. */
  default Param<String> outputCol() {
    return new Param<>(this, "outputCol", "the vector column of mapped features");
  }

  /** The value of {@link #outputCol}, by default the uid with {@code __output}. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** Sets {@link #outputCol}. */
  default S setOutputCol(String value) {
    set(outputCol(), value);
    return self();
  }
}
