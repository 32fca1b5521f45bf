package org.ridgeline.moments;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.SymMatrix;

/**
 * Some columns of the packed triangle of {@link Moments}, with all that a merge needs: slices of
 * one range merge on different machines, and the merged slices join to exactly the moments that
 * {@link Moments#merge} gives in the same order.
 *
 * <p>A slice of all columns is the moments themselves, with all that they keep. One of columns
 * {@code [from, to)} of p holds the rows {@code i >= j} of each column j, and the means of columns
 * {@code [from, p)}: {@code 8 (to - from) (2p - from - to + 1) / 2} bytes and {@code 16 (p - from)}
 * more.
 */
public final class MomentsSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int inputs;
  private final int order;
  private final int from;
  private final int to;
  private long rows;
  private double weightSum;
  private ColumnUnits units; // of columns from, from + 1, .., p - 1
  private final Means means; // of columns from, from + 1, .., p - 1
  private final double[] packed;
  private final Moments whole; // all there is of moments that are not cut; null for a part

  private MomentsSlice(Moments source, int from, int to) {
    SymMatrix scatter = source.scatter();
    this.inputs = source.inputs();
    this.order = scatter.order();
    this.from = from;
    this.to = to;
    this.rows = source.rows();
    this.weightSum = source.weightSum();
    this.units = source.units().from(from);
    this.means = source.means().from(from);
    this.whole = null;
    boolean isWhole = from == 0 && to == order;
    this.packed =
        isWhole
            ? scatter.packed()
            : Arrays.copyOfRange(scatter.packed(), scatter.offset(from), endOf(scatter, to));
  }

  /** All of them, whatever they keep. */
  private MomentsSlice(Moments whole) {
    this.inputs = whole.inputs();
    this.order = whole.inputs() + whole.targets();
    this.from = 0;
    this.to = order;
    this.means = null;
    this.packed = null;
    this.whole = whole;
  }

  /** A copy of a part. */
  private MomentsSlice(MomentsSlice part) {
    this.inputs = part.inputs;
    this.order = part.order;
    this.from = part.from;
    this.to = part.to;
    this.rows = part.rows;
    this.weightSum = part.weightSum;
    this.units = part.units;
    this.means = part.means.copy();
    this.packed = part.packed.clone();
    this.whole = null;
  }

  private static int endOf(SymMatrix scatter, int to) {
    return to == scatter.order() ? scatter.packed().length : scatter.offset(to);
  }

  /** All of {@code moments} as one slice, which takes over their storage. */
  public static MomentsSlice owning(Moments moments) {
    return new MomentsSlice(moments);
  }

  /** Returns the number of slices of about {@code doubles} values for p columns. */
  public static int count(int p, int doubles) {
    return bounds(p, doubles).size() - 1;
  }

  /** Slice {@code index} of {@link #count} slices. */
  public static MomentsSlice of(Moments moments, int index, int doubles) {
    List<Integer> bounds = bounds(moments.inputs() + moments.targets(), doubles);
    return new MomentsSlice(moments, bounds.get(index), bounds.get(index + 1));
  }

  private static List<Integer> bounds(int p, int doubles) {
    Check.that(doubles > 0, "Cannot cut slices of %d values: at least one is needed", doubles);
    List<Integer> bounds = new ArrayList<>(List.of(0));
    long held = 0;
    for (int j = 0; j < p; j++) {
      held += p - j;
      if (held >= doubles || j == p - 1) {
        bounds.add(j + 1);
        held = 0;
      }
    }
    return bounds;
  }

  /** Adds the rows of {@code other}, a slice of the same columns, as {@link Moments#merge} does. */
  public void merge(MomentsSlice other) {
    Check.that(
        inputs == other.inputs && order == other.order && from == other.from && to == other.to,
        "Cannot merge slices: expected columns %d to %d of %d, got %d to %d of %d",
        from,
        to,
        order,
        other.from,
        other.to,
        other.order);
    if (whole != null && other.whole != null) {
      whole.merge(other.whole);
      return;
    }
    rows += other.rows;
    if (other.weightSum > 0) {
      adopt(units.joined(other.units));
      mergeInUnits(other.in(units));
    }
  }

  private MomentsSlice in(ColumnUnits larger) {
    if (units.shiftsTo(larger) == null) {
      return this;
    }
    MomentsSlice result = new MomentsSlice(this);
    result.adopt(larger);
    return result;
  }

  /** Expresses all sums in other units. */
  private void adopt(ColumnUnits others) {
    int[] shifts = units.shiftsTo(others);
    units = others;
    if (shifts == null) {
      return;
    }
    means.scaleInPlace(shifts);
    for (int j = 0, at = 0; j < to - from; j++) {
      for (int i = j; i < shifts.length; i++, at++) {
        packed[at] = Math.scalb(packed[at], shifts[i] + shifts[j]);
      }
    }
  }

  private void mergeInUnits(MomentsSlice other) {
    double total = weightSum + other.weightSum;
    double step = other.weightSum / total;
    double between = weightSum * step;
    double[] delta = new double[means.size()];
    for (int j = 0; j < delta.length; j++) {
      delta[j] = other.means.minus(means, j);
    }
    for (int j = 0, at = 0; j < to - from; j++) {
      double shift = between * delta[j];
      for (int i = j; i < delta.length; i++, at++) {
        packed[at] += other.packed[at] + shift * delta[i];
      }
    }
    moveMeans(other, step, delta);
    weightSum = total;
  }

  private void moveMeans(MomentsSlice other, double step, double[] delta) {
    if (weightSum == 0) {
      means.set(other.means);
      return;
    }
    for (int j = 0; j < delta.length; j++) {
      means.add(j, step * delta[j]);
    }
  }

  /**
   * The moments whose slices these are, in order of columns and without gaps.
   *
   * @throws IllegalArgumentException when a slice is missing or of other rows
   */
  public static Moments join(List<MomentsSlice> slices) {
    MomentsSlice first = slices.get(0);
    if (first.whole != null && slices.size() == 1) {
      return first.whole;
    }
    int p = first.order;
    SymMatrix scatter = slices.size() == 1 ? null : SymMatrix.zeros(p);
    int next = 0;
    for (MomentsSlice slice : slices) {
      Check.that(
          slice.from == next && slice.rows == first.rows && slice.weightSum == first.weightSum,
          "Cannot join slices: expected columns from %d on of %d rows, got from %d of %d rows",
          next,
          first.rows,
          slice.from,
          slice.rows);
      next = slice.to;
      if (scatter != null) {
        System.arraycopy(
            slice.packed, 0, scatter.packed(), scatter.offset(slice.from), slice.packed.length);
      }
    }
    Check.that(next == p, "Cannot join slices: columns %d to %d are missing", next, p);
    return new Moments(
        first.inputs,
        first.rows,
        first.weightSum,
        first.units,
        first.means,
        scatter == null ? SymMatrix.owning(p, first.packed) : scatter);
  }
}
