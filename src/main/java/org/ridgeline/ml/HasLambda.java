package org.ridgeline.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamValidators;

/**
 * One given lambda, in either of two conventions.
 *
 * @param <S> the stage
 */
public interface HasLambda<S> extends HasFurtherPasses<S> {
  /** Returns the penalty in the sum convention, at least 0; it wins over {@link #regParam}. */
  default DoubleParam lambda() {
    return new DoubleParam(
        this,
        "lambda",
        "the penalty, summed over rows (>= 0); wins over regParam",
        ParamValidators.gtEq(0));
  }

  /** The value of {@link #lambda}. */
  default double getLambda() {
    return (double) getOrDefault(lambda());
  }

  /** Sets {@link #lambda}. */
  default S setLambda(double value) {
    set(lambda(), value);
    return self();
  }

  /**
   * Returns the penalty as {@code LinearRegression} of Spark calls it, at least 0: {@code lambda =
   * W regParam / sd(y)}, with W the sum of weights and sd(y) the weighted population standard
   * deviation of the target.
   */
  default DoubleParam regParam() {
    return new DoubleParam(
        this,
        "regParam",
        "the penalty in the convention of Spark's LinearRegression (>= 0)",
        ParamValidators.gtEq(0));
  }

  /** The value of {@link #regParam}. */
  default double getRegParam() {
    return (double) getOrDefault(regParam());
  }

  /** Sets {@link #regParam}. */
  default S setRegParam(double value) {
    set(regParam(), value);
    return self();
  }
}
