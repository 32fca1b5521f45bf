package org.ridgeline.infer;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.base.Check;

/**
 * The absolute residuals of some rows, sorted, each with how many there are up to it.
 *
 * <p>They are kept exactly, or rounded up to so many binary digits that the memory no longer
 * depends on the number of rows: an interval made of them can then only be wider, by at most {@code
 * 2^-digits} of the residual that ends it.
 */
public final class ResidualSizes implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EXACT = 52;
  private static final int ROUNDED = 12;
  private static final int BUFFER = 1 << 14;

  private final long mask; // the bits that are rounded away
  private double[] values = new double[0]; // ascending, all different
  private long[] upTo = new long[0]; // how many residuals are at most the value
  private double[] buffer = new double[0];
  private int buffered;

  private ResidualSizes(int digits) {
    this.mask = (1L << (EXACT - digits)) - 1;
  }

  /** How residuals are kept. */
  public enum Keep {
    /** As they are, 16 bytes each. */
    EXACT,
    /** Rounded up to 12 binary digits after the first, at most 2^-12 of themselves. */
    ROUNDED_UP
  }

  /** Returns no residuals. */
  public static ResidualSizes empty(Keep keep) {
    return new ResidualSizes(keep == Keep.EXACT ? EXACT : ROUNDED);
  }

  /** Adds {@code |residual|}. */
  public void add(double residual) {
    Check.that(Double.isFinite(residual), "Cannot rank the residual %s", residual);
    if (buffered == buffer.length) {
      compact();
      buffer = new double[BUFFER];
    }
    long bits = Double.doubleToRawLongBits(Math.abs(residual));
    buffer[buffered++] = Double.longBitsToDouble((bits + mask) & ~mask);
  }

  /** Adds all of {@code other}. */
  public void merge(ResidualSizes other) {
    compact();
    other.compact();
    mergeSorted(other.values, other.upTo);
  }

  /** Sorts the buffer into the rest and frees it. */
  public void compact() {
    double[] sorted = Arrays.copyOf(buffer, buffered);
    Arrays.sort(sorted);
    long[] counts = new long[buffered];
    Arrays.setAll(counts, i -> i + 1L);
    mergeSorted(sorted, counts);
    buffered = 0;
    buffer = new double[0];
  }

  private void mergeSorted(double[] more, long[] moreUpTo) {
    double[] merged = new double[values.length + more.length];
    long[] mergedUpTo = new long[merged.length];
    int size = 0;
    int a = 0;
    int b = 0;
    while (a < values.length || b < more.length) {
      double next =
          b == more.length || (a < values.length && values[a] <= more[b]) ? values[a] : more[b];
      while (a < values.length && values[a] == next) {
        a++;
      }
      while (b < more.length && more[b] == next) {
        b++;
      }
      merged[size] = next;
      mergedUpTo[size++] = (a == 0 ? 0 : upTo[a - 1]) + (b == 0 ? 0 : moreUpTo[b - 1]);
    }
    values = Arrays.copyOf(merged, size);
    upTo = Arrays.copyOf(mergedUpTo, size);
  }

  /** Returns the number of residuals. */
  public long count() {
    return buffered + (upTo.length == 0 ? 0 : upTo[upTo.length - 1]);
  }

  /** Returns the number of different residuals, once compacted. */
  int size() {
    return values.length;
  }

  /** Returns the i-th different residual, ascending. */
  double value(int i) {
    return values[i];
  }

  /** Returns the number of residuals among the first i different ones. */
  long countBefore(int i) {
    return i == 0 ? 0 : upTo[i - 1];
  }
}
