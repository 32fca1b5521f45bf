package org.ridgeline.moments;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.ridgeline.base.Check;

/**
 * One set of moments per fold: everything that cross-validation of any number of lambdas needs.
 *
 * <p>The training moments of a fold are the merge of the others, never the total minus the fold,
 * which would lose digits.
 */
public final class FoldedMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> labels;
  private final ArrayList<Moments> folds;

  private FoldedMoments(ArrayList<String> labels, ArrayList<Moments> folds) {
    this.labels = labels;
    this.folds = folds;
  }

  /**
   * Returns folds in the given order.
   *
   * @param labels the name of each fold: its number, or the value of the fold column
   * @param folds the moments of each fold, all of one shape
   */
  public static FoldedMoments of(List<String> labels, List<Moments> folds) {
    Check.that(
        !folds.isEmpty() && labels.size() == folds.size(),
        "Cannot make folded moments of %d labels and %d folds: both must be equal and positive",
        labels.size(),
        folds.size());
    return new FoldedMoments(new ArrayList<>(labels), new ArrayList<>(folds));
  }

  /** k, the number of folds. */
  public int folds() {
    return folds.size();
  }

  /** The moments of fold {@code f}, counted from 0. */
  public Moments fold(int f) {
    return folds.get(f);
  }

  /** The name of fold {@code f}. */
  public String label(int f) {
    return labels.get(f);
  }

  /** n, the number of rows of all folds. */
  public long rows() {
    return folds.stream().mapToLong(Moments::rows).sum();
  }

  /** The moments of all rows: the folds merged in order. */
  public Moments total() {
    return mergeForward(folds.size());
  }

  /**
   * The moments of all rows outside fold {@code f}: the earlier folds merged forwards, the later
   * ones backwards, then both. O(k) merges.
   */
  public Moments trainingOf(int f) {
    Moments training = mergeForward(f);
    training.merge(mergeBackward(f + 1));
    return training;
  }

  /**
   * The training moments of fold 0, 1, .., k - 1, equal to {@link #trainingOf} bit by bit, by
   * prefix and suffix merges: O(k) merges in all, k - 1 further triangles in memory.
   */
  public Iterator<Moments> trainings() {
    List<Moments> suffixes = new ArrayList<>();
    Moments suffix = emptyLike();
    for (int f = folds.size() - 1; f > 0; f--) {
      suffix = suffix.copy();
      suffix.merge(folds.get(f));
      suffixes.add(suffix);
    }
    suffixes.add(0, emptyLike());
    return new Iterator<>() {
      private final Moments prefix = emptyLike();
      private int next;

      @Override
      public boolean hasNext() {
        return next < folds.size();
      }

      @Override
      public Moments next() {
        if (!hasNext()) {
          throw new NoSuchElementException("There are only " + folds.size() + " folds");
        }
        Moments training = prefix.copy();
        training.merge(suffixes.remove(suffixes.size() - 1));
        prefix.merge(folds.get(next++));
        return training;
      }
    };
  }

  /**
   * The same folds with {@link Moments#leading} of each: what a nested map of smaller width would
   * have given.
   */
  public FoldedMoments leading(int inputs, double factor) {
    ArrayList<Moments> parts = new ArrayList<>();
    for (Moments fold : folds) {
      parts.add(fold.leading(inputs, factor));
    }
    return new FoldedMoments(new ArrayList<>(labels), parts);
  }

  /** The same folds with {@link Moments#selected} of each. */
  public FoldedMoments selected(int[] columns, int inputs) {
    ArrayList<Moments> parts = new ArrayList<>();
    for (Moments fold : folds) {
      parts.add(fold.selected(columns, inputs));
    }
    return new FoldedMoments(new ArrayList<>(labels), parts);
  }

  /**
   * The folds of both: those of one label are merged, first this one's.
   *
   * @param order the order of the labels
   * @throws IllegalArgumentException when the shapes differ
   */
  public FoldedMoments plus(FoldedMoments other, Comparator<String> order) {
    TreeMap<String, Moments> merged = new TreeMap<>(order);
    for (int f = 0; f < folds.size(); f++) {
      merged.put(labels.get(f), folds.get(f).copy());
    }
    for (int f = 0; f < other.folds.size(); f++) {
      merged.computeIfAbsent(other.labels.get(f), label -> emptyLike()).merge(other.folds.get(f));
    }
    return new FoldedMoments(new ArrayList<>(merged.keySet()), new ArrayList<>(merged.values()));
  }

  private Moments mergeForward(int end) {
    Moments merged = emptyLike();
    for (int f = 0; f < end; f++) {
      merged.merge(folds.get(f));
    }
    return merged;
  }

  private Moments mergeBackward(int begin) {
    Moments merged = emptyLike();
    for (int f = folds.size() - 1; f >= begin; f--) {
      merged.merge(folds.get(f));
    }
    return merged;
  }

  private Moments emptyLike() {
    return Moments.empty(folds.get(0).inputs(), folds.get(0).targets());
  }
}
