package org.ridgeline;

import org.ridgeline.linalg.SymEigen;
import org.ridgeline.linalg.SymMatrix;
import org.ridgeline.linalg.Vec;

/**
 * The ends of the spectrum of a symmetric, positive semidefinite matrix: what the tolerance of a
 * test follows from.
 */
public record Eigenvalues(double smallest, double largest) {
  /** Of a symmetric matrix by rows. */
  public static Eigenvalues of(double[][] matrix) {
    SymMatrix lower = SymMatrix.zeros(matrix.length);
    for (int j = 0; j < matrix.length; j++) {
      for (int i = j; i < matrix.length; i++) {
        lower.packed()[lower.offset(j) + i - j] = matrix[i][j];
      }
    }
    Vec values = SymEigen.of(lower).values();
    return new Eigenvalues(Math.max(0, values.get(0)), values.get(matrix.length - 1));
  }

  /** Of the scatter of rows about their mean. */
  public static Eigenvalues ofScatter(double[][] rows) {
    int width = rows[0].length;
    double[] mean = new double[width];
    for (double[] row : rows) {
      for (int j = 0; j < width; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    double[][] scatter = new double[width][width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          scatter[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]);
        }
      }
    }
    return of(scatter);
  }

  /** The condition of the matrix with lambda on its diagonal. */
  public double condition(double lambda) {
    return (largest + lambda) / (smallest + lambda);
  }
}
