package org.ridgeline.select;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/**
 * A way of validating: the splits on each of which every lambda is trained and scored. Each way is
 * a maker of such a list; k-fold cross-validation is one.
 */
public final class Splits implements Iterable<Split> {
  private static final Splits NONE = new Splits(List.of());

  private final List<Split> splits;

  private Splits(List<Split> splits) {
    this.splits = splits;
  }

  /** Returns no splits: nothing is held out. */
  public static Splits none() {
    return NONE;
  }

  /** Returns these splits, in this order. */
  public static Splits of(List<Split> splits) {
    return new Splits(List.copyOf(splits));
  }

  /** Returns the splits of k-fold cross-validation: block f held out, all others train. */
  public static Splits kFold(int k) {
    Check.that(k >= 2, "Cannot make %d folds: at least 2 are needed", k);
    List<Split> splits = new ArrayList<>();
    for (int f = 0; f < k; f++) {
      int fold = f;
      int[] others = IntStream.range(0, k).filter(b -> b != fold).toArray();
      splits.add(Split.of(others, new int[] {f}));
    }
    return new Splits(splits);
  }

  /** How many there are. */
  public int size() {
    return splits.size();
  }

  /** Whether nothing is held out. */
  public boolean isEmpty() {
    return splits.isEmpty();
  }

  /** Split {@code i}, counted from 0. */
  public Split get(int i) {
    return splits.get(i);
  }

  @Override
  public Iterator<Split> iterator() {
    return splits.iterator();
  }

  /**
   * Returns the training moments of one split after the other, equal to {@link Split#training} bit
   * by bit. What the merges of several splits begin with is merged once: k-fold takes O(k) merges
   * in all, and k further triangles in memory.
   *
   * @throws IllegalArgumentException when a split names a block that is not there
   */
  public Iterator<Moments> trainings(FoldedMoments blocks) {
    for (Split split : splits) {
      Check.that(
          split.last() < blocks.folds(),
          "Cannot split %d blocks: there is no block %d",
          blocks.folds(),
          split.last());
    }
    SharedMerges merges = new SharedMerges(blocks);
    for (Split split : splits) {
      merges.announce(split.before());
      merges.announce(split.after());
    }
    Iterator<Split> next = splits.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return next.hasNext();
      }

      @Override
      public Moments next() {
        if (!hasNext()) {
          throw new NoSuchElementException("There are only " + size() + " splits");
        }
        Split split = next.next();
        Moments training = merges.merge(split.before()).copy();
        training.merge(merges.merge(split.after()));
        return training;
      }
    };
  }
}
