package org.ridgeline.moments;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;

/**
 * The unit of every column of some moments, a power of two: sums are kept of {@code x / unit}, so
 * that squares and products neither overflow nor underflow, whatever the size of the column.
 *
 * <p>There are five units, {@code 2^(510 k)} with k from -2 to 2. A column whose largest magnitude
 * is from {@code 2^-255} to below {@code 2^255} (1.7e-77 to 5.8e76) has unit 1, and its sums are
 * those of the values themselves; any other has the unit that brings its largest magnitude into
 * that range. Squares then stay within {@code 2^-510} and {@code 2^510}, which leaves half of the
 * range of doubles to weights and numbers of rows. Targets have unit 1 always: the squares of their
 * errors are results, so their size must be ordinary anyway.
 *
 * <p>Units follow from the largest magnitude alone, the larger unit wins where sums meet, and
 * multiplying by a power of two rounds nothing unless a result is below {@code 2^-1022}: the sums
 * are, to the last bit, those of the values themselves in numbers of unlimited range, whenever a
 * unit was chosen. So neither the order of rows nor their partitioning matters more than without
 * units. What underflows is smaller than the column's largest value by {@code 2^-765} or more.
 *
 * <p>A column that had only zeros so far has no unit yet, and takes that of any other.
 */
public final class ColumnUnits implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int STEP = 510;
  private static final int MOST = 2;
  private static final double PLAIN_LIMIT = 0x1p255;
  private static final byte NONE = -MOST - 1; // only zeros so far
  private static final double[] POWERS = new double[2 * MOST + 1];

  static {
    Arrays.setAll(POWERS, k -> Math.scalb(1.0, STEP * (k - MOST)));
  }

  private final byte[] levels; // the unit is 2^(510 level)

  private ColumnUnits(byte[] levels) {
    this.levels = levels;
  }

  /** Returns the units of columns that had only zeros so far. */
  static ColumnUnits none(int columns) {
    byte[] levels = new byte[columns];
    Arrays.fill(levels, NONE);
    return new ColumnUnits(levels);
  }

  /**
   * Returns units of these levels, for columns whose sums are these: of zeros where there is
   * neither a mean nor a scatter.
   */
  static ColumnUnits of(byte[] levels, Means means, Scatter scatter) {
    byte[] known = levels.clone();
    for (int j = 0; j < known.length; j++) {
      Check.that(
          Math.abs(known[j]) <= MOST,
          "Cannot use the moments: the unit of column %d is 2^(510 * %d)",
          j,
          known[j]);
      if (means.get(j) == 0 && scatter.square(j) == 0) {
        known[j] = NONE;
      }
    }
    return new ColumnUnits(known);
  }

  /** The number of columns. */
  public int size() {
    return levels.length;
  }

  /** k of the unit {@code 2^(510 k)} of column {@code j}. */
  byte level(int j) {
    return levels[j] == NONE ? 0 : levels[j];
  }

  /** Whether every unit is 1. */
  public boolean isPlain() {
    for (int j = 0; j < levels.length; j++) {
      if (level(j) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether column {@code j} had only zeros. */
  public boolean isZero(int j) {
    return levels[j] == NONE;
  }

  /** The unit of column {@code j}. */
  public double unit(int j) {
    return POWERS[level(j) + MOST];
  }

  /** Returns one over the unit of column {@code j}, exactly. */
  public double perUnit(int j) {
    return POWERS[MOST - level(j)];
  }

  /** Returns the coefficients b of the columns, one a row, as those of {@code x / unit}. */
  public Matrix ofCoefficients(Matrix b) {
    double[] factors = new double[b.rows()];
    Arrays.setAll(factors, this::unit);
    return b.map((j, l, value) -> value * factors[j]);
  }

  /** Returns the coefficients b of some columns as those of {@code x / unit}. */
  public double[] ofCoefficients(double[] b) {
    double[] result = b.clone();
    Arrays.setAll(result, j -> b[j] * unit(j));
    return result;
  }

  /**
   * Returns the units after the rows of a block: this where nothing changes.
   *
   * @param inputs how many columns, from the first, are inputs
   */
  ColumnUnits after(RowBlock block, int inputs) {
    return holds(block) ? this : after(block.largestMagnitudes(), inputs);
  }

  /** Returns the units after values of these largest magnitudes: this where nothing changes. */
  ColumnUnits after(double[] largest, int inputs) {
    byte[] after = levels.clone();
    for (int j = 0; j < after.length; j++) {
      if (largest[j] != 0) {
        byte level = j < inputs ? levelOf(largest[j]) : 0;
        after[j] = after[j] == NONE ? level : (byte) Math.max(after[j], level);
      }
    }
    return Arrays.equals(after, levels) ? this : new ColumnUnits(after);
  }

  /** Whether all columns have unit 1 because of earlier rows, and no value is too large for it. */
  private boolean holds(RowBlock block) {
    for (byte level : levels) {
      if (level != 0) {
        return false;
      }
    }
    return block.isBelow(PLAIN_LIMIT);
  }

  private static byte levelOf(double magnitude) {
    int exponent = // of NaN and infinity, that of 2^1024
        magnitude < Double.MIN_NORMAL
            ? Math.getExponent(magnitude * 0x1p60) - 60
            : Math.getExponent(magnitude);
    return (byte) Math.floorDiv(exponent + STEP / 2, STEP);
  }

  /** Divides the rows of a block by the units. */
  void divideInPlace(RowBlock block) {
    int p = levels.length;
    double[] v = block.values();
    for (int j = 0; j < p; j++) {
      if (level(j) != 0) {
        double factor = perUnit(j);
        for (int r = 0, at = j; r < block.rows(); r++, at += p) {
          v[at] *= factor;
        }
      }
    }
  }

  /** Returns the larger units of both: this or the other where they are these. */
  ColumnUnits joined(ColumnUnits other) {
    byte[] larger = levels.clone();
    for (int j = 0; j < larger.length; j++) {
      larger[j] = (byte) Math.max(larger[j], other.levels[j]);
    }
    if (Arrays.equals(larger, levels)) {
      return this;
    }
    return Arrays.equals(larger, other.levels) ? other : new ColumnUnits(larger);
  }

  /** Returns these with unit 1 from column {@code first} on. */
  ColumnUnits plainFrom(int first) {
    byte[] plain = levels.clone();
    for (int j = first; j < plain.length; j++) {
      plain[j] = plain[j] == NONE ? NONE : 0;
    }
    return new ColumnUnits(plain);
  }

  /** Returns the units of the columns at these positions. */
  ColumnUnits at(int[] positions) {
    byte[] chosen = new byte[positions.length];
    for (int j = 0; j < chosen.length; j++) {
      chosen[j] = levels[positions[j]];
    }
    return new ColumnUnits(chosen);
  }

  /** Returns the units of the columns from {@code first} on. */
  ColumnUnits from(int first) {
    return new ColumnUnits(Arrays.copyOfRange(levels, first, levels.length));
  }

  /**
   * Returns for each column the exponent of the power of two that turns numbers in these units into
   * numbers in others; null where all are 0.
   */
  int[] shiftsTo(ColumnUnits others) {
    int[] shifts = new int[levels.length];
    boolean differ = false;
    for (int j = 0; j < shifts.length; j++) {
      shifts[j] = levels[j] == NONE ? 0 : STEP * (levels[j] - others.level(j));
      differ |= shifts[j] != 0;
    }
    return differ ? shifts : null;
  }

  /** Whether the units are the same; a column of zeros has unit 1. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ColumnUnits units) || units.levels.length != levels.length) {
      return false;
    }
    for (int j = 0; j < levels.length; j++) {
      if (level(j) != units.level(j)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = levels.length;
    for (int j = 0; j < levels.length; j++) {
      hash = 31 * hash + level(j);
    }
    return hash;
  }
}
