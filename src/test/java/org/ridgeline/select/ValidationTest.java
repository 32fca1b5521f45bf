package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;

/** Every way of validating, against refits of the rows of its splits in 240-bit arithmetic. */
class ValidationTest {
  private static final double[] LAMBDAS = {0.03, 1, 30};
  private static final int BLOCKS = 10;

  private final Rows rows = Rows.normal(411, 80, 3, 2);
  private final FoldedMoments blocks = rows.folded(BLOCKS, ValidationTest::block);

  /** Blocks of unequal sizes. */
  private static int block(int row) {
    return row % 13 % BLOCKS;
  }

  private Rows of(int... some) {
    return rows.where(i -> IntStream.of(some).anyMatch(b -> b == block(i)));
  }

  private TuningResult tune(Validation validation, Rule rule) {
    TuningSpec spec =
        new TuningSpec(RidgeSpec.standard(), LambdaRequest.of(LambdaConvention.SUM, LAMBDAS), rule)
            .with(validation);
    return Tuning.run(blocks, spec, FoldExecutor.inParallel(2));
  }

  private static Validation plain(SplitRule rule) {
    return new Validation(rule, Validation.Tuned.NO);
  }

  private static String splitsOf(SplitRule rule, int blocks) {
    List<String> all = new ArrayList<>();
    for (Split split : rule.splits(blocks)) {
      all.add(
          Arrays.toString(split.training()).replace(" ", "")
              + Arrays.toString(split.heldOut()).replace(" ", ""));
    }
    return String.join(" ", all);
  }

  @Test
  void forwardTrainsOnTheBlocksBeforeTheGap() {
    assertEquals(
        "[0][1] [0,1][2] [0,1,2][3]", splitsOf(new SplitRule.Forward(0, OptionalInt.empty()), 4));
    assertEquals("[0][3] [0,1][4]", splitsOf(new SplitRule.Forward(2, OptionalInt.empty()), 5));
    assertEquals(
        "[0,1][3] [1,2][4] [2,3][5]", splitsOf(new SplitRule.Forward(1, OptionalInt.of(2)), 6));
  }

  @Test
  void purgedLeavesTheNeighborsOut() {
    assertEquals(
        "[2,3,4][0] [3,4][1] [0,4][2] [0,1][3] [0,1,2][4]", splitsOf(new SplitRule.Purged(1), 5));
    assertEquals(splitsOf(new SplitRule.KFold(), 5), splitsOf(new SplitRule.Purged(0), 5));
  }

  @Test
  void repeatedHoldsEveryBlockOutOnceInEveryRepeat() {
    SplitRule rule = new SplitRule.Repeated(7, 4, 5);
    Splits splits = rule.splits(21);
    assertEquals(28, splits.size());
    for (int r = 0; r < 7; r++) {
      List<Integer> heldOut = new ArrayList<>();
      for (int f = 0; f < 4; f++) {
        Split split = splits.get(4 * r + f);
        Arrays.stream(split.heldOut()).forEach(heldOut::add);
        int size = split.heldOut().length;
        assertTrue(size == 5 || size == 6, "groups are of nearly one size");
        assertEquals(21 - size, split.training().length);
      }
      assertEquals(IntStream.range(0, 21).boxed().toList(), heldOut.stream().sorted().toList());
    }
    assertEquals(splitsOf(rule, 21), splitsOf(new SplitRule.Repeated(7, 4, 5), 21));
    long distinct =
        IntStream.range(0, 28)
            .mapToObj(i -> Arrays.toString(splits.get(i).heldOut()))
            .distinct()
            .count();
    assertEquals(28, distinct, "every repeat deals anew");
  }

  @Test
  void tooFewBlocksAreRefused() {
    assertEquals(
        "Cannot validate forward: 3 blocks in order have one with a block before a gap of 1 to train"
            + " on, and at least 2 must be scored; a gap of 0 at most is possible, with a window of"
            + " 1 or none",
        refusal(new SplitRule.Forward(1, OptionalInt.empty()), 3));
    assertEquals(
        "Cannot validate forward: 5 blocks in order have none with a window of 4 before a gap of 1"
            + " to train on, and at least 2 must be scored; a window of 2 at most is possible",
        refusal(new SplitRule.Forward(1, OptionalInt.of(4)), 5));
    assertEquals(
        "Cannot validate purged: of 3 blocks in order, a gap of 1 on either side of one leaves none"
            + " to train on; a gap of 0 at most is possible",
        refusal(new SplitRule.Purged(1), 3));
    assertEquals(
        "Cannot deal 9 blocks into 5 folds in several ways: at least 10 are needed",
        refusal(new SplitRule.Repeated(3, 5, 0), 9));
  }

