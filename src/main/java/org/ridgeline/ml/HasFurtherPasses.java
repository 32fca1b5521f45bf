package org.ridgeline.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;

/**
 * Passes over the rows besides the first.
 *
 * @param <S> the stage
 */
public interface HasFurtherPasses<S> extends HasPenaltyFactors<S> {
  /** Whether a second pass takes all errors from the rows instead of the moments. */
  default BooleanParam exactResiduals() {
    return new BooleanParam(
        this, "exactResiduals", "whether a second pass takes the errors from the rows");
  }

  /** The value of {@link #exactResiduals}, by default false. */
  default boolean getExactResiduals() {
    return (boolean) getOrDefault(exactResiduals());
  }

  /** Sets {@link #exactResiduals}. */
  default S setExactResiduals(boolean value) {
    set(exactResiduals(), value);
    return self();
  }

  /**
   * Returns the number of passes of iterative refinement, which sharpen the digits of the chosen
   * model.
   */
  default IntParam refinements() {
    return new IntParam(
        this,
        "refinements",
        "passes that sharpen the digits of the chosen model",
        ParamValidators.gtEq(0));
  }

  /** The value of {@link #refinements}, by default 0. */
  default int getRefinements() {
    return (int) getOrDefault(refinements());
  }

  /** Sets {@link #refinements}. */
  default S setRefinements(int value) {
    set(refinements(), value);
    return self();
  }
}
