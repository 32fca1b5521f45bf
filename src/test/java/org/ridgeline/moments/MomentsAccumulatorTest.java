package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsAccumulatorTest {
  private static final int P = 5;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e2, 1e4, 1e6, 1e8})
  void blocksOfAnySizeEqualTwoExactPasses(double offset) {
    double[][] rows = SummedRows.rows(11, 301, offset);
    double[] weights = SummedRows.weights(12, rows.length);
    ExactMoments weighted = ExactMoments.of(rows, weights);
    ExactMoments plain = ExactMoments.of(rows, SummedRows.ones(rows.length));
    for (int capacity : new int[] {1, 2, 3, 7, 64, 300, 301, 500}) {
      String what = "offset " + offset + " capacity " + capacity;
      // 300 roundings of either sign
      weighted.check(SummedRows.add(rows, weights, capacity), 1e-14, what);
      plain.check(SummedRows.add(rows, SummedRows.ones(rows.length), capacity), 1e-14, what);
    }
  }

  @Test
  void sortedColumnsKeepTheirDigits() {
    double[][] rows = SummedRows.rows(13, 400, 0);
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = 1.7e9 + 60.0 * i; // a clock
      rows[i][1] = Math.exp(i / 20.0); // growth over nine decades
    }
    ExactMoments exact = ExactMoments.of(rows, SummedRows.ones(rows.length));
    exact.check(SummedRows.add(rows, SummedRows.ones(rows.length), 32), 1e-14, "sorted");
  }

  @Test
  void anAbsurdFirstRowOfNoWeightCostsNoDigits() {
    double[][] rows = SummedRows.rows(14, 100, 3);
    Arrays.fill(rows[0], 1e17);
    double[][] others = Arrays.copyOfRange(rows, 1, rows.length);
    double[] weights = SummedRows.weights(15, rows.length);
    ExactMoments exact = ExactMoments.of(others, Arrays.copyOfRange(weights, 1, rows.length));
    for (double weight : new double[] {0, 1e-60}) {
      weights[0] = weight;
      exact.check(SummedRows.add(rows, weights, 16), 1e-13, "weight " + weight);
    }
    weights[0] = 0;
    exact.check(SummedRows.add(rows, weights, 1), 1e-13, "a block of its own");
  }

  @Test
  void weightTwoIsTheRowTwice() {
    double[][] rows = SummedRows.rows(16, 40, 10);
    double[] weights = SummedRows.ones(40);
    double[][] repeated = Arrays.copyOf(rows, 60);
    for (int i = 0; i < 20; i++) {
      weights[i] = 2;
      repeated[40 + i] = rows[i];
    }
    ExactMoments exact = ExactMoments.of(repeated, SummedRows.ones(60));
    exact.check(SummedRows.add(rows, weights, 8), 1e-14, "weighted");
    exact.check(SummedRows.add(repeated, SummedRows.ones(60), 8), 1e-14, "repeated");
  }

  @Test
  void rowsOfWeightZeroCountInNumberOnly() {
    double[][] rows = SummedRows.rows(17, 30, 10);
    double[] weights = SummedRows.weights(18, 30);
    double[][] more = Arrays.copyOf(rows, 33);
    double[] moreWeights = Arrays.copyOf(weights, 33);
    more[30] = new double[] {1e300, -1e300, 1e300, -1e300, 1e300};
    more[31] = new double[] {-1.7e308, 1.7e308, 1e300, -1e300, 1e300};
    more[32] = new double[] {1, 2, 3, 4, 5};
    rows[0][0] = 1e8;
    for (int capacity : new int[] {1, 5, 40}) {
      Moments moments = SummedRows.add(more, moreWeights, capacity);
      assertEquals(33, moments.rows());
      ExactMoments.of(rows, weights).check(moments, 1e-14, "capacity " + capacity);
    }
  }

  @Test
  void nothingButWeightZeroIsEmptyExceptInNumber() {
    double[][] rows = SummedRows.rows(19, 6, 10);
    Moments moments = SummedRows.add(rows, new double[6], 4);
    assertEquals(6, moments.rows());
    assertEquals(0, moments.weightSum());
    assertEquals(Moments.empty(P - 1, 1).scatter(), moments.scatter());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-200, 1e-20, 1e20, 1e200})
  void hugeAndTinyWeightsOnlyScaleTheScatter(double weight) {
    double[][] rows = SummedRows.rows(20, 50, 1e6);
    double[] weights = SummedRows.weights(21, 50);
    double[] scaled = Arrays.stream(weights).map(w -> w * weight).toArray();
    ExactMoments.of(rows, scaled)
        .check(SummedRows.add(rows, scaled, 8), 1e-14, "weights of " + weight);
  }

  @Test
  void aConstantColumnHasExactlyNoScatter() {
    double[][] rows = SummedRows.rows(22, 1000, 0);
    for (double[] row : rows) {
      row[1] = 0.1;
      row[2] = 1e8 + 0.1;
    }
    Moments moments = SummedRows.add(rows, SummedRows.weights(23, 1000), 64);
    for (int j = 0; j < P; j++) {
      assertEquals(0, moments.scatter().get(1, j));
      assertEquals(0, moments.scatter().get(2, j));
    }
    assertEquals(0.1, moments.mean(1));
    assertEquals(1e8 + 0.1, moments.mean(2));
  }

  @Test
  void oneRowHasItselfAsMean() {
    double[][] rows = SummedRows.rows(24, 1, 1e8);
    Moments moments = SummedRows.add(rows, new double[] {0.3}, 8);
    assertEquals(1, moments.rows());
    for (int j = 0; j < P; j++) {
      assertEquals(rows[0][j], moments.mean(j));
      assertEquals(0, moments.scatter().get(j, j));
    }
  }

  @Test
  void noRowsAreEmptyAndASnapshotIsIndependent() {
    MomentsAccumulator sum = new MomentsAccumulator(P - 1, 1);
    Moments empty = sum.snapshot();
    assertEquals(Moments.empty(P - 1, 1), empty);
    RowBlock block = new RowBlock(4, P);
    sum.addInPlace(block);
    assertEquals(empty, sum.snapshot());
    block.append(new double[] {1, 2, 3, 4, 5}, 1);
    sum.addInPlace(block);
    assertEquals(0, empty.rows());
    assertEquals(1, sum.rows());
    assertEquals(0, block.rows());
  }

  @Test
  void wrongShapesAreRefused() {
    MomentsAccumulator sum = new MomentsAccumulator(2, 1);
    assertEquals(
        "Cannot add a block: expected 3 columns, got 4",
        refusal(() -> sum.addInPlace(new RowBlock(1, 4))));
    assertEquals(
        "Cannot make moments of 0 inputs and 0 targets: at least one column is needed",
        refusal(() -> new MomentsAccumulator(0, 0)));
    assertEquals(
        "Cannot accumulate 46341 columns in one array: at most 46340; use fewer features",
        refusal(() -> new MomentsAccumulator(46_340, 1)));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
