package org.ridgeline.moments;

import java.util.Arrays;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.SymMatrix;

/**
 * Adds blocks of rows to centered moments.
 *
 * <p>Every block is centered about its own weighted mean, and the shift between that mean and the
 * mean so far enters by Chan's formula, {@code W W_b / (W + W_b) (mean_b - mean)(mean_b - mean)'},
 * as one more row of the same rank-m update (Chan, Golub, LeVeque 1983, eq. 2.1). All values are
 * first taken relative to a pivot, the mean of the first block, so that an offset of 1e8 costs no
 * digits. Values are divided by the {@link ColumnUnits units} of their columns before anything is
 * subtracted or squared. Rows of weight 0 are only counted.
 *
 * <p>Cost: {@code p^2} flops a row and {@code 8 p^2} bytes.
 */
public final class MomentsAccumulator implements RowSums {
  private final int inputs;
  private final double[] pivot;
  private final double[] mean; // relative to the pivot
  private final double[] blockMean;
  private final double[] scatter; // p x p, lower triangle; empty where the rows are kept
  private final RowFactor factor; // null unless asked for
  private final GatheredRows kept; // null: the scatter is
  private ColumnUnits units;
  private long rows;
  private double weightSum;

  /**
   * Creates empty moments.
   *
   * @param inputs d, the number of leading columns that are inputs
   * @param targets m, the number of trailing columns that are targets
   */
  public MomentsAccumulator(int inputs, int targets) {
    this(inputs, targets, null, null);
  }

  /** Creates empty moments that keep the triangular factor of the rows, too. */
  public static MomentsAccumulator withFactor(int inputs, int targets) {
    int p = inputs + targets;
    return new MomentsAccumulator(
        inputs,
        targets,
        p <= LongFactor.MOST_COLUMNS ? new LongFactor(p) : new TriangularFactor(p),
        null);
  }

  /**
   * Creates empty moments that keep the rows and not their scatter: {@code 8 p} bytes a row and
   * {@code 32 p} in all.
   *
   * @param most beyond this number of rows, all are dropped
   */
  public static MomentsAccumulator ofRows(int inputs, int targets, long most) {
    return new MomentsAccumulator(inputs, targets, null, new GatheredRows(inputs + targets, most));
  }

  private MomentsAccumulator(int inputs, int targets, RowFactor factor, GatheredRows kept) {
    Moments.checkShape(inputs, targets);
    int p = inputs + targets;
    Check.that(
        p <= 46_340 || kept != null,
        "Cannot accumulate %d columns in one array: at most 46340; use fewer features",
        p);
    this.factor = factor;
    this.kept = kept;
    this.inputs = inputs;
    this.pivot = new double[p];
    this.mean = new double[p];
    this.blockMean = new double[p];
    this.scatter = new double[kept == null ? p * p : 0];
    this.units = ColumnUnits.none(p);
  }

  /** The number of bytes that an accumulator for {@code p} columns holds in its scatter. */
  public static long bytes(int p) {
    return 8L * p * p;
  }

  @Override
  public void letRowsGo() {
    if (kept != null) {
      kept.letGo();
    }
  }

  /** The number of rows seen, of any weight. */
  public long rows() {
    return rows;
  }

  @Override
  public void addInPlace(RowBlock block) {
    prepare(block);
    addPrepared(block);
  }

  /**
   * Divides the values of {@code block} by units that hold all rows so far, and makes sure that
   * there is a pivot.
   *
   * @return how many powers of two each column's sums were multiplied by; null: none was
   */
  int[] prepare(RowBlock block) {
    int p = pivot.length;
    Check.that(
        block.width() == p, "Cannot add a block: expected %d columns, got %d", p, block.width());
    if (block.rows() == 0) {
      return null;
    }
    int[] shifts = adopt(units.after(block, inputs));
    units.divideInPlace(block);
    if (weightSum == 0) {
      choosePivot(block);
    }
    return shifts;
  }

  /** Adds the rows of a prepared block and clears it. */
  void addPrepared(RowBlock block) {
    if (block.rows() > 0) {
      rows += block.rows();
      read(block);
      double blockWeight = center(block);
      if (blockWeight > 0) {
        add(appendShift(block, blockWeight), block.values());
      }
    }
    block.clear();
  }

  /** Writes row {@code r} of a prepared block, relative to the pivot. */
  void offsets(RowBlock block, int r, double[] row) {
    int at = r * pivot.length;
    for (int j = 0; j < pivot.length; j++) {
      row[j] = block.values()[at + j] - pivot[j];
    }
  }

  /** The means in units, relative to the pivot: shared, not to be written to. */
  double[] meanOffsets() {
    return mean;
  }

