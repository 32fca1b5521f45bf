package org.ridgeline.moments;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.linalg.Check;
import org.ridgeline.linalg.SymMatrix;

/**
 * Mergeable moments of rows {@code v = (x, y)} with weights w: the number of rows, {@code W = sum
 * w}, the weighted means, and the centred scatter {@code S = sum w (v - mean)(v - mean)'}.
 *
 * <p>Means are kept as an unevaluated sum of two doubles: at an offset of 1e8 a mean in one double
 * would cost the merged scatter four digits. Empty moments (n = 0) are legal and neutral in a merge;
 * rows of weight 0 count in n only.
 */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int inputs;
  private final int targets;
  private long rows;
  private double weightSum;
  private final double[] mean;
  private final double[] meanTail;
  private final SymMatrix scatter;

  /** Creates a value that owns its arguments. */
  Moments(
      int inputs,
      int targets,
      long rows,
      double weightSum,
      double[] mean,
      double[] meanTail,
      SymMatrix scatter) {
    this.inputs = inputs;
    this.targets = targets;
    this.rows = rows;
    this.weightSum = weightSum;
    this.mean = mean;
    this.meanTail = meanTail;
    this.scatter = scatter;
  }

  /** Returns the moments of no rows. */
  public static Moments empty(int inputs, int targets) {
    checkShape(inputs, targets);
    int p = inputs + targets;
    return new Moments(inputs, targets, 0, 0, new double[p], new double[p], SymMatrix.zeros(p));
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

  /** The weighted mean of column {@code j}; inputs come first, then targets. */
  public double mean(int j) {
    return mean[j] + meanTail[j];
  }

  /** {@code mean(j) - other.mean(j)}, computed before either mean is rounded. */
  public double meanDifference(Moments other, int j) {
    return (mean[j] - other.mean[j]) + (meanTail[j] - other.meanTail[j]);
  }

  /** The centred scatter S of all {@code d + m} columns: shared, not to be written to. */
  public SymMatrix scatter() {
    return scatter;
  }

  /** A copy. */
  public Moments copy() {
    return new Moments(
        inputs, targets, rows, weightSum, mean.clone(), meanTail.clone(), scatter.copy());
  }

  /**
   * Adds the rows of {@code other} to this, by the formula of Chan, Golub and LeVeque (1983):
   * {@code S := S + S_o + W W_o / (W + W_o) delta delta'} with {@code delta} the difference of the
   * means. Cost: {@code p^2} flops.
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
    int p = mean.length;
    double total = weightSum + other.weightSum;
    rows += other.rows;
    if (other.weightSum == 0) {
      return;
    }
    double step = other.weightSum / total;
    double factor = weightSum * step;
    double[] delta = new double[p];
    for (int j = 0; j < p; j++) {
      delta[j] = -meanDifference(other, j);
      moveMean(j, other, weightSum == 0 ? 1 : step, delta[j]);
    }
    double[] s = scatter.packed();
    double[] t = other.scatter.packed();
    for (int j = 0, at = 0; j < p; j++) {
      double shift = factor * delta[j];
      for (int i = j; i < p; i++, at++) {
        s[at] += t[at] + shift * delta[i];
      }
    }
    weightSum = total;
  }

  private void moveMean(int j, Moments other, double step, double delta) {
    if (step == 1) {
      mean[j] = other.mean[j];
      meanTail[j] = other.meanTail[j];
    } else {
      double tail = meanTail[j] + step * delta;
      double high = mean[j] + tail;
      meanTail[j] = sumError(mean[j], tail, high);
      mean[j] = high;
    }
  }

  /** What {@code sum = fl(a + b)} lost, exactly (Knuth's two-sum). */
  static double sumError(double a, double b, double sum) {
    double part = sum - a;
    return (a - (sum - part)) + (b - part);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Moments other
        && inputs == other.inputs
        && targets == other.targets
        && rows == other.rows
        && weightSum == other.weightSum
        && Arrays.equals(mean, other.mean)
        && Arrays.equals(meanTail, other.meanTail)
        && scatter.equals(other.scatter);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(mean) * 31 + Double.hashCode(weightSum);
  }
}
