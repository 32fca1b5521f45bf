package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  private static final int P = 5;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e2, 1e4, 1e6, 1e8})
  void aThousandPartitionsLoseNoDigitsToTheOffset(double offset) {
    double[][] rows = SummedRows.rows(31, 3000, offset);
    double[] weights = SummedRows.weights(32, rows.length);
    Moments merged = Moments.empty(P - 1, 1);
    for (int i = 0; i < rows.length; i += 3) {
      merged.merge(SummedRows.add(rows, weights, i, i + 3, 2));
    }
    // 3000 roundings of either sign: about 1e-14; 1e-12 is what the reports promise
    ExactMoments.of(rows, weights).check(merged, 1e-13, "offset " + offset);
  }

  @Test
  void mergeOfAnySplitEqualsTwoExactPasses() {
    double[][] rows = SummedRows.rows(33, 60, 1e6);
    double[] weights = SummedRows.weights(34, 60);
    ExactMoments exact = ExactMoments.of(rows, weights);
    for (int cut = 0; cut <= 60; cut++) {
      Moments left = SummedRows.add(rows, weights, 0, cut, 7);
      Moments right = SummedRows.add(rows, weights, cut, 60, 7);
      Moments forwards = left.copy();
      forwards.merge(right);
      right.merge(left);
      exact.check(forwards, 1e-14, "cut at " + cut);
      exact.check(right, 1e-14, "backwards, cut at " + cut);
      assertEquals(60, forwards.rows());
    }
  }

  @Test
  void mergeInAnyTreeAgreesToRounding() {
    long seed = 35;
    double[][] rows = SummedRows.rows(seed, 512, 1e8);
    double[] weights = SummedRows.weights(seed, 512);
    ExactMoments exact = ExactMoments.of(rows, weights);
    Random random = new Random(seed);
    for (int trial = 0; trial < 5; trial++) {
      exact.check(tree(rows, weights, 0, 512, random), 1e-14, "seed " + seed + " tree " + trial);
    }
  }

  private static Moments tree(double[][] rows, double[] weights, int from, int to, Random random) {
    if (to - from < 4) {
      return SummedRows.add(rows, weights, from, to, 2);
    }
    int cut = from + 1 + random.nextInt(to - from - 1);
    Moments left = tree(rows, weights, from, cut, random);
    left.merge(tree(rows, weights, cut, to, random));
    return left;
  }

  @Test
  void emptyMomentsAreNeutralBitByBit() {
    double[][] rows = SummedRows.rows(36, 20, 1e8);
    Moments some = SummedRows.add(rows, SummedRows.ones(20), 8);
    Moments left = Moments.empty(P - 1, 1);
    left.merge(some);
    Moments right = some.copy();
    right.merge(Moments.empty(P - 1, 1));
    assertEquals(some, left);
    assertEquals(some, right);
    assertEquals(some.hashCode(), right.hashCode());
  }

  @Test
  void momentsOfWeightZeroAddTheirRowsOnly() {
    double[][] rows = SummedRows.rows(37, 20, 5);
    Moments some = SummedRows.add(rows, SummedRows.ones(20), 8);
    Moments none = SummedRows.add(rows, new double[20], 8);
    Moments merged = some.copy();
    merged.merge(none);
    assertEquals(40, merged.rows());
    assertEquals(some.scatter(), merged.scatter());
    none.merge(some);
    assertEquals(some.scatter(), none.scatter());
    assertEquals(some.mean(0), none.mean(0));
    assertEquals(40, none.rows());
  }

  @Test
  void aVeryLightPartNextToAVeryHeavyOneIsNotLost() {
    double[][] rows = SummedRows.rows(38, 40, 1e4);
    double[] weights = SummedRows.weights(39, 40);
    for (int i = 0; i < 20; i++) {
      weights[i] *= 1e-12;
    }
    Moments merged = SummedRows.add(rows, weights, 0, 20, 8);
    merged.merge(SummedRows.add(rows, weights, 20, 40, 8));
    ExactMoments.of(rows, weights).check(merged, 1e-14, "light and heavy");
  }

  @Test
  void differencesOfMeansAreTakenBeforeRounding() {
    double[][] rows = {{1e8, 1}, {1e8 + 1e-7, 1}, {1e8, 1}, {1e8, 1}, {1e8 + 1e-7, 1}};
    Moments left = SummedRows.add(rows, SummedRows.ones(5), 0, 3, 4);
    Moments right = SummedRows.add(rows, SummedRows.ones(5), 3, 5, 4);
    double step = rows[1][0] - 1e8; // what is left of 1e-7 next to 1e8
    assertEquals(step / 2 - step / 3, right.unitMeanDifference(left, 0), 1e-22);
  }

  @Test
  void otherShapesAreRefused() {
    Moments moments = Moments.empty(2, 1);
    assertEquals(
        "Cannot merge moments: expected 2 inputs and 1 targets, got 1 and 2",
        assertThrows(IllegalArgumentException.class, () -> moments.merge(Moments.empty(1, 2)))
            .getMessage());
    assertEquals(
        "Cannot make moments of -1 inputs and 3 targets: at least one column is needed",
        assertThrows(IllegalArgumentException.class, () -> Moments.empty(-1, 3)).getMessage());
  }

  @Test
  void momentsSurviveJavaSerialization() throws IOException, ClassNotFoundException {
    double[][] rows = SummedRows.rows(40, 20, 1e8);
    Moments moments = SummedRows.add(rows, SummedRows.ones(20), 8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(moments);
    }
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertEquals(moments, in.readObject());
    assertNotEquals(moments, Moments.empty(P - 1, 1));
  }
}
