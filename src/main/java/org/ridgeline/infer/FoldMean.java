package org.ridgeline.infer;

/**
 * A mean over rows that lie in folds, {@code sum_f s_f / W}, and its standard error from the
 * differences between the folds: {@code sqrt(k / (k - 1) sum_f (w_f / W)^2 (s_f / w_f - mean)^2)},
 * for equal folds the deviation of their means over {@code sqrt k}.
 *
 * @param value the mean
 * @param standardError NaN for one fold
 */
public record FoldMean(double value, double standardError) {
  /**
   * Computes the mean.
   *
   * @param sums s_f, the sum over the rows of each fold
   * @param weights w_f, the sum of weights of each
   */
  static FoldMean of(double[] sums, double[] weights) {
    double sum = 0;
    double weight = 0;
    for (int f = 0; f < sums.length; f++) {
      sum += sums[f];
      weight += weights[f];
    }
    double mean = sum / weight;
    double squares = 0;
    for (int f = 0; f < sums.length; f++) {
      double part = (sums[f] - weights[f] * mean) / weight;
      squares += part * part;
    }
    double k = sums.length;
    return new FoldMean(mean, k > 1 ? Math.sqrt(k / (k - 1) * squares) : Double.NaN);
  }
}
