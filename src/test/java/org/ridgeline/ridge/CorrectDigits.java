package org.ridgeline.ridge;

import static org.ridgeline.Agreement.EPS;

import org.ridgeline.Rows;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;

/**
 * The decimal digits of least-squares coefficients: those that there are, those that may be lost.
 */
final class CorrectDigits {
  /** Certified values have 15 digits. */
  private static final double CERTIFIED = 5e-15;

  private CorrectDigits() {}

  /** Of the worst coefficient. Certified is the intercept (0: absolute), then the coefficients. */
  static double of(double intercept, double[] coefficients, double... certified) {
    double worst = relative(intercept - certified[0], certified[0]);
    for (int j = 1; j < certified.length; j++) {
      worst = Math.max(worst, relative(coefficients[j - 1] - certified[j], certified[j]));
    }
    return Math.min(15, -Math.log10(worst));
  }

  private static double relative(double error, double value) {
    return Math.abs(error) / (value == 0 ? 1 : Math.abs(value));
  }

  /**
   * What the worst coefficient keeps when each entry of the scaled scatter G and of the right side
   * c has one rounding: {@code |db| <= eps |G^-1| (|G| |b| + |c|)}, entry by entry; the intercept
   * alike with the row {@code mean' G^-1}. Source: Higham, Accuracy and Stability of Numerical
   * Algorithms (2002), theorem 7.4.
   */
  static double ofMoments(Rows rows, Intercept intercept, double... certified) {
    int d = rows.inputs();
    double[] mean = new double[d];
    double[] scale = new double[d];
    SymMatrix scatter = scatter(rows, intercept, mean, scale);
    Matrix identity = Matrix.zeros(d, d);
    for (int j = 0; j < d; j++) {
      identity.set(j, j, 1);
    }
    Matrix inverse = Cholesky.of(scatter).orElseThrow().solve(identity);
    double[] rounding = new double[d]; // |G| |b| + |c|, with c = G b
    double sum = Math.abs(certified[0]);
    for (int j = 0; j < d; j++) {
      double right = 0;
      for (int k = 0; k < d; k++) {
        double term = scatter.get(Math.max(j, k), Math.min(j, k)) * scale[k] * certified[k + 1];
        rounding[j] += Math.abs(term);
        right += term;
      }
      rounding[j] += Math.abs(right);
      sum += Math.abs(mean[j] * certified[j + 1]);
    }
    double[] shift = new double[d]; // of the intercept: mean' G^-1
    double worst = 0;
    for (int j = 0; j < d; j++) {
      double error = 0;
      for (int k = 0; k < d; k++) {
        error += EPS * Math.abs(inverse.get(j, k)) * rounding[k];
        shift[k] += mean[j] / scale[j] * inverse.get(j, k);
      }
      worst = Math.max(worst, relative(error, scale[j] * certified[j + 1]));
    }
    double error = intercept == Intercept.FREE ? EPS * sum : 0;
    for (int k = 0; k < d; k++) {
      error += EPS * Math.abs(shift[k]) * rounding[k];
    }
    return -Math.log10(Math.max(worst, relative(error, certified[0])) + CERTIFIED);
  }

  /** The scatter about the means, or about 0 without an intercept, scaled to ones. */
  private static SymMatrix scatter(Rows rows, Intercept intercept, double[] mean, double[] scale) {
    int d = rows.inputs();
    for (int i = 0; i < rows.size() && intercept == Intercept.FREE; i++) {
      for (int j = 0; j < d; j++) {
        mean[j] += rows.x(i, j) / rows.size();
      }
    }
    SymMatrix scatter = SymMatrix.zeros(d);
    for (int j = 0; j < d; j++) {
      for (int k = j; k < d; k++) {
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
          sum += (rows.x(i, j) - mean[j]) * (rows.x(i, k) - mean[k]);
        }
        scatter.packed()[scatter.offset(j) + k - j] = sum;
      }
      scale[j] = Math.sqrt(scatter.get(j, j));
    }
    for (int j = 0; j < d; j++) {
      for (int k = j; k < d; k++) {
        scatter.packed()[scatter.offset(j) + k - j] /= scale[j] * scale[k];
      }
    }
    return scatter;
  }
}
