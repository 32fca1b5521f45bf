package org.ridgeline.moments;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.QuadraticForm;
import org.ridgeline.linalg.SymMatrix;

/**
 * Mergeable moments of rows {@code v = (x, y)} with weights w: the number of rows, {@code W = sum
 * w}, the weighted means, and the centered scatter {@code S = sum w (v - mean)(v - mean)'}, or the
 * rows themselves where they are fewer than their columns.
 *
 * <p>Sums are kept in the {@link ColumnUnits units} of the columns, so that a column of size 1e-300
 * or 1e300 is as good as any. What is in units says so; {@link #mean} is in the columns' own.
 *
 * <p>Empty moments (n = 0) are legal and neutral in a merge; rows of weight 0 count in n only.
 */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int inputs;
  private final int targets;
  private long rows;
  private double weightSum;
  private ColumnUnits units;
  private final Means means;
  private Scatter scatter;

  /** Creates a value that owns its arguments. */
  Moments(
      int inputs, long rows, double weightSum, ColumnUnits units, Means means, SymMatrix scatter) {
    this(inputs, rows, weightSum, units, means, new Triangle(scatter, null));
  }

  /** Creates a value that owns its arguments. */
  Moments(
      int inputs, long rows, double weightSum, ColumnUnits units, Means means, Scatter scatter) {
    this.inputs = inputs;
    this.targets = means.size() - inputs;
    this.rows = rows;
    this.weightSum = weightSum;
    this.units = units;
    this.means = means;
    this.scatter = scatter;
  }

  /** What there is of the scatter. */
  Scatter kept() {
    return scatter;
  }

  /** Whether the rows themselves are kept in place of their scatter. */
  public boolean keepsRows() {
    return scatter instanceof GatheredRows;
  }

  /**
   * Returns F with {@code F'F = S}, p columns and any number of rows, where the pass kept it: their
   * triangular factor or, centered and weighted, the rows themselves. It has the digits that
   * forming S loses. In units; not to be written to.
   */
  public Optional<Matrix> factor() {
    return scatter.factor(means);
  }

  /** Returns what the elements of {@link #factor} have lost to rounding, where it is known. */
  public Optional<Matrix> factorRemainder() {
    return scatter instanceof Triangle triangle && triangle.rowFactor() != null
        ? triangle.rowFactor().remainder()
        : Optional.empty();
  }

  /** Returns the factor about 0, {@code F'F = S + W mean mean'}, where there is one. */
  public Optional<Matrix> factorAboutZero() {
    return scatter.factorAboutZero(means, weightSum);
  }

  /** Returns the moments of no rows. */
  public static Moments empty(int inputs, int targets) {
    checkShape(inputs, targets);
    int p = inputs + targets;
    return new Moments(inputs, 0, 0, ColumnUnits.none(p), Means.zeros(p), new NoRows(p));
  }

  static void checkShape(int inputs, int targets) {
    Check.that(
        inputs >= 0 && targets >= 0 && inputs + targets > 0,
        "Cannot make moments of %d inputs and %d targets: at least one column is needed",
        inputs,
        targets);
  }

  /** d, the number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** m, the number of targets. */
  public int targets() {
    return targets;
  }

  /** n, the number of rows, those of weight 0 included. */
  public long rows() {
    return rows;
  }

  /** W, the sum of weights. */
  public double weightSum() {
    return weightSum;
  }

  /** The units of all columns. */
  public ColumnUnits units() {
    return units;
  }

  /** The means of all columns in units: shared, not to be written to. */
  Means means() {
    return means;
  }

  /** The weighted mean of column {@code j}; inputs come first, then targets. */
  public double mean(int j) {
    return means.get(j) * units.unit(j);
  }

  /** The weighted mean of column {@code j} in its unit. */
  public double unitMean(int j) {
    return means.get(j);
  }

  /** The variance of column {@code j} in its unit: weighted, divisor W. */
  public double unitVariance(int j) {
    return squares(j) / weightSum;
  }

  /** The population standard deviation of target {@code t}: weighted, divisor W. */
  public double targetDeviation(int t) {
    return Math.sqrt(squares(inputs + t) / weightSum);
  }

  /** The mean of column {@code j} in its unit before rounding, less {@code unitMean(j)}. */
  public double unitMeanRemainder(int j) {
    return means.remainder(j);
  }

  /**
   * The mean of column {@code j} less that of other moments of the same units, in its unit and
   * computed before either mean is rounded.
   */
  public double unitMeanDifference(Moments other, int j) {
    return means.minus(other.means, j);
  }

  /** Returns these moments in units that are at least as large: this when they are the same. */
  public Moments in(ColumnUnits larger) {
    if (units.equals(larger)) {
      return this;
    }
    Moments result = copy();
    result.adopt(larger);
    return result;
  }

  /** Expresses all sums in other units. */
  private void adopt(ColumnUnits others) {
    int[] shifts = units.shiftsTo(others);
    units = others;
    if (shifts != null) {
      means.scaleInPlace(shifts);
      scatter.scaleInPlace(shifts);
    }
  }

  /** {@code sum w (v - mean)^2} of column {@code j}, in its unit: S_jj. */
  public double squares(int j) {
    return scatter.square(j);
  }

  /** {@code sum w (v_i - mean_i)(v_j - mean_j)}, in units: S_ij. Cost: O(n) where rows are kept. */
  public double products(int i, int j) {
    return scatter.get(i, j, means);
  }

  /** {@code S c}, in units. Cost: {@code p^2} operations, or {@code 2 n p} where rows are kept. */
  public double[] scatterTimes(double[] c) {
    return scatter.times(c, means);
  }

  /** {@code S_xx}, in units, both triangles: d^2 doubles of its own. */
  public Matrix inputScatter() {
    return scatter.block(0, inputs, 0, inputs, means);
  }

  /** The form {@code b' S_xx b}, in units. Where rows are kept it takes {@code n p^2} flops. */
  public QuadraticForm inputForm() {
    return QuadraticForm.of(scatter.triangle(means), 0, inputs);
  }

  /** {@code S_xy}, in units, d x m. */
  public Matrix crossScatter() {
    return scatter.block(0, inputs, inputs, inputs + targets, means);
  }

  /**
   * The centered scatter S of all {@code d + m} columns, in units: not to be written to. Where rows
   * are kept it is computed, {@code n p^2} flops.
   */
  public SymMatrix scatter() {
    return scatter.triangle(means);
  }

  /** A copy. */
  public Moments copy() {
    return new Moments(inputs, rows, weightSum, units, means.copy(), scatter.copy());
  }

  /**
   * The moments of the first {@code leading} inputs, each multiplied by {@code factor}, and of all
   * targets: {@code S_xx factor^2}, {@code S_xy factor}, {@code S_yy}. Cost: {@code p^2} flops of
   * the smaller p.
   *
   * @throws IllegalArgumentException when there are fewer inputs, or the factor is not finite and
   *     positive
   */
  public Moments leading(int leading, double factor) {
    Check.that(
        leading >= 0 && leading <= inputs && leading + targets > 0,
        "Cannot take the first %d of %d inputs",
        leading,
        inputs);
    Check.that(
        factor > 0 && factor < Double.POSITIVE_INFINITY,
        "Cannot multiply inputs by %s: the factor must be finite and > 0",
        factor);
    int[] kept = new int[leading + targets];
    Arrays.setAll(kept, j -> j < leading ? j : inputs + j - leading);
    return new Moments(
        leading,
        rows,
        weightSum,
        units.at(kept),
        means.scaledHead(leading, factor, inputs),
        scatter.leading(leading, factor, inputs));
  }

  /**
   * The moments of some columns, in this order: rows and columns of S, and of the factor F its
   * columns, made triangular again. All columns in their order are the same bits. Cost: {@code q^2}
   * copies for q columns; with a factor {@code 2 p q^2} flops.
   *
   * <p>A target has unit 1: sums of an input of extreme size overflow or underflow when it becomes
   * one.
   *
   * @param columns their positions among the p; none twice
   * @param leading how many of them, from the first, are the inputs
   * @throws IllegalArgumentException when a position occurs twice or does not exist
   */
  public Moments selected(int[] columns, int leading) {
    checkShape(leading, columns.length - leading);
    boolean[] taken = new boolean[means.size()];
    for (int column : columns) {
      Check.that(
          column >= 0 && column < taken.length && !taken[column],
          "Cannot select column %d of %d: it is not there, or selected twice",
          column,
          taken.length);
      taken[column] = true;
    }
    if (leading == inputs && Arrays.equals(columns, ascending(means.size()))) {
      return copy();
    }
    Moments selected =
        new Moments(
            leading,
            rows,
            weightSum,
            units.at(columns),
            means.at(columns),
            scatter.columns(columns));
    selected.adopt(selected.units.plainFrom(leading));
    return selected;
  }

  private static int[] ascending(int size) {
    int[] positions = new int[size];
    Arrays.setAll(positions, j -> j);
    return positions;
  }

  /**
   * Adds the rows of {@code other} to this, by the formula of Chan, Golub and LeVeque (1983):
   * {@code S := S + S_o + W W_o / (W + W_o) delta delta'} with {@code delta} the difference of the
   * means. Both are brought to the larger units first. Cost: {@code p^2} flops; where both keep
   * rows, O(p).
   *
   * @throws IllegalArgumentException when the shapes differ
   */
  public void merge(Moments other) {
    Check.that(
        inputs == other.inputs && targets == other.targets,
        "Cannot merge moments: expected %d inputs and %d targets, got %d and %d",
        inputs,
        targets,
        other.inputs,
        other.targets);
    rows += other.rows;
    if (other.weightSum > 0) {
      adopt(units.joined(other.units));
      mergeInUnits(other.in(units));
    }
  }

  private void mergeInUnits(Moments other) {
    int p = means.size();
    double total = weightSum + other.weightSum;
    double step = other.weightSum / total;
    double between = weightSum * step;
    double[] delta = new double[p];
    for (int j = 0; j < p; j++) {
      delta[j] = other.means.minus(means, j);
    }
    mergeScatter(other, between, delta);
    moveMeans(other, step, delta);
    weightSum = total;
  }

  /** Rows and rows are more rows; where only one of both has its rows, the scatters are added. */
  private void mergeScatter(Moments other, double between, double[] delta) {
    if (weightSum == 0) {
      scatter = other.scatter.copy();
    } else if (scatter instanceof GatheredRows mine && other.scatter instanceof GatheredRows more) {
      mine.merge(more, between, delta);
    } else {
      Triangle sum = asTriangle();
      sum.merge(other.asTriangle(), between, delta);
      scatter = sum;
    }
  }

  private Triangle asTriangle() {
    return scatter instanceof Triangle triangle ? triangle : new Triangle(scatter(), null);
  }

  private void moveMeans(Moments other, double step, double[] delta) {
    if (weightSum == 0) {
      means.set(other.means);
      return;
    }
    for (int j = 0; j < delta.length; j++) {
      means.add(j, step * delta[j]);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Moments other
        && inputs == other.inputs
        && targets == other.targets
        && rows == other.rows
        && weightSum == other.weightSum
        && units.equals(other.units)
        && means.equals(other.means)
        && isSame(other);
  }

  private boolean isSame(Moments other) {
    if (scatter instanceof GatheredRows mine && other.scatter instanceof GatheredRows theirs) {
      return mine.isSame(theirs);
    }
    return keepsRows() == other.keepsRows() && scatter().equals(other.scatter());
  }

  @Override
  public int hashCode() {
    return means.hashCode() * 31 + Double.hashCode(weightSum);
  }
}
