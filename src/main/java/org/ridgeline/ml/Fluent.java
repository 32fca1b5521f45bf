package org.ridgeline.ml;

import org.apache.spark.ml.param.Params;

/**
 * Parameters whose setters return the stage itself.
 *
 * @param <S> the stage
 */
interface Fluent<S> extends Params {
  /** Returns the stage. */
  @SuppressWarnings("unchecked") // every stage names itself as S
  default S self() {
    return (S) this;
  }
}