  @Test
  void theSizesThatARefusalNamesArePossible() {
    for (int blocks = 3; blocks < 12; blocks++) {
      assertTrue(new SplitRule.Purged(blocks / 2 - 1).splits(blocks).size() == blocks);
      SplitRule furthest = new SplitRule.Forward(blocks - 3, OptionalInt.of(1));
      assertEquals(2, furthest.splits(blocks).size());
      assertEquals(2, new SplitRule.Forward(0, OptionalInt.of(blocks - 2)).splits(blocks).size());
    }
  }

  private static String refusal(SplitRule rule, int blocks) {
    return assertThrows(IllegalArgumentException.class, () -> rule.splits(blocks)).getMessage();
  }

  static List<SplitRule> rules() {
    return List.of(
        new SplitRule.KFold(),
        new SplitRule.Forward(0, OptionalInt.empty()),
        new SplitRule.Forward(1, OptionalInt.of(3)),
        new SplitRule.Purged(1),
        new SplitRule.Purged(2),
        new SplitRule.Repeated(3, 4, 9));
  }

  /** The mean squared errors of a block, of each of its splits, and the mean of these. */
  private double expected(SplitRule rule, int block, double lambda, int t) {
    double sum = 0;
    int times = 0;
    for (Split split : rule.splits(BLOCKS)) {
      if (IntStream.of(split.heldOut()).anyMatch(b -> b == block)) {
        Rows held = of(block);
        sum +=
            ExactRidge.fit(of(split.training()), RidgeSpec.standard(), lambda).sumSquares(held, t)
                / held.moments().weightSum();
        times++;
      }
    }
    return sum / times; // NaN: not held out
  }

  @ParameterizedTest
  @MethodSource("rules")
  void errorsEqualRefitsOfTheSameSplits(SplitRule rule) {
    TuningResult tuned = tune(plain(rule), Rule.CV_MIN);
    for (int t = 0; t < 2; t++) {
      FoldScores scores = tuned.target(t).scores().orElseThrow();
      for (int l = 0; l < LAMBDAS.length; l++) {
        List<Double> scored = new ArrayList<>();
        for (int b = 0; b < BLOCKS; b++) {
          double expected = expected(rule, b, LAMBDAS[l], t);
          assertEquals(Double.isFinite(expected), scores.isScored(b));
          if (scores.isScored(b)) {
            assertEquals(expected, scores.meanSquare(l, b), 1e-11 * expected);
            scored.add(expected);
          } else {
            assertTrue(Double.isNaN(scores.meanSquare(l, b)));
          }
        }
        double mean = scored.stream().mapToDouble(e -> e).average().orElseThrow();
        double squares = scored.stream().mapToDouble(e -> (e - mean) * (e - mean)).sum();
        double error = Math.sqrt(squares / (scored.size() - 1) / scored.size());
        assertEquals(mean, scores.mean(l), 1e-11 * mean);
        assertEquals(error, scores.standardError(l), 1e-9 * error);
      }
    }
  }

