package org.ridgeline.infer;

import org.ridgeline.linalg.Vec;

/**
 * Gradient flow from 0 on half the residual sum of squares: at time t it has fitted the share
 * {@code 1 - exp(-t e_j)} of direction j, as ridge fits {@code e_j / (e_j + lambda)} (Ali, Kolter,
 * Tibshirani 2019).
 */
final class GradientFlow {
  private GradientFlow() {}

  /**
   * The time at which {@code sum_j (1 - exp(-t e_j)) = df}; infinite when it is never reached.
   *
   * @param eigenvalues of G, none negative
   */
  static double time(Vec eigenvalues, double df) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double e : eigenvalues.toArray()) {
      largest = Math.max(largest, e);
      smallest = e > 0 ? Math.min(smallest, e) : smallest;
    }
    if (largest == 0 || df <= 0) {
      return 0;
    }
    double low = Math.log(df / eigenvalues.size() / largest * 1e-3);
    double high = Math.log(1e3 / smallest);
    if (fitted(eigenvalues, Math.exp(high)) <= df) {
      return Double.POSITIVE_INFINITY;
    }
    for (double middle = (low + high) / 2; low < middle && middle < high; ) {
      if (fitted(eigenvalues, Math.exp(middle)) < df) {
        low = middle;
      } else {
        high = middle;
      }
      middle = (low + high) / 2;
    }
    return Math.exp(high);
  }

  private static double fitted(Vec eigenvalues, double time) {
    double sum = 0;
    for (int j = 0; j < eigenvalues.size(); j++) {
      sum -= Math.expm1(-time * eigenvalues.get(j));
    }
    return sum;
  }
}
