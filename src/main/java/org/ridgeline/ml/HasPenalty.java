package org.ridgeline.ml;

import org.apache.spark.ml.param.BooleanParam;

/**
 * What a ridge regression fits: {@code sum_i w_i (y_i - a - x_i'b)^2 + lambda sum_j (s_j b_j)^2}.
 *
 * @param <S> the stage
 */
public interface HasPenalty<S> extends HasColumns<S> {
  /** Whether there is an intercept a; it is never penalized. */
  default BooleanParam fitIntercept() {
    return new BooleanParam(this, "fitIntercept", "whether to fit an intercept, never penalized");
  }

  /** The value of {@link #fitIntercept}, by default true. */
  default boolean getFitIntercept() {
    return (boolean) getOrDefault(fitIntercept());
  }

  /** Sets {@link #fitIntercept}. */
  default S setFitIntercept(boolean value) {
    set(fitIntercept(), value);
    return self();
  }

  /**
   * Whether s_j is the weighted population standard deviation of feature j; else it is 1. After a
   * random-features map it belongs to false: the sizes of mapped features are part of the kernel.
   * Coefficients are in the units of the data either way.
   */
  default BooleanParam standardization() {
    return new BooleanParam(
        this, "standardization", "whether the penalty applies to standardized coefficients");
  }

  /** The value of {@link #standardization}, by default true. */
  default boolean getStandardization() {
    return (boolean) getOrDefault(standardization());
  }

  /** Sets {@link #standardization}. */
  default S setStandardization(boolean value) {
    set(standardization(), value);
    return self();
  }
}