  /** Chooses lambda by refits that see nothing of what the split holds out. */
  private double nested(SplitRule rule, int s, int t) {
    Split outer = rule.splits(BLOCKS).get(s);
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int l = 0; l < LAMBDAS.length; l++) {
      double mean = inner(rule, s, LAMBDAS[l], t);
      if (mean < least) {
        best = l;
        least = mean;
      }
    }
    Rows held = of(outer.heldOut());
    return ExactRidge.fit(of(outer.training()), RidgeSpec.standard(), LAMBDAS[best])
        .sumSquares(held, t);
  }

  /** The mean over the blocks that may choose, of k-fold or purged validation among these. */
  private double inner(SplitRule rule, int s, double lambda, int t) {
    Splits splits = rule.splits(BLOCKS);
    Split outer = splits.get(s);
    double sum = 0;
    int blocks = 0;
    for (int i = 0; i < splits.size(); i++) {
      int[] heldOut = splits.get(i).heldOut();
      int[] both =
          IntStream.of(splits.get(i).training())
              .filter(b -> IntStream.of(outer.training()).anyMatch(o -> o == b))
              .toArray();
      boolean sameRound =
          !(rule instanceof SplitRule.Repeated repeated)
              || i / repeated.folds() == s / repeated.folds();
      boolean among =
          IntStream.of(heldOut).allMatch(b -> IntStream.of(outer.training()).anyMatch(o -> o == b));
      if (sameRound && among && both.length > 0) {
        ExactRidge fit = ExactRidge.fit(of(both), RidgeSpec.standard(), lambda);
        for (int b : heldOut) {
          sum += fit.sumSquares(of(b), t) / of(b).moments().weightSum();
          blocks++;
        }
      }
    }
    return sum / blocks;
  }

  static List<SplitRule> nestedRules() {
    return List.of(
        new SplitRule.KFold(),
        new SplitRule.Purged(1),
        new SplitRule.Repeated(2, 4, 9),
        new SplitRule.Forward(0, OptionalInt.empty()));
  }

  @ParameterizedTest
  @MethodSource("nestedRules")
  void theErrorOfTheTunedModelEqualsRefits(SplitRule rule) {
    TuningResult tuned = tune(plain(rule).nested(), Rule.CV_MIN);
    Splits splits = rule.splits(BLOCKS);
    for (int t = 0; t < 2; t++) {
      NestedScores nested = tuned.nested().get(t);
      double[] sums = new double[BLOCKS];
      for (int s = 0; s < splits.size(); s++) {
        int[] heldOut = splits.get(s).heldOut();
        if (nested.choices().get(s).isPresent()) {
          NestedScores.Choice choice = nested.choices().get(s).get();
          double expected = nested(rule, s, t);
          double actual = Arrays.stream(choice.sumSquares().toArray()).sum();
          assertEquals(expected, actual, 1e-11 * expected, rule + " split " + s);
          for (int i = 0; i < heldOut.length; i++) {
            sums[heldOut[i]] += choice.sumSquares().get(i);
          }
        } else {
          assertTrue(rule.kind() == SplitRule.Kind.FORWARD && heldOut[0] <= 2, rule + " " + s);
        }
      }
      FoldScores scores = nested.scores().orElseThrow();
      for (int b = 0; b < BLOCKS; b++) {
        assertEquals(sums[b], scores.sumSquares().get(0, b), 1e-12 * sums[b]);
      }
    }
  }

  @Test
  void aWindowChoosesByWhatWasKnown() {
    SplitRule rule = new SplitRule.Forward(1, OptionalInt.of(2));
    InnerSplits inner = rule.inner(rule.splits(8));
    assertTrue(inner.splits().isEmpty(), "the splits themselves have been solved");
    assertEquals(
        "[[], [], [0], [0, 1], [0, 1, 2]]",
        inner.ofSplit().toString(),
        "block 3 is known when block 5 is to be predicted with a gap of 1");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void thePlanCountsEverySolve(SplitRule rule) {
    Splits splits = rule.splits(BLOCKS);
    InnerSplits inner = rule.inner(splits);
    int plain = plain(rule).solves(BLOCKS);
    int nested = plain(rule).nested().solves(BLOCKS);
    assertTrue(plain >= splits.size(), rule.toString());
    assertTrue(nested >= splits.size() + inner.splits().size(), rule.toString());
    if (!rule.isOrdered()) {
      assertEquals(splits.size(), plain);
      assertEquals(splits.size() + inner.splits().size(), nested);
    }
  }

  @Test
  void kFoldsAreSolvedInPairs() {
    SplitRule rule = new SplitRule.KFold();
    assertEquals(45, rule.inner(rule.splits(10)).splits().size());
    SplitRule repeated = new SplitRule.Repeated(3, 4, 1);
    assertEquals(3 * 6, repeated.inner(repeated.splits(20)).splits().size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Rule.class,
      names = {"GCV", "EVIDENCE", "LOO", "GIVEN"})
  void onlyAChoiceByFoldsIsNested(Rule rule) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> tune(Validation.kFold().nested(), rule));
    assertTrue(refused.getMessage().contains("does not choose by folds"), refused.getMessage());
  }

  @Test
  void twoFoldsLeaveNoneToChooseBy() {
    FoldedMoments two = rows.folded(2, i -> i % 2);
    TuningSpec spec =
        new TuningSpec(RidgeSpec.standard(), LambdaRequest.automatic(), Rule.CV_MIN)
            .with(Validation.kFold().nested());
    assertEquals(
        "Cannot measure the error of the tuned model: the 2 blocks of rows leave too few to choose"
            + " lambda by without those held out; use more of them",
        assertThrows(
                IllegalArgumentException.class,
                () -> Tuning.run(two, spec, FoldExecutor.inParallel(1)))
            .getMessage());
  }

  @Test
  void oneStandardErrorIsNestedToo() {
    TuningResult tuned = tune(Validation.kFold().nested(), Rule.CV_1SE);
    for (int t = 0; t < 2; t++) {
      for (var choice : tuned.nested().get(t).choices()) {
        assertTrue(Arrays.stream(LAMBDAS).anyMatch(l -> l == choice.orElseThrow().lambda()));
      }
    }
  }

  @Test
  void emptyBlocksAreNotScored() {
    FoldedMoments some = rows.folded(20, i -> i % 15 + (i % 15 > 6 ? 5 : 0));
    TuningSpec spec =
        new TuningSpec(RidgeSpec.standard(), LambdaRequest.automatic(), Rule.CV_MIN)
            .with(plain(new SplitRule.Repeated(5, 4, 2)));
    FoldScores scores =
        Tuning.run(some, spec, FoldExecutor.inParallel(1)).target(0).scores().orElseThrow();
    assertEquals(15, scores.scored());
    assertArrayEquals(
        IntStream.concat(IntStream.range(0, 7), IntStream.range(12, 20)).toArray(),
        IntStream.range(0, 20).filter(scores::isScored).toArray());
    assertTrue(Double.isFinite(scores.mean(0)) && scores.standardError(0) > 0);
  }

  @Test
  void groupsMergeToTheSameBitsAloneAndShared() {
    Splits splits = new SplitRule.Repeated(4, 3, 8).splits(BLOCKS);
    var shared = splits.trainings(blocks);
    for (Split split : splits) {
      assertEquals(split.training(blocks), shared.next());
    }
    Splits pairs =
        new SplitRule.Repeated(2, 4, 8)
            .inner(new SplitRule.Repeated(2, 4, 8).splits(BLOCKS))
            .splits();
    var merged = pairs.trainings(blocks);
    for (Split pair : pairs) {
      assertEquals(pair.training(blocks), merged.next());
    }
  }

  /** Repeats share the rows: the spread over all their folds would be far too small an error. */
  @Test
  void theStandardErrorOfRepeatsIsThatOfTheirMean() {
    int draws = 150;
    double[] means = new double[draws];
    double error = 0;
    double naive = 0;
    for (int i = 0; i < draws; i++) {
      Rows drawn = Rows.normal(9000 + i, 60, 3, 1);
      SplitRule rule = new SplitRule.Repeated(10, 5, i);
      TuningSpec spec =
          new TuningSpec(
                  RidgeSpec.standard(), LambdaRequest.of(LambdaConvention.SUM, 1), Rule.CV_MIN)
              .with(plain(rule));
      FoldedMoments fine = drawn.folded(50, row -> (int) (row * 7919L % 50));
      TuningResult tuned = Tuning.run(fine, spec, FoldExecutor.inParallel(1));
      FoldScores scores = tuned.target(0).scores().orElseThrow();
      means[i] = scores.mean(0);
      error += scores.standardError(0) / draws;
      naive += naive(tuned.folds()) / draws;
    }
    double truth = deviation(means);
    assertEquals(1, truth / error, 0.1, "reported " + error + ", true " + truth);
    assertTrue(naive < truth / 2, "as if repeats were independent: " + naive);
  }

  private static double naive(SplitFits fits) {
    double[] errors = new double[fits.fits().size()];
    for (int s = 0; s < errors.length; s++) {
      double sum = 0;
      double weight = 0;
      for (int i = 0; i < fits.splits().get(s).heldOut().length; i++) {
        sum += fits.fits().get(s).sumSquares(0, i).get(0);
        weight += fits.fits().get(s).weight(i);
      }
      errors[s] = sum / weight;
    }
    return deviation(errors) / Math.sqrt(errors.length);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
