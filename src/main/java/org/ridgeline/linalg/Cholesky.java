package org.ridgeline.linalg;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The equilibrated Cholesky factorization {@code D A D = L L'} of a symmetric positive definite
 * matrix, with {@code D = diag(A)^(-1/2)}.
 *
 * <p>Unit-diagonal scaling makes the result independent of the columns' units and brings the
 * condition number within a factor p of the best that diagonal scaling can reach (van der Sluis
 * 1969). Cost: {@code p^3 / 3} flops, {@code 8 p^2} bytes.
 */
public final class Cholesky implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Matrix factor;
  private final double[] scale;
  private final double norm1;

  private Cholesky(Matrix factor, double[] scale, double norm1) {
    this.factor = factor;
    this.scale = scale;
    this.norm1 = norm1;
  }

  /** Factorizes a copy of {@code a}; empty when it is not numerically positive definite. */
  public static Optional<Cholesky> of(SymMatrix a) {
    return ofInPlace(a.toFull(0, a.order()));
  }

  /**
   * Factorizes {@code a}, whose content is overwritten. Both triangles must be filled. A zero on
   * the diagonal counts as a one: the row stands for a variable that is absent.
   *
   * @return the factorization, or empty when {@code a} is not numerically positive definite
   */
  public static Optional<Cholesky> ofInPlace(Matrix a) {
    int p = a.rows();
    double[] scale = new double[p];
    for (int j = 0; j < p; j++) {
      double diagonal = a.get(j, j);
      if (diagonal < 0) {
        return Optional.empty();
      }
      scale[j] = diagonal == 0 ? 1 : 1 / Math.sqrt(diagonal);
    }
    double norm1 = 0;
    for (int j = 0; j < p; j++) {
      double sum = 0;
      for (int i = 0; i < p; i++) {
        double scaled = i == j ? 1 : a.get(i, j) * scale[i] * scale[j];
        a.set(i, j, scaled);
        sum += Math.abs(scaled);
      }
      norm1 = Math.max(norm1, sum);
    }
    return Lapack.choleskyInPlace(a)
        ? Optional.of(new Cholesky(a, scale, norm1))
        : Optional.empty();
  }

  /**
   * The first column j at which {@code D A D + shift I} stops being positive definite: columns 0 to
   * j - 1 are, with column j they are not. Empty when all are.
   *
   * @param a no negative diagonal; a zero on it counts as a one
   */
  public static OptionalInt firstIndefinite(SymMatrix a, double shift) {
    int p = a.order();
    double[] scale = new double[p];
    for (int j = 0; j < p; j++) {
      scale[j] = a.get(j, j) == 0 ? 1 : 1 / Math.sqrt(a.get(j, j));
    }
    Matrix scaled = Matrix.zeros(p, p);
    for (int j = 0; j < p; j++) {
      for (int i = j; i < p; i++) {
        scaled.set(i, j, i == j ? 1 + shift : a.get(i, j) * scale[i] * scale[j]);
      }
    }
    int block = Lapack.choleskyBreak(scaled);
    return block == 0 ? OptionalInt.empty() : OptionalInt.of(block - 1);
  }

  /**
   * The factorization of {@code A = F'F}, from the rows F without forming A: its condition number
   * is not squared. Cost: {@code 2 r p^2} flops for r rows.
   *
   * @param rows F, r x p with r >= p; a column of zeros stands for a variable that is absent
   */
  public static Cholesky ofRows(Matrix rows) {
    int p = rows.columns();
    double[] scale = new double[p];
    Matrix scaled = rows.copy();
    for (int j = 0; j < p; j++) {
      double square = 0;
      for (int i = 0; i < rows.rows(); i++) {
        square += rows.get(i, j) * rows.get(i, j);
      }
      scale[j] = square == 0 ? 1 : 1 / Math.sqrt(square);
      for (int i = 0; i < rows.rows(); i++) {
        scaled.set(i, j, rows.get(i, j) * scale[j]);
      }
    }
    Matrix upper = Lapack.triangularFactor(scaled);
    Matrix lower = Matrix.zeros(p, p);
    for (int j = 0; j < p; j++) {
      double sign = upper.get(j, j) < 0 ? -1 : 1;
      for (int i = j; i < p; i++) {
        lower.set(i, j, sign * upper.get(j, i));
      }
      lower.set(j, j, lower.get(j, j) == 0 ? 1 : lower.get(j, j));
    }
    return new Cholesky(lower, scale, norm1(Blas.transposedTimes(upper, upper)));
  }

  private static double norm1(Matrix a) {
    double norm = 0;
    for (int j = 0; j < a.columns(); j++) {
      double sum = 0;
      for (int i = 0; i < a.rows(); i++) {
        sum += Math.abs(a.get(i, j));
      }
      norm = Math.max(norm, sum);
    }
    return norm;
  }

  /** An estimate of {@code 1 / cond_1(D A D)}. */
  public double rcond() {
    return Lapack.choleskyRcond(factor, norm1);
  }

  /** {@code ln det A}. */
  public double logDeterminant() {
    double sum = 0;
    for (int j = 0; j < scale.length; j++) {
      sum += Math.log(factor.get(j, j)) - Math.log(scale[j]);
    }
    return 2 * sum;
  }

  /** Returns {@code inverse(A) B}. */
  public Matrix solve(Matrix b) {
    Matrix x = b.copy();
    scaleRows(x.columns(), x.data());
    Lapack.choleskySolveInPlace(factor, x);
    scaleRows(x.columns(), x.data());
    return x;
  }

  /** Returns {@code W = inverse(L) D B}, so that {@code W'W = B' inverse(A) B}. */
  public Matrix whiten(Matrix b) {
    Matrix w = b.copy();
    whitenInPlace(b.columns(), w.data());
    return w;
  }

  /** Overwrites the first n columns of B, p rows each, with those of {@code inverse(L) D B}. */
  public void whitenInPlace(int n, double[] b) {
    scaleRows(n, b);
    Blas.solveLowerInPlace(factor, n, b);
  }

  private void scaleRows(int n, double[] b) {
    int p = factor.rows();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < p; i++) {
        b[i + j * p] *= scale[i];
      }
    }
  }
}
