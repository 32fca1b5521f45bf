package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.linalg.Vec;

class FoldScoresTest {
  private static FoldScores scores(int exponent) {
    return FoldScores.of(
        List.of(
            Vec.of(Math.scalb(1.25, exponent)),
            Vec.of(Math.scalb(3.5, exponent)),
            Vec.of(Math.scalb(0.75, exponent))),
        new double[] {1, 1, 1});
  }

  /** By hand: mean 11/6, squared deviations 49/144 + 25/9 + 169/144, over 2 and 3. */
  @ParameterizedTest
  @ValueSource(ints = {-1000, -700, -333, 0, 333, 700, 1000})
  void standardErrorsOfErrorsOfEverySizeKeepTheirDigits(int exponent) {
    double expected = Math.sqrt((49 / 144.0 + 25 / 9.0 + 169 / 144.0) / 6);
    double plain = scores(0).standardError(0);
    assertEquals(expected, plain, 1e-15);
    assertEquals(Math.scalb(plain, exponent), scores(exponent).standardError(0));
  }
}