  /** Expresses all sums in units that are at least as large; returns what that shifted. */
  private int[] adopt(ColumnUnits larger) {
    int[] shifts = larger.equals(units) ? null : units.shiftsTo(larger);
    units = larger;
    if (shifts != null) {
      int p = pivot.length;
      for (int j = 0; j < p; j++) {
        pivot[j] = Math.scalb(pivot[j], shifts[j]);
        mean[j] = Math.scalb(mean[j], shifts[j]);
      }
      scaleInPlace(shifts);
    }
    return shifts;
  }

  private void scaleInPlace(int[] shifts) {
    if (kept != null) {
      kept.scaleInPlace(shifts);
      return;
    }
    int p = shifts.length;
    for (int j = 0; j < p; j++) {
      for (int i = j; i < p; i++) {
        scatter[i + j * p] = Math.scalb(scatter[i + j * p], shifts[i] + shifts[j]);
      }
    }
    if (factor != null) {
      factor.scaleInPlace(shifts);
    }
  }

  /** Hands over rows as they were read. */
  private void read(RowBlock block) {
    if (kept != null) {
      kept.read(block);
    } else if (factor != null) {
      factor.read(block);
    }
  }

  /** Adds so many centered rows. */
  private void add(int count, double[] values) {
    if (kept != null) {
      kept.add(count, values);
      return;
    }
    Blas.syrkLower(pivot.length, count, values, scatter);
    if (factor != null) {
      factor.add(count, values);
    }
  }

  /** Makes the block's weighted mean the pivot: a single row could be far from all others. */
  private void choosePivot(RowBlock block) {
    int p = pivot.length;
    double[] v = block.values();
    int first = -1;
    double total = 0;
    Arrays.fill(blockMean, 0);
    for (int r = 0, at = 0; r < block.rows(); r++, at += p) {
      double w = block.weight(r);
      if (w > 0) {
        first = first < 0 ? at : first;
        total += w;
        for (int j = 0; j < p; j++) {
          blockMean[j] += w * (v[at + j] - v[first + j]);
        }
      }
    }
    for (int j = 0; j < p && total > 0; j++) {
      pivot[j] = v[first + j] + blockMean[j] / total;
    }
  }

  /**
   * Overwrites row i with {@code sqrt(w_i) (v_i - mean_b)}, leaves {@code mean_b - pivot} in {@code
   * blockMean}, and returns the block's weight.
   */
  private double center(RowBlock block) {
    int p = pivot.length;
    int n = block.rows();
    double[] v = block.values();
    Arrays.fill(blockMean, 0);
    double blockWeight = 0;
    for (int r = 0, at = 0; r < n; r++, at += p) {
      double w = block.weight(r);
      blockWeight += w;
      shiftAndSum(v, at, w);
    }
    if (blockWeight == 0) {
      return 0;
    }
    for (int j = 0; j < p; j++) {
      blockMean[j] /= blockWeight;
    }
    for (int r = 0, at = 0; r < n; r++, at += p) {
      for (int j = 0; j < p; j++) {
        v[at + j] -= blockMean[j];
      }
      if (block.isWeighted()) {
        double root = Math.sqrt(block.weight(r));
        for (int j = 0; j < p; j++) {
          v[at + j] *= root;
        }
      }
    }
    return blockWeight;
  }

  private void shiftAndSum(double[] v, int at, double w) {
    if (w == 0) {
      Arrays.fill(v, at, at + pivot.length, 0); // 0 times what may be absurdly large
      return;
    }
    for (int j = 0; j < pivot.length; j++) {
      double shifted = v[at + j] - pivot[j];
      v[at + j] = shifted;
      blockMean[j] += w * shifted;
    }
  }

  /** Puts Chan's correction into the block's spare row, moves the mean; returns the row count. */
  private int appendShift(RowBlock block, double blockWeight) {
    int p = pivot.length;
    int n = block.rows();
    double total = weightSum + blockWeight;
    double root = Math.sqrt(weightSum * (blockWeight / total));
    double step = blockWeight / total;
    double[] v = block.values();
    for (int j = 0; j < p; j++) {
      double delta = blockMean[j] - mean[j];
      v[n * p + j] = root * delta;
      mean[j] += step * delta;
    }
    boolean first = weightSum == 0;
    weightSum = total;
    return first ? n : n + 1;
  }

  @Override
  public Moments snapshot() {
    return new Moments(inputs, rows, weightSum, units, Means.sumOf(pivot, mean), kept());
  }

  private Scatter kept() {
    return kept != null
        ? kept.copy()
        : new Triangle(
            SymMatrix.fromLower(pivot.length, scatter), factor == null ? null : factor.copy());
  }
}
