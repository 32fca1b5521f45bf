package org.ridgeline.ridge;

import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * A penalised problem rewritten as plain ridge (Elden 1977): with {@code b = b0 + T v + N t},
 *
 * <pre>
 * T  = P - N (N'GN)^-1 N'GP    so that T'GN = 0: the penalised part, cleared of the free one
 * G~ = T'GT,  c~ = T'(c - G b0)
 * t  = (N'GN)^-1 N'(c - G b0)  the same for every lambda
 * </pre>
 *
 * <p>{@code (G~ + lambda I) v = c~} is then a ridge problem in r coordinates, and the k free ones
 * count one degree of freedom each. Cost: {@code 6 d^3} flops once.
 */
final class StandardForm {
  private static final double USEFUL = 10;

  private final Matrix transform; // T
  private final Matrix free; // N
  private final Cholesky freeFactor; // of N'GN
  private final Matrix offset; // b0 + N t, d x m
  private final Matrix gram; // G~
  private final Matrix right; // c~
  private final Vec start; // q at b = offset
  private final double largest; // the largest diagonal element of P'GP

  /**
   * Rewrites a problem.
   *
   * @param basis of the penalty
   * @param equations G, C and the targets' sums of squares
   * @param prior b0 in standardised coordinates, d x m
   * @param noise the relative noise of the numbers in G
   * @throws SingularException when the data do not determine what is not penalised
   */
  StandardForm(PenaltyBasis basis, Equations equations, Matrix prior, double noise) {
    Matrix g = equations.gram();
    this.free = basis.free();
    Matrix gn = Blas.times(g, free);
    this.freeFactor = factorize(Blas.transposedTimes(free, gn), noise);
    Matrix p = basis.penalized();
    Matrix projection = freeFactor.solve(Blas.transposedTimes(gn, p)); // (N'GN)^-1 N'GP
    this.transform = minus(p, Blas.times(free, projection));
    this.largest = largestDiagonal(p, g);
    this.gram = symmetric(Blas.transposedTimes(transform, Blas.times(g, transform)));
    Matrix residual = minus(equations.right(), Blas.times(g, prior));
    Matrix t = freeFactor.solve(Blas.transposedTimes(free, residual));
    this.offset = plus(prior, Blas.times(free, t));
    Matrix shifted = minus(equations.right(), Blas.times(g, offset));
    this.right = Blas.transposedTimes(transform, shifted);
    double[] sums = new double[right.columns()];
    for (int j = 0; j < sums.length; j++) {
      // |y - Z b|^2 = q - b'c - b'(c - G b)
      double explained = 0;
      for (int i = 0; i < offset.rows(); i++) {
        explained += offset.get(i, j) * (equations.right().get(i, j) + shifted.get(i, j));
      }
      sums[j] = Math.max(0, equations.squares().get(j) - explained);
    }
    this.start = Vec.owning(sums);
  }

  /**
   * What is rewritten.
   *
   * @param gram G
   * @param right C
   * @param squares q of each target
   */
  record Equations(Matrix gram, Matrix right, Vec squares) {}

  private static Cholesky factorize(Matrix freeGram, double noise) {
    return Cholesky.ofInPlace(freeGram)
        .filter(factor -> factor.rcond() >= USEFUL * noise)
        .orElseThrow(
            () ->
                new SingularException(
                    "Cannot fit: the data do not determine what the penalty leaves free (collinear"
                        + " unpenalised columns, or too few rows); penalise more columns"));
  }

  private static double largestDiagonal(Matrix p, Matrix g) {
    Matrix gp = Blas.times(g, p);
    double largest = 0;
    for (int j = 0; j < p.columns(); j++) {
      double sum = 0;
      for (int i = 0; i < p.rows(); i++) {
        sum += p.get(i, j) * gp.get(i, j);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static Matrix symmetric(Matrix a) {
    for (int j = 0; j < a.columns(); j++) {
      a.set(j, j, Math.max(0, a.get(j, j)));
      for (int i = 0; i < j; i++) {
        double mean = 0.5 * (a.get(i, j) + a.get(j, i));
        a.set(i, j, mean);
        a.set(j, i, mean);
      }
    }
    return a;
  }

  private static Matrix minus(Matrix a, Matrix b) {
    Matrix result = a.copy();
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] -= b.data()[i];
    }
    return result;
  }

  private static Matrix plus(Matrix a, Matrix b) {
    Matrix result = a.copy();
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] += b.data()[i];
    }
    return result;
  }

  /** r, the number of penalised coordinates. */
  int order() {
    return transform.columns();
  }

  /** k, the number of free directions. */
  int free() {
    return free.columns();
  }

  /** G~, which the caller may overwrite. */
  Matrix gram() {
    return gram.copy();
  }

  /** C~. */
  Matrix right() {
    return right;
  }

  /** The sum of squares of target {@code t} that v has to explain. */
  double start(int t) {
    return start.get(t);
  }

  /** What the elements of {@code G~} were before the free directions were taken out. */
  double largest() {
    return largest;
  }

  /** {@code b_z = b0 + N t + T v}, one column per column of v. */
  Matrix coefficients(int target, Matrix v) {
    Matrix b = Blas.times(transform, v);
    for (int l = 0; l < b.columns(); l++) {
      for (int j = 0; j < b.rows(); j++) {
        b.set(j, l, b.get(j, l) + offset.get(j, target));
      }
    }
    return b;
  }

  /** {@code T v + N (N'GN)^-1 N'b}: the solution for the right side b, given v. */
  Matrix joined(Matrix v, Matrix b) {
    Matrix t = freeFactor.solve(Blas.transposedTimes(free, b));
    return plus(Blas.times(transform, v), Blas.times(free, t));
  }

  /** T. */
  Matrix transform() {
    return transform;
  }

  /** {@code b0 + N t}. */
  Matrix offset() {
    return offset;
  }

  /** {@code T'v}: the vectors of which forms are taken, in the new coordinates. */
  Matrix transformed(Matrix v) {
    return Blas.transposedTimes(transform, v);
  }

  /** {@code [T v, N L^-T]} with {@code LL' = N'GN}: d x (columns of v + k). */
  Matrix withFreeDirections(Matrix v) {
    Matrix penalized = Blas.times(transform, v);
    Matrix whitened = freeFactor.whiten(transposed(free)); // k x d
    Matrix result = Matrix.zeros(free.rows(), v.columns() + free());
    System.arraycopy(penalized.data(), 0, result.data(), 0, penalized.data().length);
    for (int k = 0; k < free(); k++) {
      for (int j = 0; j < free.rows(); j++) {
        result.set(j, v.columns() + k, whitened.get(k, j));
      }
    }
    return result;
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

  /** {@code v'N (N'GN)^-1 N'v} of every column: what the free directions add to its forms. */
  double[] freeForms(Matrix v) {
    Matrix w = freeFactor.whiten(Blas.transposedTimes(free, v));
    double[] forms = new double[v.columns()];
    for (int j = 0; j < forms.length; j++) {
      for (int i = 0; i < w.rows(); i++) {
        forms[j] += w.get(i, j) * w.get(i, j);
      }
    }
    return forms;
  }
}
