package org.ridgeline.ridge;

import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Svd;
import org.ridgeline.linalg.SymEigen;
import org.ridgeline.linalg.Vec;

/**
 * The singular values s of a {@link FactorProblem} {@code A = U diag(s) V'} and its targets in the
 * left singular vectors, {@code g = U'B}: residuals are sums of squares, without the cancellation
 * of {@code q - b'c}.
 */
final class FactorSpectrum {
  private final SymEigen eigen;
  private final double[] singular; // ascending
  private final Matrix left; // g, order x m
  private final double[] outside; // |B - U U'B|^2 of each target

  private FactorSpectrum(SymEigen eigen, double[] singular, Matrix left, double[] outside) {
    this.eigen = eigen;
    this.singular = singular;
    this.left = left;
    this.outside = outside;
  }

  /** Decomposes a problem: of A itself, or of A' where that is the taller one. */
  static FactorSpectrum of(FactorProblem problem) {
    Matrix a = problem.inputs();
    boolean wide = a.rows() < a.columns();
    Svd svd = Svd.ofInPlace(wide ? transposed(a) : a.copy());
    Matrix u = wide ? transposed(svd.rightTransposed()) : svd.left();
    Matrix v = wide ? svd.left() : transposed(svd.rightTransposed());
    Matrix g = Blas.transposedTimes(u, problem.targets());
    double[] outside = outside(problem.targets(), Blas.times(u, g));
    int r = svd.values().size();
    double[] ascending = new double[r];
    double[] squares = new double[r];
    Matrix vectors = Matrix.zeros(v.rows(), r);
    Matrix left = Matrix.zeros(r, g.columns());
    for (int j = 0; j < r; j++) {
      int from = r - 1 - j;
      ascending[j] = svd.values().get(from);
      squares[j] = ascending[j] * ascending[j];
      System.arraycopy(v.data(), from * v.rows(), vectors.data(), j * v.rows(), v.rows());
      for (int t = 0; t < g.columns(); t++) {
        left.set(j, t, g.get(from, t));
      }
    }
    return new FactorSpectrum(new SymEigen(Vec.owning(squares), vectors), ascending, left, outside);
  }

  private static double[] outside(Matrix targets, Matrix inside) {
    double[] outside = new double[targets.columns()];
    for (int t = 0; t < outside.length; t++) {
      for (int i = 0; i < inside.rows(); i++) {
        double rest = targets.get(i, t) - inside.get(i, t);
        outside[t] += rest * rest;
      }
    }
    return outside;
  }

  private static Matrix transposed(Matrix a) {
    Matrix result = Matrix.zeros(a.columns(), a.rows());
    for (int j = 0; j < a.columns(); j++) {
      for (int i = 0; i < a.rows(); i++) {
        result.set(j, i, a.get(i, j));
      }
    }
    return result;
  }

  /** {@code s^2} ascending, and V. */
  SymEigen eigen() {
    return eigen;
  }

  /** {@code u = s g}. */
  Matrix projected() {
    Matrix u = left.copy();
    for (int t = 0; t < u.columns(); t++) {
      for (int j = 0; j < u.rows(); j++) {
        u.set(j, t, singular[j] * left.get(j, t));
      }
    }
    return u;
  }

  /** The square of the bound below which a singular value is rounding noise. */
  double noise(RidgeProblem problem) {
    double largest = singular.length == 0 ? 0 : singular[singular.length - 1];
    double bound = problem.relativeNoise() * largest;
    return bound * bound;
  }

  /**
   * {@code |B - U U'B|^2 + sum_j (lambda / (e_j + lambda))^power g_j^2}: RSS for power 2, with the
   * penalty for power 1; values before {@code first} explain nothing.
   *
   * @param interpolates whether the columns can reproduce any target: what is outside of U and
   *     before {@code first} is then rounding
   */
  double residualSumSquares(int target, double lambda, int first, int power, boolean interpolates) {
    double sum = interpolates ? 0 : outside[target];
    for (int j = interpolates ? first : 0; j < singular.length; j++) {
      double g = left.get(j, target);
      double kept = j < first ? 1 : lambda / (singular[j] * singular[j] + lambda);
      sum += (power == 2 ? kept * kept : kept) * g * g;
    }
    return sum;
  }
}
