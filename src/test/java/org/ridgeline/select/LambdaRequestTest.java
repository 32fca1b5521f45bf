package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.LambdaConvention;

class LambdaRequestTest {
  @Test
  void logSpacingKeepsItsEndsExactlyAndItsRatio() {
    Vec values = LambdaRequest.logSpaced(1e-3, 1e5, 9);
    assertEquals(1e-3, values.get(0));
    assertEquals(1e5, values.get(8));
    for (int i = 1; i < 9; i++) {
      assertEquals(10, values.get(i) / values.get(i - 1), 1e-12);
    }
    assertEquals(Vec.of(7), LambdaRequest.logSpaced(7, 9, 1));
    assertEquals(100, LambdaRequest.logSpaced(100, 1, 3).get(0));
    assertEquals(10, LambdaRequest.logSpaced(100, 1, 3).get(1), 1e-13);
  }

  @Test
  void logSpacingOfNothingOrZeroIsRefused() {
    assertEquals(
        "Cannot space lambdas logarithmically from 0.0 to 1.0: both must be positive and finite",
        refusal(() -> LambdaRequest.logSpaced(0, 1, 3)));
    assertEquals(
        "Cannot space 0 lambdas: at least 1 is needed",
        refusal(() -> LambdaRequest.logSpaced(1, 2, 0)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void lambdasThatMeanNothingAreRefused(double lambda) {
    assertEquals(
        "Cannot fit: lambda must be finite and >= 0, was " + lambda,
        refusal(() -> LambdaRequest.of(LambdaConvention.SUM, 1, lambda)));
  }

  @Test
  void anEmptyListIsRefused() {
    assertEquals(
        "Cannot fit: the list of lambdas is empty",
        refusal(() -> LambdaRequest.of(LambdaConvention.SUM)));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
