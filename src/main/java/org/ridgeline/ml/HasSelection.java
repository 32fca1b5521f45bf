package org.ridgeline.ml;

import java.util.ArrayList;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.ridgeline.select.Rule;

/**
 * How lambda is chosen.
 *
 * @param <S> the stage
 */
public interface HasSelection<S> extends HasPenalty<S> {
  /**
   * Returns the rule that chooses lambda, for each target on its own: {@code cv-min} and {@code
   * cv-1se} by held-out errors, which takes folds; {@code gcv}, {@code evidence}, {@code aic},
   * {@code bic} and {@code sure} by the moments of all rows; {@code loo} by leave-one-out errors,
   * which takes another pass over the rows.
   */
  default Param<String> select() {
    ArrayList<String> rules = new ArrayList<>(); // which Kryo can copy
    for (Rule rule : Rule.values()) {
      if (rule != Rule.GIVEN) {
        rules.add(rule.label());
      }
    }
    return new Param<>(
        this,
        "select",
        "the rule that chooses lambda: " + String.join(", ", rules),
        ParamValidators.inArray(rules));
  }

  /** The value of {@link #select}. */
  default String getSelect() {
    return getOrDefault(select());
  }

  /** Sets {@link #select}. */
  default S setSelect(String value) {
    set(select(), value);
    return self();
  }

  /**
   * Returns the lambdas to choose from, in the sum convention, used exactly as given; not set: 100
   * from the spectrum of the features, extended where the best lies at an edge.
   */
  default DoubleArrayParam lambdas() {
    return new DoubleArrayParam(
        this, "lambdas", "the lambdas to choose from, sum convention; not set: automatic");
  }

  /** The value of {@link #lambdas}; empty when it is not set. */
  default double[] getLambdas() {
    return isDefined(lambdas()) ? getOrDefault(lambdas()).clone() : new double[0];
  }

  /** Sets {@link #lambdas}: at least one, each finite and at least 0. */
  default S setLambdas(double[] values) {
    set(lambdas(), values.clone());
    return self();
  }
}
