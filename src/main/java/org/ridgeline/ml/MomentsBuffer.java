package org.ridgeline.ml;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;

/**
 * The moments of a group of rows in the making; the first row says how many features there are.
 * Spark's encoders take public classes only; there is nothing here for others to use.
 */
public final class MomentsBuffer implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 64; // rows: there may be many groups at a time

  private Moments settled; // null: no rows yet
  private transient MomentsAccumulator open; // of rows that are not settled
  private transient RowBlock block;

  MomentsBuffer() {}

  /**
   * Adds a row.
   *
   * @param x the features
   * @param y the label
   */
  void add(Double[] x, double y) {
    int d = x.length;
    requireWidth(d);
    if (open == null) {
      open = new MomentsAccumulator(d, 1);
      block = new RowBlock(BLOCK, d + 1);
    }
    int at = block.claimRow(1);
    double[] values = block.values();
    for (int j = 0; j < d; j++) {
      values[at + j] = finite(x[j], "feature");
    }
    values[at + d] = finite(y, "label");
    if (block.isFull()) {
      open.addInPlace(block);
    }
  }

  private static double finite(double value, String what) {
    Check.that(
        Double.isFinite(value),
        "Cannot sum up rows: a %s is %s; leave such rows out by a WHERE",
        what,
        value);
    return value;
  }

  private void requireWidth(int d) {
    int known = open != null ? block.width() - 1 : settled != null ? settled.inputs() : d;
    Check.that(
        known == d && d > 0,
        "Cannot sum up rows of %d and of %d features: all arrays of a group must have one length,"
            + " at least 1",
        known,
        d);
  }

  /** Adds the rows of another buffer. */
  void merge(MomentsBuffer other) {
    Optional<Moments> more = other.moments();
    settle();
    if (more.isPresent() && settled == null) {
      settled = more.get().copy();
    } else if (more.isPresent()) {
      requireWidth(more.get().inputs());
      settled.merge(more.get());
    }
  }

  /** Returns the moments of all rows so far; empty without rows. */
  Optional<Moments> moments() {
    settle();
    return Optional.ofNullable(settled);
  }

  private void settle() {
    if (open == null) {
      return;
    }
    open.addInPlace(block);
    Moments fresh = open.snapshot();
    if (settled == null) {
      settled = fresh;
    } else {
      settled.merge(fresh);
    }
    open = null;
    block = null;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    settle();
    out.defaultWriteObject();
  }
}
