package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;

class LambdaConventionTest {
  private static final double W = 50;
  private static final double SD = 4;

  @Test
  void everyConventionIsItsFormula() {
    assertEquals(3, LambdaConvention.SUM.toSum(3, W, SD));
    assertEquals(3 * W, LambdaConvention.MEAN.toSum(3, W, SD));
    assertEquals(3 * W / SD, LambdaConvention.SPARK.toSum(3, W, SD));
    assertEquals(3 * W / SD, LambdaConvention.GLMNET.toSum(3, W, SD));
    assertEquals(3, LambdaConvention.LM_RIDGE.toSum(3, W, SD));
  }

  @ParameterizedTest
  @EnumSource
  void conversionAndNameGoBothWays(LambdaConvention convention) {
    assertEquals(7, convention.fromSum(convention.toSum(7, W, SD), W, SD), 1e-15);
    assertEquals(0, convention.toSum(0, W, SD));
    assertEquals(convention, LambdaConvention.of(convention.label()));
  }

  /**
   * Spark's own rows and glmnet's answers without standardization, as quoted in Spark's
   * WeightedLeastSquaresSuite (Apache-2.0). glmnet iterates to about five digits, and Spark
   * compares with 1e-4.
   */
  @Test
  void glmnetsPublishedCoefficientsAreReached() {
    Rows rows =
        Rows.of(new double[][] {{0, 5}, {1, 7}, {2, 11}, {3, 13}}, 17, 19, 23, 29)
            .withWeights(1, 2, 3, 4);
    double mean = (17 + 2 * 19 + 3 * 23 + 4 * 29) / 10.0;
    double squares = 0;
    for (int i = 0; i < 4; i++) {
      squares += (i + 1) * Math.pow(rows.y(i, 0) - mean, 2);
    }
    double sd = Math.sqrt(squares / 10);
    RidgeSpec unscaled = RidgeSpec.standard().with(Scaling.NONE);
    ExactRidge weak = ExactRidge.fit(rows, unscaled, LambdaConvention.GLMNET.toSum(0.1, 10, sd));
    assertEquals(13.5356178, weak.intercept(0), 1e-4);
    assertEquals(3.2714044, weak.coefficient(0, 0), 1e-4);
    assertEquals(0.3770744, weak.coefficient(1, 0), 1e-4);
    ExactRidge strong = ExactRidge.fit(rows, unscaled, LambdaConvention.SPARK.toSum(1, 10, sd));
    assertEquals(10.1238013, strong.intercept(0), 1e-4);
    assertEquals(0.9708569, strong.coefficient(0, 0), 1e-4);
    assertEquals(1.1475466, strong.coefficient(1, 0), 1e-4);
  }

  @Test
  void whatCannotBeConvertedIsRefused() {
    assertEquals(
        "Cannot convert lambda: weight sum 50.0 and target sd 0.0 must be positive",
        refusal(() -> LambdaConvention.SPARK.toSum(1, W, 0)));
    assertEquals(
        "Cannot convert lambda: weight sum 0.0 and target sd 4.0 must be positive",
        refusal(() -> LambdaConvention.SUM.toSum(1, 0, SD)));
    assertEquals(
        "Cannot read lambda convention 'sklearn': it must be one of sum, mean, spark, glmnet,"
            + " lm.ridge",
        refusal(() -> LambdaConvention.of("sklearn")));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  @Test
  void allConventionsAreThoseDefinedForTheTarget() {
    Map<String, Double> expected = new LinkedHashMap<>();
    expected.put("sum", 30.0);
    expected.put("mean", 3.0);
    expected.put("spark", 1.5);
    expected.put("glmnet", 1.5);
    expected.put("lm.ridge", 30.0);
    Map<String, Double> all = LambdaConvention.all(30, 10, 0.5);
    assertEquals(Set.of("sum", "mean", "lm.ridge"), LambdaConvention.all(30, 10, 0).keySet());
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(all.keySet()));
    assertEquals(expected, all);
  }
}
