package org.ridgeline.moments;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.ridgeline.base.Check;

/**
 * One set of moments per fold, or block of rows: everything that validation of any number of
 * lambdas needs. All folds have the same units. What trains is the merge of some blocks, never the
 * total minus the others, which would lose digits.
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
    return inOneUnit(labels, folds);
  }

  private static FoldedMoments inOneUnit(List<String> labels, List<Moments> folds) {
    ColumnUnits units = folds.get(0).units();
    for (Moments fold : folds) {
      units = units.joined(fold.units());
    }
    ArrayList<Moments> aligned = new ArrayList<>();
    for (Moments fold : folds) {
      aligned.add(fold.in(units));
    }
    return new FoldedMoments(new ArrayList<>(labels), aligned);
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

  /** Returns the moments of all rows: the folds merged in order. */
  public Moments total() {
    Moments total = emptyLike();
    folds.forEach(total::merge);
    return total;
  }

  /** Returns the moments of the rows of some folds, merged in this order. */
  public Moments merged(int... order) {
    Moments merged = emptyLike();
    for (int f : order) {
      merged.merge(folds.get(f));
    }
    return merged;
  }

  /**
   * Returns the folds that have weight: neighbors merged where there are more than {@code most}, so
   * that the groups differ in size by one fold at most.
   *
   * @throws IllegalArgumentException when no fold has weight
   */
  public FoldedMoments populated(int most) {
    List<Integer> full = new ArrayList<>();
    for (int f = 0; f < folds.size(); f++) {
      if (folds.get(f).weightSum() > 0) {
        full.add(f);
      }
    }
    int groups = Math.min(most, full.size());
    List<String> names = new ArrayList<>();
    List<Moments> parts = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      int from = (int) ((long) g * full.size() / groups);
      int to = (int) ((g + 1L) * full.size() / groups);
      names.add(labels.get(full.get(from)));
      parts.add(
          to == from + 1
              ? folds.get(full.get(from))
              : merged(full.subList(from, to).stream().mapToInt(f -> f).toArray()));
    }
    return of(names, parts);
  }

  /**
   * Returns the folds with {@link Moments#leading} of each: what a nested map of smaller width
   * would have given.
   */
  public FoldedMoments leading(int inputs, double factor) {
    ArrayList<Moments> parts = new ArrayList<>();
    for (Moments fold : folds) {
      parts.add(fold.leading(inputs, factor));
    }
    return new FoldedMoments(new ArrayList<>(labels), parts);
  }

  /** Returns the folds with {@link Moments#selected} of each. */
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
    return inOneUnit(List.copyOf(merged.keySet()), List.copyOf(merged.values()));
  }

  private Moments emptyLike() {
    return Moments.empty(folds.get(0).inputs(), folds.get(0).targets());
  }

  /** Whether the rows themselves are kept in place of their scatter. */
  public boolean keepRows() {
    return folds.stream().anyMatch(Moments::keepsRows);
  }
}
