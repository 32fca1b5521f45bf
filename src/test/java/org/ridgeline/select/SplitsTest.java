package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;

/** Arbitrary splits against the rows themselves. */
class SplitsTest {
  private static final int BLOCKS = 9;
  private static final double[] LAMBDAS = {0.01, 1, 100};

  private final Rows rows = Rows.normal(301, 120, 3, 2).withRandomWeights(302);
  private final FoldedMoments blocks = rows.folded(BLOCKS, i -> i % BLOCKS);

  private static Split random(Random random) {
    List<Integer> training = new ArrayList<>(List.of());
    List<Integer> heldOut = new ArrayList<>(List.of());
    for (int b = 0; b < BLOCKS; b++) {
      switch (random.nextInt(3)) {
        case 0 -> training.add(b);
        case 1 -> heldOut.add(b);
        default -> {} // left out
      }
    }
    return training.isEmpty() || heldOut.isEmpty()
        ? random(random)
        : Split.of(array(training), array(heldOut));
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(b -> b).toArray();
  }

  private static boolean contains(int[] numbers, int block) {
    return Arrays.stream(numbers).anyMatch(b -> b == block);
  }

  private Rows rowsOf(int[] numbers) {
    return rows.where(i -> contains(numbers, i % BLOCKS));
  }

  /** Merged moments differ from those of all rows at once by rounding: a few ulp of W sd^2. */
  private static void assertClose(Moments expected, Moments actual, String what) {
    assertEquals(expected.rows(), actual.rows(), what);
    double weight = expected.weightSum();
    assertEquals(weight, actual.weightSum(), 1e-14 * weight, what);
    for (int j = 0; j < expected.inputs() + expected.targets(); j++) {
      double sd = Math.sqrt(expected.scatter().get(j, j) / weight);
      assertEquals(expected.mean(j), actual.mean(j), 1e-14 * (sd + Math.abs(expected.mean(j))));
      for (int i = 0; i <= j; i++) {
        double size = Math.sqrt(expected.scatter().get(i, i) * expected.scatter().get(j, j));
        assertEquals(expected.scatter().get(i, j), actual.scatter().get(i, j), 1e-14 * size, what);
      }
    }
  }

  private void check(List<Split> list) {
    Iterator<Moments> trainings = Splits.of(list).trainings(blocks);
    for (Split split : list) {
      Moments training = trainings.next();
      assertEquals(split.training(blocks), training, split.toString());
      assertClose(rowsOf(split.training()).moments(), training, split.toString());
      List<Moments> heldOut = split.heldOut(blocks);
      for (int i = 0; i < heldOut.size(); i++) {
        assertSame(blocks.fold(split.heldOut()[i]), heldOut.get(i), split.toString());
      }
    }
    assertFalse(trainings.hasNext());
    assertEquals(
        "There are only " + list.size() + " splits",
        assertThrows(NoSuchElementException.class, trainings::next).getMessage());
  }

