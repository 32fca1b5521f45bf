package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedMomentsTest {
  private static final int N = 90;
  private final double[][] rows = SummedRows.rows(51, N, 1e8);
  private final double[] weights = SummedRows.weights(52, N);

  private FoldedMoments folded(int k) {
    List<String> labels = new ArrayList<>();
    List<Moments> folds = new ArrayList<>();
    for (int f = 0; f < k; f++) {
      labels.add("fold " + f);
      folds.add(SummedRows.add(rows, weights, N * f / k, N * (f + 1) / k, 7));
    }
    return FoldedMoments.of(labels, folds);
  }

  @Test
  void someFoldsMergeInTheOrderGiven() {
    FoldedMoments moments = folded(4);
    Moments expected = moments.fold(3).copy();
    expected.merge(moments.fold(1));
    assertEquals(expected, moments.merged(3, 1));
    assertEquals(Moments.empty(4, 1), moments.merged());
  }

  @Test
  void theTotalIsAllRowsAndTheFoldsStayAsTheyWere() {
    FoldedMoments moments = folded(4);
    Moments first = moments.fold(0).copy();
    ExactMoments.of(rows, weights).check(moments.total(), 1e-14, "total");
    moments.merged(0, 1);
    assertEquals(first, moments.fold(0));
    assertEquals("fold 3", moments.label(3));
  }

  @Test
  void anEmptyFoldIsLegal() {
    FoldedMoments two = folded(2);
    Moments empty = Moments.empty(4, 1);
    FoldedMoments moments =
        FoldedMoments.of(List.of("a", "b", "c"), List.of(two.fold(0), empty, two.fold(1)));
    assertEquals(two.total(), moments.merged(0, 2, 1));
  }

  @Test
  void populatedFoldsHaveWeightAndAreMergedWithNeighbors() {
    FoldedMoments seven = folded(7);
    List<String> labels = new ArrayList<>(List.of("empty"));
    List<Moments> folds = new ArrayList<>(List.of(Moments.empty(4, 1)));
    for (int f = 0; f < 7; f++) {
      labels.add(seven.label(f));
      folds.add(seven.fold(f));
    }
    FoldedMoments all = FoldedMoments.of(labels, folds);
    FoldedMoments populated = all.populated(10);
    assertEquals(7, populated.folds());
    assertEquals("fold 0", populated.label(0));
    FoldedMoments three = all.populated(3);
    assertEquals(seven.merged(0, 1), three.fold(0));
    assertEquals(seven.merged(2, 3), three.fold(1));
    assertEquals(seven.merged(4, 5, 6), three.fold(2));
    assertEquals("fold 4", three.label(2));
  }

  @Test
  void labelsAndFoldsMustMatch() {
    assertEquals(
        "Cannot make folded moments of 0 labels and 0 folds: both must be equal and positive",
        assertThrows(IllegalArgumentException.class, () -> FoldedMoments.of(List.of(), List.of()))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> FoldedMoments.of(List.of("a", "b"), List.of(Moments.empty(1, 1))));
  }
}
