package org.ridgeline.linalg;

/**
 * A symmetric matrix in the basis in which it is tridiagonal, {@code A = Q T Q'} (Householder): its
 * eigenvalues cost another {@code O(p^2)} flops, and the solution of {@code (A + shift I) x = b}
 * for one more shift {@code O(p)} in this basis.
 *
 * <p>Backward stable: T is that of {@code A + E} with {@code |E|} a small multiple of {@code p eps
 * |A|}, whatever the sizes of the rows, so that rows much smaller than the largest lose digits that
 * a {@link Cholesky} factorization keeps. Cost: {@code 4 p^3 / 3} flops, half of them bound by
 * memory: about 7 Cholesky factorizations.
 */
public final class Tridiagonal {
  private final Matrix reflectors;
  private final double[] tau;
  private final double[] diagonal;
  private final double[] below;

  private Tridiagonal(Matrix reflectors, double[] tau, double[] diagonal, double[] below) {
    this.reflectors = reflectors;
    this.tau = tau;
    this.diagonal = diagonal;
    this.below = below;
  }

  /** Reduces {@code a}, which is kept and overwritten. Only the lower triangle is read. */
  public static Tridiagonal ofInPlace(Matrix a) {
    int p = a.rows();
    double[] diagonal = new double[p];
    double[] below = new double[Math.max(0, p - 1)];
    double[] tau = new double[Math.max(0, p - 1)];
    Lapack.tridiagonalizeInPlace(a, diagonal, below, tau);
    return new Tridiagonal(a, tau, diagonal, below);
  }

  /** The number of rows and columns. */
  public int order() {
    return diagonal.length;
  }

  /** Returns the eigenvalues, ascending. */
  public Vec eigenvalues() {
    double[] values = diagonal.clone();
    Lapack.tridiagonalValuesInPlace(values, below.clone());
    return Vec.owning(values);
  }

  /**
   * Returns the eigenvectors of T, one per column, in the order of the eigenvalues: those of A are
   * Q times them. Cost: up to {@code 4 p^3 / 3} flops.
   */
  public Matrix eigenvectors() {
    return Lapack.tridiagonalVectors(diagonal.clone(), below.clone());
  }

  /** Returns {@code Q'B}: {@code 2 p^2} flops a column. */
  public Matrix rotated(Matrix b) {
    Matrix result = b.copy();
    Lapack.rotateInPlace("T", reflectors, tau, result);
    return result;
  }

  /** Overwrites T's basis, B, with {@code Q B}: {@code 2 p^2} flops a column. */
  public Matrix restoredInPlace(Matrix b) {
    Lapack.rotateInPlace("N", reflectors, tau, b);
    return b;
  }

  /**
   * Returns the columns {@code (T + shift_l I)^-1 b}, by {@code T + shift I = L D L'} without
   * pivots.
   *
   * @param b in the basis of T
   * @param shifts all so large that {@code T + shift I} is positive definite beyond rounding
   */
  public Matrix solve(double[] b, Vec shifts) {
    Matrix result = Matrix.zeros(diagonal.length, shifts.size());
    for (int l = 0; l < shifts.size(); l++) {
      result.setColumn(l, solve(b, shifts.get(l)));
    }
    return result;
  }

  private double[] solve(double[] b, double shift) {
    int p = diagonal.length;
    double[] x = b.clone();
    double[] pivots = new double[p];
    for (int j = 0; j < p; j++) { // d_j = t_jj + shift - l_j^2 d_(j-1),  L y = b
      double multiplier = j == 0 ? 0 : below[j - 1] / pivots[j - 1];
      pivots[j] = diagonal[j] + shift - (j == 0 ? 0 : multiplier * below[j - 1]);
      x[j] -= j == 0 ? 0 : multiplier * x[j - 1];
    }
    for (int j = p - 1; j >= 0; j--) { // L'x = D^-1 y
      double later = j == p - 1 ? 0 : below[j] * x[j + 1];
      x[j] = (x[j] - later) / pivots[j];
    }
    return x;
  }
}
