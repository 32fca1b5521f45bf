package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MomentsSliceTest {
  private static Moments random(long seed, int rows, double offset) {
    SplittableRandom random = new SplittableRandom(seed);
    MomentsAccumulator sum = new MomentsAccumulator(6, 2);
    RowBlock block = new RowBlock(Math.max(1, rows), 8);
    for (int r = 0; r < rows; r++) {
      double[] row = random.doubles(8).map(x -> x + offset).toArray();
      block.append(row, random.nextDouble());
    }
    sum.addInPlace(block);
    return sum.snapshot();
  }

  private static List<MomentsSlice> cut(Moments moments, int doubles) {
    List<MomentsSlice> slices = new ArrayList<>();
    for (int i = 0; i < MomentsSlice.count(8, doubles); i++) {
      slices.add(MomentsSlice.of(moments, i, doubles));
    }
    return slices;
  }

  @Test
  void slicesMergeToTheBitsOfWholeMoments() {
    for (int doubles : new int[] {1, 9, 20, 1000}) {
      Moments whole = Moments.empty(6, 2);
      List<MomentsSlice> merged = cut(whole, doubles);
      for (int part = 0; part < 5; part++) {
        Moments next = random(part, part == 2 ? 0 : 10, 1e6 * part);
        whole.merge(next);
        List<MomentsSlice> slices = cut(next, doubles);
        for (int i = 0; i < merged.size(); i++) {
          merged.get(i).merge(slices.get(i));
        }
      }
      assertEquals(whole, MomentsSlice.join(merged));
    }
  }

  @Test
  void aWholeIsOneSlice() {
    Moments moments = random(1, 5, 0);
    assertEquals(moments, MomentsSlice.join(List.of(MomentsSlice.owning(moments))));
    assertEquals(1, MomentsSlice.count(8, 36));
    assertEquals(8, MomentsSlice.count(8, 1));
  }

  @Test
  void slicesOfOtherColumnsDoNotMerge() {
    List<MomentsSlice> slices = cut(random(1, 5, 0), 9);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> slices.get(0).merge(slices.get(1)));
    assertEquals(
        "Cannot merge slices: expected columns 0 to 2 of 8, got 2 to 4 of 8", refused.getMessage());
  }

  @Test
  void missingSlicesAreNoticed() {
    List<MomentsSlice> slices = cut(random(1, 5, 0), 9);
    assertEquals(
        "Cannot join slices: columns 2 to 8 are missing",
        assertThrows(IllegalArgumentException.class, () -> MomentsSlice.join(slices.subList(0, 1)))
            .getMessage());
    assertEquals(
        "Cannot join slices: expected columns from 0 on of 5 rows, got from 2 of 5 rows",
        assertThrows(IllegalArgumentException.class, () -> MomentsSlice.join(slices.subList(1, 3)))
            .getMessage());
  }
}
