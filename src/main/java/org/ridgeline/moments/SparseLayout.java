package org.ridgeline.moments;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.base.Check;

/**
 * Which columns of rows are stored in full, side by side, and which by their {@link Nonzeros}:
 * levels of categories, elements of sparse vectors. Targets are stored in full.
 */
public final class SparseLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int inputs;
  private final int targets;
  private final int[] full; // the columns stored in full, ascending

  /**
   * Creates a layout.
   *
   * @param inputs d
   * @param targets m
   * @param full the inputs that are stored in full, ascending
   */
  public SparseLayout(int inputs, int targets, int... full) {
    this.inputs = inputs;
    this.targets = targets;
    this.full = Arrays.copyOf(full, full.length + targets);
    for (int t = 0; t < targets; t++) {
      this.full[full.length + t] = inputs + t;
    }
    for (int i = 1; i < this.full.length; i++) {
      Check.that(
          this.full[i - 1] < this.full[i], "Cannot lay out rows: columns must be in their order");
    }
  }

  /** d, the number of inputs. */
  int inputs() {
    return inputs;
  }

  /** m, the number of targets. */
  int targets() {
    return targets;
  }

  /** d + m, the number of columns. */
  public int columns() {
    return inputs + targets;
  }

  /** The number of values of a row that are stored in full. */
  public int stored() {
    return full.length;
  }

  /** The column of the {@code i}th value that is stored in full. */
  public int column(int i) {
    return full[i];
  }

  /** For each column its place among those that are stored in full; -1 for the others. */
  int[] places() {
    int[] places = new int[columns()];
    Arrays.fill(places, -1);
    for (int i = 0; i < full.length; i++) {
      places[full[i]] = i;
    }
    return places;
  }
}
