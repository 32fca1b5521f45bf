package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.Rows;

class ColumnUnitsTest {
  private static final Rows ROWS =
      Rows.normal(71, 300, 3, 1).mapInput(0, x -> x + 3).withRandomWeights(72);

  private static Rows scaled(int k) {
    return ROWS.mapInput(1, x -> Math.scalb(x, k));
  }

  /** Sums of a column multiplied by a power of two are those of the column, times that power. */
  private static void assertScaled(Moments plain, Moments scaled, int k) {
    int left = k - 510 * scaled.units().level(1);
    assertEquals(Math.scalb(plain.mean(1), k), scaled.mean(1), 0);
    assertEquals(plain.mean(0), scaled.mean(0), 0);
    for (int i = 0; i < 4; i++) {
      int shift = i == 1 ? 2 * left : left;
      double expected = Math.scalb(plain.scatter().get(i, 1), shift);
      assertEquals(expected, scaled.scatter().get(i, 1), 0, "element " + i);
      if (plain.factor().isPresent()) {
        double element = plain.factor().get().get(Math.min(i, 1), 1);
        assertEquals(Math.scalb(element, left), scaled.factor().get().get(Math.min(i, 1), 1), 0);
      }
    }
    assertEquals(plain.scatter().get(3, 0), scaled.scatter().get(3, 0), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {-990, -900, -500, -300, -200, 200, 300, 500, 900, 990})
  void powersOfTwoChangeNoBits(int k) {
    List<Function<Rows, Moments>> ways =
        List.of(
            rows -> rows.moments(7),
            Rows::factoredMoments,
            rows -> rows.selectInputs(0, 1, 2).gatheredMoments(1000));
    for (Function<Rows, Moments> way : ways) {
      assertScaled(way.apply(ROWS), way.apply(scaled(k)), k);
    }
    assertEquals(Math.abs(k) < 250, scaled(k).moments().units().isPlain());
  }

  @ParameterizedTest
  @ValueSource(ints = {-990, -500, 500, 990})
  void partsOfOtherUnitsMergeToTheBitsOfOneUnit(int k) {
    Rows tail = ROWS.where(i -> i >= 100).mapInput(1, x -> Math.scalb(x, k));
    Rows head = ROWS.where(i -> i < 100).mapInput(1, x -> 0);
    Moments zeros = head.moments();
    assertTrue(zeros.units().isZero(1));
    assertFalse(zeros.units().isZero(0));
    Moments expected = head.moments();
    expected.merge(ROWS.where(i -> i >= 100).moments());
    Moments merged = head.moments();
    merged.merge(tail.moments());
    assertScaled(expected, merged, k);
    Moments reversed = tail.moments();
    reversed.merge(head.moments());
    Moments plain = ROWS.where(i -> i >= 100).moments();
    plain.merge(head.moments());
    assertScaled(plain, reversed, k);
  }

  @Test
  void theLargerUnitWinsInAnyOrder() {
    Rows tiny = ROWS.mapInput(1, x -> x * 1e-300);
    Rows huge = ROWS.mapInput(1, x -> x * 1e300);
    for (boolean factored : new boolean[] {false, true}) {
      List<Moments> parts = new ArrayList<>();
      for (Rows rows : List.of(tiny, ROWS, huge)) {
        parts.add(factored ? rows.factoredMoments() : rows.moments());
      }
      Moments up = Moments.empty(3, 1);
      Moments down = Moments.empty(3, 1);
      for (int i = 0; i < 3; i++) {
        up.merge(parts.get(i));
        down.merge(parts.get(2 - i));
      }
      assertEquals(0x1p1020, up.units().unit(1));
      assertEquals(up.units(), down.units());
      double square = up.scatter().get(1, 1);
      assertEquals(square, down.scatter().get(1, 1), 1e-14 * square);
      assertEquals(up.mean(1), down.mean(1), 1e-14 * Math.abs(up.mean(1)));
    }
  }

  /** A unit may grow while rows come. */
  @Test
  void growingValuesAreBroughtToTheFinalUnit() {
    double[][] x = new double[40][1];
    double[] y = new double[40];
    for (int i = 0; i < 40; i++) {
      x[i][0] = Math.scalb(1 + ROWS.x(i, 0), 50 * (i - 20));
      y[i] = ROWS.x(i, 2);
    }
    Rows growing = Rows.of(x, y);
    Moments steps = growing.moments(1);
    Moments whole = growing.moments(40);
    assertEquals(0x1p1020, steps.units().unit(0));
    assertEquals(whole.units(), steps.units());
    assertEquals(whole.mean(0), steps.mean(0), 1e-15 * Math.abs(whole.mean(0)));
    double square = whole.scatter().get(0, 0);
    assertEquals(square, steps.scatter().get(0, 0), 1e-14 * square);
  }

  @Test
  void slicesOfOtherUnitsMergeToTheBitsOfWholeMoments() {
    for (int doubles : new int[] {1, 5, 1000}) {
      Moments whole = Moments.empty(3, 1);
      List<MomentsSlice> merged = cut(whole, doubles);
      for (int k : new int[] {-990, 0, -500, 800}) {
        Moments next = scaled(k).moments();
        whole.merge(next);
        List<MomentsSlice> slices = cut(next.copy(), doubles);
        for (int i = 0; i < merged.size(); i++) {
          merged.get(i).merge(slices.get(i));
        }
      }
      Moments joined = MomentsSlice.join(merged);
      assertEquals(whole, joined);
      assertEquals(0x1p1020, joined.units().unit(1));
    }
  }

  private static List<MomentsSlice> cut(Moments moments, int doubles) {
    List<MomentsSlice> slices = new ArrayList<>();
    for (int i = 0; i < MomentsSlice.count(4, doubles); i++) {
      slices.add(MomentsSlice.of(moments, i, doubles));
    }
    return slices;
  }

  @Test
  void theLargestDoublesDoNotOverflow() {
    Rows signs = ROWS.mapInput(1, x -> Math.copySign(Double.MAX_VALUE, x));
    Rows ones = ROWS.mapInput(1, x -> Math.copySign(Double.MAX_VALUE * 0x1p-1020, x));
    assertEquals(ones.moments().scatter().get(1, 1), signs.moments().scatter().get(1, 1), 0);
    assertEquals(ones.moments().mean(1) * 0x1p1020, signs.moments().mean(1), 0);
    ColumnSpread spread = ColumnSpread.empty(1);
    spread.add(2, new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}, 1, new double[] {1, 1});
    assertEquals(0, spread.mean(0));
    assertEquals(Double.MAX_VALUE, spread.deviation(0, 2), 0);
  }