  @Test
  void trainingsOfAnySplitsAreTheMomentsOfTheirRows() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<Split> list = new ArrayList<>();
      for (int i = 0; i < 1 + seed % 12; i++) {
        list.add(random(random));
      }
      list.addAll(list.subList(0, list.size() / 2)); // some twice
      check(list);
    }
  }

  @Test
  void orderedSplitsAreTheMomentsOfTheirRows() {
    List<Split> forward = new ArrayList<>();
    List<Split> purged = new ArrayList<>();
    List<Split> cyclic = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      int block = b;
      if (b >= 3) { // the two blocks before a gap of one
        forward.add(Split.of(new int[] {b - 3, b - 2}, new int[] {b}));
      }
      int[] far = IntStream.range(0, BLOCKS).filter(i -> Math.abs(i - block) > 1).toArray();
      purged.add(Split.of(far, new int[] {b}));
      int[] window = IntStream.range(b, b + 4).map(i -> i % BLOCKS).toArray();
      int[] rest = IntStream.range(b + 4, b + BLOCKS).map(i -> i % BLOCKS).toArray();
      cyclic.add(Split.of(window, rest));
    }
    check(forward);
    check(purged);
    check(cyclic);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 90})
  void kFoldMergesEarlierFoldsForwardsAndLaterOnesBackwards(int k) {
    FoldedMoments folds = Rows.normal(303, 90, 2, 1).folded(k, i -> i % k);
    Splits splits = Splits.kFold(k);
    Iterator<Moments> trainings = splits.trainings(folds);
    for (int f = 0; f < k; f++) {
      Moments expected = Moments.empty(2, 1);
      for (int g = 0; g < f; g++) {
        expected.merge(folds.fold(g));
      }
      Moments later = Moments.empty(2, 1);
      for (int g = k - 1; g > f; g--) {
        later.merge(folds.fold(g));
      }
      expected.merge(later);
      assertEquals(expected, trainings.next());
      assertSame(folds.fold(f), splits.get(f).heldOut(folds).get(0));
    }
    assertFalse(trainings.hasNext());
  }

  @Test
  void heldOutErrorsOfAnySplitsEqualRefits() {
    Random random = new Random(304);
    List<Split> list = IntStream.range(0, 7).mapToObj(i -> random(random)).toList();
    RidgeSpec ridge = RidgeSpec.standard();
    TuningSpec spec =
        new TuningSpec(ridge, LambdaRequest.of(LambdaConvention.SUM, LAMBDAS), Rule.CV_MIN);
    var result = Tuning.run(blocks, Splits.of(list), spec, FoldExecutor.inParallel(2));
    for (int t = 0; t < rows.targets(); t++) {
      FoldScores scores = result.target(t).scores().orElseThrow();
      assertEquals(BLOCKS, scores.folds());
      double[][] squares = new double[LAMBDAS.length][BLOCKS];
      double[] weights = new double[BLOCKS];
      for (Split split : list) {
        for (int l = 0; l < LAMBDAS.length; l++) {
          ExactRidge fit = ExactRidge.fit(rowsOf(split.training()), ridge, LAMBDAS[l]);
          for (int block : split.heldOut()) {
            squares[l][block] += fit.sumSquares(rowsOf(new int[] {block}), t);
          }
        }
        for (int block : split.heldOut()) {
          weights[block] += blocks.fold(block).weightSum();
        }
      }
      for (int b = 0; b < BLOCKS; b++) {
        assertEquals(weights[b], scores.weights().get(b), 1e-14 * weights[b]);
        for (int l = 0; l < LAMBDAS.length; l++) {
          assertEquals(squares[l][b], scores.sumSquares().get(l, b), 1e-11 * squares[l][b]);
        }
      }
    }
  }

  @Test
  void aSplitSortsItsBlocks() {
    Split split = Split.of(new int[] {4, 0, 2}, new int[] {3, 1});
    assertArrayEquals(new int[] {0, 2, 4}, split.training());
    assertArrayEquals(new int[] {1, 3}, split.heldOut());
    assertEquals(Split.of(new int[] {2, 0, 4}, new int[] {1, 3}), split);
    assertEquals("[0, 2, 4] train, [1, 3] held out", split.toString());
  }

  @Test
  void impossibleSplitsAreRefused() {
    assertEquals(
        "Cannot split blocks: 0 train and 1 are held out, both need at least 1",
        refusal(() -> Split.of(new int[0], new int[] {1})));
    assertEquals(
        "Cannot split blocks: block 1 occurs twice",
        refusal(() -> Split.of(new int[] {0, 1}, new int[] {1})));
    assertEquals(
        "Cannot split blocks: there is no block -1",
        refusal(() -> Split.of(new int[] {-1}, new int[] {1})));
    assertEquals("Cannot make 1 folds: at least 2 are needed", refusal(() -> Splits.kFold(1)));
    assertEquals(
        "Cannot split 9 blocks: there is no block 9",
        refusal(() -> Splits.kFold(10).trainings(blocks)));
  }

  @Test
  void aSplitWithoutHeldOutWeightIsRefused() {
    FoldedMoments empty = rows.folded(4, i -> i % 2);
    Splits splits = Splits.of(List.of(Split.of(new int[] {0, 1}, new int[] {2, 3})));
    TuningSpec spec = new TuningSpec(RidgeSpec.standard(), LambdaRequest.automatic(), Rule.CV_MIN);
    assertEquals(
        "Cannot cross-validate: fold 2, 3 has no rows of positive weight; use fewer folds",
        refusal(() -> Tuning.run(empty, splits, spec, FoldExecutor.inParallel(1))));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
