package org.ridgeline.infer;

import org.ridgeline.Rows;

/** Least squares the textbook way, from the rows: {@code (X'X)^-1 X'y} with a column of ones. */
final class RowsFit {
  private final Rows rows;
  private final double[][] inverse;
  private final double[] coefficients; // the intercept first

  RowsFit(Rows rows) {
    this.rows = rows;
    int p = rows.inputs() + 1;
    double[][] products = new double[p][p];
    double[] right = new double[p];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < p; j++) {
        right[j] += rows.w(i) * x(rows, i, j) * rows.y(i, 0);
        for (int k = 0; k < p; k++) {
          products[j][k] += rows.w(i) * x(rows, i, j) * x(rows, i, k);
        }
      }
    }
    this.inverse = inverse(products);
    this.coefficients = new double[p];
    for (int j = 0; j < p; j++) {
      for (int k = 0; k < p; k++) {
        coefficients[j] += inverse[j][k] * right[k];
      }
    }
  }

  private static double x(Rows rows, int i, int j) {
    return j == 0 ? 1 : rows.x(i, j - 1);
  }

  /** Gauss and Jordan, the largest pivot of each column. */
  private static double[][] inverse(double[][] a) {
    int p = a.length;
    double[][] b = new double[p][p];
    for (int j = 0; j < p; j++) {
      b[j][j] = 1;
    }
    for (int j = 0; j < p; j++) {
      int pivot = j;
      for (int i = j; i < p; i++) {
        pivot = Math.abs(a[i][j]) > Math.abs(a[pivot][j]) ? i : pivot;
      }
      swap(a, j, pivot);
      swap(b, j, pivot);
      double factor = a[j][j];
      for (int k = 0; k < p; k++) {
        a[j][k] /= factor;
        b[j][k] /= factor;
      }
      for (int i = 0; i < p; i++) {
        double times = i == j ? 0 : a[i][j];
        for (int k = 0; k < p; k++) {
          a[i][k] -= times * a[j][k];
          b[i][k] -= times * b[j][k];
        }
      }
    }
    return b;
  }

  private static void swap(double[][] rows, int i, int k) {
    double[] row = rows[i];
    rows[i] = rows[k];
    rows[k] = row;
  }

  /** Coefficient {@code j}, 0 the intercept. */
  double coefficient(int j) {
    return coefficients[j];
  }

  /** The weighted residual sum of squares. */
  double rss() {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      double error = rows.y(i, 0);
      for (int j = 0; j < coefficients.length; j++) {
        error -= coefficients[j] * x(rows, i, j);
      }
      sum += rows.w(i) * error * error;
    }
    return sum;
  }

  /** {@code n - p}. */
  int free() {
    return rows.size() - coefficients.length;
  }

  /** The standard error of coefficient {@code j}. */
  double error(int j) {
    return Math.sqrt(rss() / free() * inverse[j][j]);
  }
}
