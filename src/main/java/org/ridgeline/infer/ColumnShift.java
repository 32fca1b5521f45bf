package org.ridgeline.infer;

import java.util.OptionalDouble;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.ColumnDiagnosis;

/**
 * How far a column has moved between two sets of rows.
 *
 * @param meanA its mean in A
 * @param meanB its mean in B
 * @param deviationA its standard deviation in A, divisor W; 0 for a constant column
 * @param deviationB its standard deviation in B
 * @param shift {@code (mean_B - mean_A) / deviation_A}; infinite where a constant column has moved
 * @param z the same difference over its standard error, {@code sqrt(v_A / n_A + v_B / n_B)} with
 *     the variances of divisor n - 1; empty where rows have weights that are precisions
 */
public record ColumnShift(
    double meanA,
    double meanB,
    double deviationA,
    double deviationB,
    double shift,
    OptionalDouble z) {

  /** Returns the ratio of the standard deviations, B over A; NaN for a column that is constant. */
  public double ratio() {
    return deviationA == 0 ? Double.NaN : deviationB / deviationA;
  }

  /**
   * Measures a column of rows of weight 1, or of weights that count rows.
   *
   * @param samples the moments
   * @param j the column; inputs come first, then targets
   */
  public static ColumnShift ofCounted(TwoSamples samples, int j) {
    Moments a = samples.totalA();
    Moments b = samples.totalB();
    double error =
        Math.sqrt(variance(a, j) / (a.weightSum() - 1) + variance(b, j) / (b.weightSum() - 1));
    double z = difference(a, b, j) / error;
    return of(a, b, j, Double.isFinite(z) ? OptionalDouble.of(z) : OptionalDouble.empty());
  }

  /** Measures a column of rows with weights that do not count rows. */
  public static ColumnShift ofWeighted(TwoSamples samples, int j) {
    return of(samples.totalA(), samples.totalB(), j, OptionalDouble.empty());
  }

  private static ColumnShift of(Moments a, Moments b, int j, OptionalDouble z) {
    double unit = a.units().unit(j);
    double spread = Math.sqrt(variance(a, j));
    double difference = difference(a, b, j);
    return new ColumnShift(
        a.mean(j),
        b.mean(j),
        spread * unit,
        Math.sqrt(variance(b, j)) * unit,
        difference == 0 ? 0 : difference / spread,
        z);
  }

  /** The difference of the means in the unit of the column; 0 where it is their rounding. */
  private static double difference(Moments a, Moments b, int j) {
    double difference = b.unitMeanDifference(a, j);
    boolean equal =
        ColumnDiagnosis.isConstant(difference * difference, a.unitMean(j)) && variance(a, j) == 0;
    return equal ? 0 : difference;
  }

  private static double variance(Moments moments, int j) {
    return ColumnDiagnosis.isConstant(moments, j) ? 0 : moments.unitVariance(j);
  }
}
