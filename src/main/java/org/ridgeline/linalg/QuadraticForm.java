package org.ridgeline.linalg;

/**
 * The form {@code b' S b} of a symmetric matrix, as {@code 2 b' (T b)} with T the lower triangle of
 * S and half its diagonal: half the flops of a product with S, and no upper triangle.
 */
public final class QuadraticForm {
  private final Matrix triangle; // T

  private QuadraticForm(Matrix triangle) {
    this.triangle = triangle;
  }

  /**
   * Returns the form of the rows and columns {@code from} (inclusive) to {@code to} (exclusive) of
   * a matrix. Memory: a square of doubles.
   */
  public static QuadraticForm of(SymMatrix matrix, int from, int to) {
    Matrix triangle = matrix.toLower(from, to);
    for (int j = 0; j < triangle.columns(); j++) {
      triangle.set(j, j, triangle.get(j, j) / 2);
    }
    return new QuadraticForm(triangle);
  }

  /** Returns its value at each column of B: {@code p^2} flops for each. */
  public double[] at(Matrix b) {
    double[] halves = b.columnProducts(Blas.lowerTimes(triangle, b));
    for (int c = 0; c < halves.length; c++) {
      halves[c] *= 2;
    }
    return halves;
  }
}
