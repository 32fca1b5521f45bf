package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.Rows;
import org.ridgeline.moments.MomentsSubtraction.EmptyFolds;

class MomentsSubtractionTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "y", "z");
  private static final Rows ROWS =
      Rows.normal(31, 400, 4, 2).mapInput(2, x -> 1e6 + x).withRandomWeights(32);

  private static FoldedMoments one(Moments moments) {
    return FoldedMoments.of(List.of("0"), List.of(moments));
  }

  private static MomentsSubtraction.Remainder minus(Moments whole, Moments part) {
    return MomentsSubtraction.of(one(whole), one(part), NAMES, EmptyFolds.KEPT);
  }

  private static String refusal(Moments whole, Moments part) {
    return assertThrows(IllegalArgumentException.class, () -> minus(whole, part)).getMessage();
  }

  private static void assertClose(Moments expected, Moments actual, double tolerance) {
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.weightSum(), actual.weightSum(), tolerance * expected.weightSum());
    for (int j = 0; j < NAMES.size(); j++) {
      double sd = Math.sqrt(expected.scatter().get(j, j) / expected.weightSum());
      assertEquals(0, expected.unitMeanDifference(actual, j), tolerance * sd);
      for (int i = j; i < NAMES.size(); i++) {
        double scale = Math.sqrt(expected.scatter().get(i, i) * expected.scatter().get(j, j));
        assertEquals(expected.scatter().get(i, j), actual.scatter().get(i, j), tolerance * scale);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200, 360})
  void whatWasMergedCanBeTakenAway(int taken) {
    Moments kept = ROWS.where(i -> i >= taken).moments();
    Moments gone = ROWS.where(i -> i < taken).moments();
    Moments whole = kept.copy();
    whole.merge(gone);
    MomentsSubtraction.Remainder rest = minus(whole, gone);
    assertClose(kept, rest.moments().fold(0), 1e-12);
    assertTrue(rest.digitsLost() < 2, "lost " + rest.digitsLost());
  }

  @Test
  void remainderIsThatOfTheRowsThemselves() {
    Moments rest = minus(ROWS.moments(), ROWS.where(i -> i % 3 == 0).moments()).moments().fold(0);
    assertClose(ROWS.where(i -> i % 3 != 0).moments(), rest, 1e-12);
  }

  @Test
  void digitsLostAreThoseOfTheColumnThatShrinksMost() {
    Rows far = ROWS.mapInput(1, x -> 1e3 * x);
    Moments near = ROWS.where(i -> i < 200).moments();
    Moments whole = near.copy();
    whole.merge(far.where(i -> i >= 200).moments());
    double expected = Math.log10(whole.scatter().get(1, 1) / near.scatter().get(1, 1));
    double lost = minus(whole, far.where(i -> i >= 200).moments()).digitsLost();
    assertEquals(expected, lost, 1e-6);
    assertEquals(6, lost, 0.3);
  }

  @Test
  void tooManyLostDigitsAreRefused() {
    Rows far = ROWS.mapInput(1, x -> 1e6 * x);
    Moments whole = ROWS.where(i -> i < 200).moments();
    whole.merge(far.where(i -> i >= 200).moments());
    assertEquals(
        "Cannot subtract: column \"b\" of fold '0' would lose 12 of its 16 digits, and 8 are the"
            + " most; merge the moments that remain instead",
        refusal(whole, far.where(i -> i >= 200).moments()));
  }

  @Test
  void rowsThatWereNeverThereAreRefused() {
    Moments whole = ROWS.where(i -> i < 200).moments();
    Moments others = ROWS.where(i -> i >= 200).moments();
    String more = refusal(whole, ROWS.moments());
    assertTrue(
        more.startsWith("Cannot subtract: fold '0' has 200 rows of weight ")
            && more.contains(", fewer than the 400 of weight "),
        more);
    Moments wider = ROWS.mapInput(0, x -> 3 * x).where(i -> i < 150).moments();
    String negative = refusal(whole, wider);
    assertTrue(
        negative.startsWith(
            "Cannot subtract: column \"a\" of fold '0' would have a negative sum of squares (-"),
        negative);
    assertTrue(refusal(whole, others).startsWith("Cannot subtract: "), "as many rows as there are");
    assertEquals(
        "Cannot subtract moments: expected 4 inputs and 2 targets, got 1 and 1",
        refusal(whole, Moments.empty(1, 1)));
  }

  @Test
  void correlationsAboveOneAreRefusedWithTheColumn() {
    Moments whole = ROWS.where(i -> i < 200).moments();
    Moments half = ROWS.where(i -> i < 100).moments();
    double[] s = half.scatter().packed();
    s[half.scatter().offset(1) + 4] = -s[half.scatter().offset(1) + 4] * 20; // of b and z
    assertEquals(
        "Cannot subtract: column \"z\" of fold '0' would be correlated with those before it by more"
            + " than 1: the rows to be taken away are not among the others",
        refusal(whole, half));
  }

  @Test
  void constantColumnsStayConstant() {
    Rows rows = ROWS.mapInput(0, x -> 0.1);
    Moments rest = minus(rows.moments(), rows.where(i -> i < 50).moments()).moments().fold(0);
    assertEquals(0.0, rest.scatter().get(0, 0), 1e-25);
  }

  @Test
  void foldsAreFoundByTheirLabel() {
    Moments first = ROWS.where(i -> i < 100).moments();
    Moments second = ROWS.where(i -> i >= 100 && i < 250).moments();
    Moments third = ROWS.where(i -> i >= 250).moments();
    FoldedMoments whole = FoldedMoments.of(List.of("mon", "tue"), List.of(first, second));
    FoldedMoments more = FoldedMoments.of(List.of("tue", "wed"), List.of(third, third));
    FoldedMoments week = whole.plus(more, Comparator.reverseOrder());
    assertEquals(
        List.of("wed", "tue", "mon"), List.of(week.label(0), week.label(1), week.label(2)));
    assertEquals(300, week.fold(1).rows());
    assertEquals(first, week.fold(2));
    assertEquals(third, week.fold(0));
    FoldedMoments monday = FoldedMoments.of(List.of("mon"), List.of(first));
    FoldedMoments dropped =
        MomentsSubtraction.of(week, monday, NAMES, EmptyFolds.DROPPED).moments();
    assertEquals(2, dropped.folds());
    FoldedMoments kept = MomentsSubtraction.of(week, monday, NAMES, EmptyFolds.KEPT).moments();
    assertEquals(Moments.empty(4, 2), kept.fold(2));
    assertEquals(
        "Cannot subtract: there is no fold 'wed' to take rows from",
        assertThrows(
                IllegalArgumentException.class,
                () -> MomentsSubtraction.of(whole, more, NAMES, EmptyFolds.KEPT))
            .getMessage());
    assertEquals(
        "Cannot subtract: no rows of positive weight would remain",
        assertThrows(
                IllegalArgumentException.class,
                () -> MomentsSubtraction.of(whole, whole, NAMES, EmptyFolds.KEPT))
            .getMessage());
  }
}
