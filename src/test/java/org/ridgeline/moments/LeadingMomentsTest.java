package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.Rows;

class LeadingMomentsTest {
  private static final double FACTOR = Math.sqrt(7.0 / 3);
  private static final Rows ROWS =
      Rows.normal(71, 50, 7, 2).mapInput(1, x -> x + 1e8).withRandomWeights(72);

  private static Rows head(int inputs) {
    Rows head = ROWS.selectInputs(IntStream.range(0, inputs).toArray());
    for (int j = 0; j < inputs; j++) {
      head = head.mapInput(j, x -> FACTOR * x);
    }
    return head;
  }

  private static void assertClose(Moments expected, Moments actual) {
    assertEquals(expected.inputs(), actual.inputs());
    assertEquals(expected.targets(), actual.targets());
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.weightSum(), actual.weightSum());
    int p = expected.inputs() + expected.targets();
    for (int j = 0; j < p; j++) {
      double rounding = 4 * Math.ulp(expected.mean(j)); // the input was rounded after the factor
      assertEquals(expected.mean(j), actual.mean(j), rounding + 1e-15);
      for (int i = j; i < p; i++) {
        double scale = Math.sqrt(expected.scatter().get(i, i) * expected.scatter().get(j, j));
        double tolerance = i == 1 || j == 1 ? 1e-7 : 1e-14;
        assertEquals(expected.scatter().get(i, j), actual.scatter().get(i, j), tolerance * scale);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 7})
  void areThoseOfTheLeadingColumnsTimesTheFactor(int inputs) {
    assertClose(head(inputs).moments(), ROWS.moments().leading(inputs, FACTOR));
  }

  @Test
  void noInputsLeaveTheTargets() {
    Moments moments = ROWS.moments().leading(0, 2);
    assertEquals(0, moments.inputs());
    assertEquals(ROWS.moments().mean(7), moments.mean(0));
    assertEquals(ROWS.moments().scatter().get(8, 7), moments.scatter().get(1, 0));
  }

  @Test
  void allColumnsTimesOneAreTheSameBits() {
    assertEquals(ROWS.moments(), ROWS.moments().leading(7, 1));
  }

  @Test
  void aPowerOfTwoLosesNoBitOfTheMeans() {
    Moments moments = ROWS.moments().leading(3, 4);
    Moments shifted = ROWS.where(i -> i % 2 == 0).moments();
    for (int j = 0; j < 3; j++) {
      double expected = 4 * ROWS.moments().unitMeanDifference(shifted, j);
      assertEquals(expected, moments.unitMeanDifference(shifted.leading(3, 4), j), 1e-15);
    }
  }

  @Test
  void foldsAreCutOneByOne() {
    FoldedMoments folded = ROWS.folded(3, i -> i % 3);
    FoldedMoments head = folded.leading(4, FACTOR);
    for (int f = 0; f < 3; f++) {
      assertEquals(folded.label(f), head.label(f));
      assertEquals(folded.fold(f).leading(4, FACTOR), head.fold(f));
    }
    FoldedMoments expected = head(4).folded(3, i -> i % 3);
    assertClose(expected.total(), head.total());
  }

  @Test
  void badArgumentsAreRefused() {
    Moments moments = ROWS.moments();
    assertEquals(
        "Cannot take the first 8 of 7 inputs",
        assertThrows(IllegalArgumentException.class, () -> moments.leading(8, 1)).getMessage());
    assertEquals(
        "Cannot multiply inputs by 0.0: the factor must be finite and > 0",
        assertThrows(IllegalArgumentException.class, () -> moments.leading(2, 0)).getMessage());
  }
}
