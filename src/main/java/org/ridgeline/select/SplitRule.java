package org.ridgeline.select;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.features.CounterRandom;

/** How blocks of rows are split into those that train and those that are held out. */
public sealed interface SplitRule {
  /** The usual number of folds. */
  int FOLDS = 5;

  /** How many blocks {@link Repeated} has for each fold. */
  int FINE = 10;

  /** The names of the rules. */
  enum Kind {
    KFOLD,
    FORWARD,
    PURGED,
    REPEATED
  }

  /** Which rule this is. */
  Kind kind();

  /** Whether the order of the blocks has a meaning, as that of dates has. */
  default boolean isOrdered() {
    return false;
  }

  /**
   * Returns the splits of so many blocks.
   *
   * @throws IllegalArgumentException when there are too few
   */
  Splits splits(int blocks);

  /**
   * Returns how lambda is chosen inside the training part of every split.
   *
   * @param splits those of this rule
   */
  InnerSplits inner(Splits splits);

  private static void requireGap(int gap) {
    Check.that(gap >= 0, "Cannot leave a gap of %d blocks: it must be >= 0", gap);
  }

  /** K-fold cross-validation: each block is held out, all others train. */
  record KFold() implements SplitRule {
    @Override
    public Kind kind() {
      return Kind.KFOLD;
    }

    @Override
    public Splits splits(int blocks) {
      return Splits.kFold(blocks);
    }

    @Override
    public InnerSplits inner(Splits splits) {
      return InnerSplits.pairs(splits, splits.size());
    }
  }

  /**
   * Forward chaining: each block is held out, and those before it train.
   *
   * @param gap how many blocks just before it are left out
   * @param window how many blocks before these train; empty: all. Blocks that have fewer before
   *     them are not held out
   */
  record Forward(int gap, OptionalInt window) implements SplitRule {
    /** Checks the sizes. */
    public Forward {
      requireGap(gap);
      Check.that(
          window.isEmpty() || window.getAsInt() >= 1,
          "Cannot train on a window of %s blocks: it must be >= 1",
          window.isEmpty() ? "" : window.getAsInt());
    }

    @Override
    public Kind kind() {
      return Kind.FORWARD;
    }

    @Override
    public boolean isOrdered() {
      return true;
    }

    @Override
    public Splits splits(int blocks) {
      List<Split> splits = new ArrayList<>();
      int first = gap + window.orElse(1);
      for (int b = first; b < blocks; b++) {
        int from = window.isPresent() ? b - gap - window.getAsInt() : 0;
        splits.add(Split.of(IntStream.range(from, b - gap).toArray(), new int[] {b}));
      }
      Check.that(
          splits.size() >= 2,
          "Cannot validate forward: %d blocks in order have %s with %s before a gap of %d to train"
              + " on, and at least 2 must be scored; %s",
          blocks,
          splits.isEmpty() ? "none" : "one",
          window.isPresent() ? "a window of " + window.getAsInt() : "a block",
          gap,
          possible(blocks));
      return Splits.of(splits);
    }

    private String possible(int blocks) {
      if (blocks < 3) {
        return "give at least 3 blocks";
      }
      return blocks - gap - 2 >= 1
          ? "a window of " + (blocks - gap - 2) + " at most is possible"
          : "a gap of " + (blocks - 3) + " at most is possible, with a window of 1 or none";
    }

    @Override
    public InnerSplits inner(Splits splits) {
      return InnerSplits.earlier(splits, gap);
    }
  }

  /**
   * K-fold cross-validation of blocks in order, without the neighbors of the block held out.
   *
   * @param gap how many blocks on either side are left out
   */
  record Purged(int gap) implements SplitRule {
    /** Checks the gap. */
    public Purged {
      requireGap(gap);
    }

    @Override
    public Kind kind() {
      return Kind.PURGED;
    }

    @Override
    public boolean isOrdered() {
      return true;
    }

    @Override
    public Splits splits(int blocks) {
      List<Split> splits = new ArrayList<>();
      for (int b = 0; b < blocks; b++) {
        int held = b;
        int[] training = IntStream.range(0, blocks).filter(j -> Math.abs(j - held) > gap).toArray();
        if (training.length > 0) {
          splits.add(Split.of(training, new int[] {b}));
        }
      }
      Check.that(
          splits.size() == blocks && blocks >= 2,
          "Cannot validate purged: of %d blocks in order, a gap of %d on either side of one leaves"
              + " none to train on; a gap of %d at most is possible",
          blocks,
          gap,
          Math.max(0, blocks / 2 - 1));
      return Splits.of(splits);
    }

    @Override
    public InnerSplits inner(Splits splits) {
      return InnerSplits.pairs(splits, splits.size());
    }
  }

  /**
   * Repeated k-fold cross-validation: fine blocks are dealt into k groups several times, each time
   * in another order, and each group is held out in turn.
   *
   * @param repeats how often
   * @param folds k
   * @param seed of the orders
   */
  record Repeated(int repeats, int folds, long seed) implements SplitRule {
    /** Checks the numbers. */
    public Repeated {
      Check.that(repeats >= 1, "Cannot repeat %d times: the number must be >= 1", repeats);
      Check.that(folds >= 2, "Cannot make %d folds: at least 2 are needed", folds);
    }

    @Override
    public Kind kind() {
      return Kind.REPEATED;
    }

    @Override
    public Splits splits(int blocks) {
      return splits(IntStream.range(0, blocks).toArray());
    }

    /**
     * Returns the splits of some blocks.
     *
     * @param blocks their numbers, ascending
     */
    Splits splits(int[] blocks) {
      Check.that(
          blocks.length >= 2 * folds,
          "Cannot deal %d blocks into %d folds in several ways: at least %d are needed",
          blocks.length,
          folds,
          2 * folds);
      CounterRandom random = new CounterRandom(seed);
      List<Split> splits = new ArrayList<>();
      for (int r = 0; r < repeats; r++) {
        int repeat = r;
        Comparator<Integer> byBits = Comparator.comparingLong(b -> random.bits(repeat, b));
        List<Integer> order =
            IntStream.of(blocks).boxed().sorted(byBits.thenComparing(b -> b)).toList();
        List<int[]> groups = dealt(order);
        for (int f = 0; f < folds; f++) {
          int held = f;
          int[] others = IntStream.range(0, folds).filter(g -> g != held).toArray();
          splits.add(Split.ofGroups(groups, others, new int[] {f}));
        }
      }
      return Splits.of(splits);
    }

    /** Block i of the order goes to group {@code i mod k}. */
    private List<int[]> dealt(List<Integer> order) {
      List<int[]> groups = new ArrayList<>();
      for (int g = 0; g < folds; g++) {
        int group = g;
        groups.add(
            IntStream.range(0, order.size())
                .filter(i -> i % folds == group)
                .map(order::get)
                .sorted()
                .toArray());
      }
      return groups;
    }

    @Override
    public InnerSplits inner(Splits splits) {
      return InnerSplits.pairs(splits, folds);
    }
  }
}
