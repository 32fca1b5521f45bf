package org.ridgeline.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * What lambda multiplies besides the squares of the coefficients.
 *
 * @param <S> the stage
 */
public interface HasPenaltyFactors<S> extends HasSelection<S> {
  /**
   * Factors of the penalty by feature name or glob, each {@code GLOB=FACTOR}; 0 leaves a feature
   * unpenalized, and where several match, the last counts. Others have 1.
   */
  default StringArrayParam penalty() {
    return new StringArrayParam(
        this, "penalty", "factors of the penalty by feature name, each GLOB=FACTOR");
  }

  /** The value of {@link #penalty}; by default empty. */
  default String[] getPenalty() {
    return getOrDefault(penalty()).clone();
  }

  /** Sets {@link #penalty}. */
  default S setPenalty(String[] value) {
    set(penalty(), value.clone());
    return self();
  }

  /**
   * Returns the directory of an earlier run with its moments, whose posterior is the prior: at
   * lambda = 1 its rows count in full. Features are matched by name.
   */
  default Param<String> prior() {
    return new Param<>(
        this, "prior", "the directory of an earlier run whose posterior is the prior");
  }

  /** The value of {@link #prior}; by default empty. */
  default String getPrior() {
    return getOrDefault(prior());
  }

  /** Sets {@link #prior}. */
  default S setPrior(String value) {
    set(prior(), value);
    return self();
  }
}
