package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10, 90})
  void trainingsEqualTrainingOfBitByBitAndTheOtherRowsToRounding(int k) {
    FoldedMoments moments = folded(k);
    Iterator<Moments> trainings = moments.trainings();
    for (int f = 0; f < k; f++) {
      Moments training = trainings.next();
      assertEquals(moments.trainingOf(f), training);
      if (k > 1) {
        others(k, f).check(training, 1e-14, "without fold " + f + " of " + k);
      }
    }
    assertFalse(trainings.hasNext());
    assertEquals(
        "There are only " + k + " folds",
        assertThrows(NoSuchElementException.class, trainings::next).getMessage());
  }

  private ExactMoments others(int k, int f) {
    List<double[]> kept = new ArrayList<>();
    List<Double> keptWeights = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      if (i < N * f / k || i >= N * (f + 1) / k) {
        kept.add(rows[i]);
        keptWeights.add(weights[i]);
      }
    }
    return ExactMoments.of(
        kept.toArray(new double[0][]), keptWeights.stream().mapToDouble(w -> w).toArray());
  }

  @Test
  void theTotalIsAllRowsAndTheFoldsStayAsTheyWere() {
    FoldedMoments moments = folded(4);
    Moments first = moments.fold(0).copy();
    ExactMoments.of(rows, weights).check(moments.total(), 1e-14, "total");
    moments.trainingOf(1);
    assertEquals(first, moments.fold(0));
    assertEquals("fold 3", moments.label(3));
  }

  @Test
  void anEmptyFoldIsLegal() {
    FoldedMoments two = folded(2);
    Moments empty = Moments.empty(4, 1);
    FoldedMoments moments =
        FoldedMoments.of(List.of("a", "b", "c"), List.of(two.fold(0), empty, two.fold(1)));
    assertEquals(two.total(), moments.trainingOf(1));
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