  @Test
  void rowsOfWeightZeroChooseNoUnit() {
    double[] weights = new double[300];
    java.util.Arrays.fill(weights, 1);
    weights[7] = 0;
    Rows rows = ROWS.withWeights(weights);
    double far = rows.x(7, 1);
    Moments moments = rows.mapInput(1, x -> x == far ? 1e300 : x).moments();
    assertTrue(moments.units().isPlain());
    assertEquals(rows.moments(), moments);
  }

  @Test
  void targetsHaveUnitOne() {
    Moments moments = ROWS.mapTargets(y -> 1e-100 * y).moments();
    assertTrue(moments.units().isPlain());
    Moments swapped =
        ROWS.mapInput(1, x -> 1e-100 * x).moments().selected(new int[] {0, 2, 3, 1}, 3);
    assertTrue(swapped.units().isPlain());
    double square = ROWS.moments().scatter().get(1, 1) * 1e-200;
    assertEquals(square, swapped.scatter().get(3, 3), 1e-14 * square);
  }

  @Test
  void subtractionTakesAwayWhatWasMergedInAnotherUnit() {
    Moments kept = scaled(990).where(i -> i < 200).moments();
    Moments gone = ROWS.where(i -> i >= 200).moments();
    Moments whole = kept.copy();
    whole.merge(gone);
    FoldedMoments rest =
        MomentsSubtraction.of(
                FoldedMoments.of(List.of("0"), List.of(whole)),
                FoldedMoments.of(List.of("0"), List.of(gone)),
                List.of("a", "b", "c", "y"),
                MomentsSubtraction.EmptyFolds.KEPT)
            .moments();
    double square = kept.scatter().get(1, 1);
    assertEquals(square, rest.fold(0).scatter().get(1, 1), 1e-12 * square);
    assertEquals(kept.mean(1), rest.fold(0).mean(1), 1e-12 * Math.abs(kept.mean(1)));
  }

  @Test
  void foldsShareTheirUnitsAndTheFileKeepsThem() throws IOException {
    FoldedMoments folded =
        FoldedMoments.of(
            List.of("a", "b", "c"),
            List.of(
                scaled(-900).where(i -> i < 100).factoredMoments(),
                ROWS.mapInput(1, x -> 0).where(i -> i % 2 == 0).factoredMoments(),
                scaled(-500).where(i -> i > 200).factoredMoments()));
    for (int f = 0; f < 3; f++) {
      assertEquals(0x1p-510, folded.fold(f).units().unit(1));
    }
    byte[] bytes = written(folded);
    assertEquals(MomentsFile.bytes(folded), bytes.length);
    assertEquals(2, bytes[8]);
    FoldedMoments back = MomentsFile.read(new ByteArrayInputStream(bytes), bytes.length);
    for (int f = 0; f < 3; f++) {
      assertEquals(folded.fold(f), back.fold(f));
      assertEquals(folded.fold(f).factor(), back.fold(f).factor());
    }
    assertEquals(
        1, written(FoldedMoments.of(List.of("a"), List.of(ROWS.moments())))[8], "ordinary columns");
  }

  @Test
  void everyFlipInTheUnitsIsNoticed() throws IOException {
    FoldedMoments folded = FoldedMoments.of(List.of("a"), List.of(scaled(-900).moments()));
    byte[] sound = written(folded);
    int from = 8 + 5 * 4 + 4 + 1 + 4 + 8;
    for (int bit = 8 * from; bit < 8 * (from + 4 + 8); bit++) {
      byte[] flipped = sound.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String message =
          org.junit.jupiter.api.Assertions.assertThrows(
                  IllegalArgumentException.class,
                  () -> MomentsFile.read(new ByteArrayInputStream(flipped), flipped.length))
              .getMessage();
      assertTrue(
          message.startsWith("Cannot use the moments: the table of units is damaged"), message);
    }
  }

  private static byte[] written(FoldedMoments moments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MomentsFile.write(moments, out);
    return out.toByteArray();
  }
}
