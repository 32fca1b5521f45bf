package org.ridgeline.ridge;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ridgeline.base.Check;
import org.ridgeline.base.UsageException;

/**
 * What other programs call lambda, in terms of ours: {@code RSS_w + lambda sum_j (s_j b_j)^2} with
 * sums over rows.
 *
 * <p>W is the sum of weights, sd the population standard deviation (weighted, divisor W) of the
 * target. Sources: scikit-learn 1.2 Ridge; R MASS 7.3 lm.ridge; R glmnet 4.1 (alpha = 0); Spark 4.1
 * WeightedLeastSquares; checked against each of them.
 */
public enum LambdaConvention {
  /** Ours, scikit-learn's {@code Ridge(alpha)}. */
  SUM("sum", false, false),
  /** Mean square error plus {@code lambda |b|^2}; H2O's {@code lambda} at {@code alpha = 0}. */
  MEAN("mean", true, false),
  /** Spark MLlib's {@code regParam}, with or without {@code standardization}. */
  SPARK("spark", true, true),
  /** glmnet's {@code lambda} at {@code alpha = 0}. */
  GLMNET("glmnet", true, true),
  /** {@code MASS::lm.ridge}'s {@code lambda} (population standardization). */
  LM_RIDGE("lm.ridge", false, false);

  private final String label;
  private final boolean perRow;
  private final boolean perTargetSd;

  LambdaConvention(String label, boolean perRow, boolean perTargetSd) {
    this.label = label;
    this.perRow = perRow;
    this.perTargetSd = perTargetSd;
  }

  /** The name used in options and reports. */
  public String label() {
    return label;
  }

  /**
   * Returns the convention of this name.
   *
   * @throws IllegalArgumentException when there is none, naming those there are
   */
  public static LambdaConvention of(String label) {
    for (LambdaConvention convention : values()) {
      if (convention.label.equals(label.toLowerCase(Locale.ROOT))) {
        return convention;
      }
    }
    throw new UsageException(
        "Cannot read lambda convention '"
            + label
            + "': it must be one of sum, mean, spark, glmnet, lm.ridge");
  }

  /**
   * Returns the sum-convention lambda of {@code value}.
   *
   * @param weightSum W
   * @param targetSd population standard deviation of the target
   */
  public double toSum(double value, double weightSum, double targetSd) {
    return value * factor(weightSum, targetSd);
  }

  /**
   * Returns what each convention that is defined for such a target calls the sum-convention {@code
   * lambda}, by label.
   */
  public static Map<String, Double> all(double lambda, double weightSum, double targetSd) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (LambdaConvention convention : values()) {
      if (convention.isDefinedFor(targetSd)) {
        all.put(convention.label, convention.fromSum(lambda, weightSum, targetSd));
      }
    }
    return all;
  }

  /** Whether this convention is defined for such a target: some divide by its deviation. */
  public boolean isDefinedFor(double targetSd) {
    return !perTargetSd || targetSd > 0;
  }

  /** Returns what this convention calls the sum-convention {@code lambda}. */
  public double fromSum(double lambda, double weightSum, double targetSd) {
    return lambda / factor(weightSum, targetSd);
  }

  private double factor(double weightSum, double targetSd) {
    Check.that(
        weightSum > 0 && (!perTargetSd || targetSd > 0),
        "Cannot convert lambda: weight sum %s and target sd %s must be positive",
        weightSum,
        targetSd);
    return (perRow ? weightSum : 1) / (perTargetSd ? targetSd : 1);
  }
}
