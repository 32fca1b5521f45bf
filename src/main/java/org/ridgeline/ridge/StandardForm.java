package org.ridgeline.ridge;

import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * A penalized problem rewritten as plain ridge (Elden 1977): with {@code b = b0 + T v + N t},
 *
 * <pre>
 * T  = P - N (N'GN)^-1 N'GP    so that T'GN = 0: the penalized part, cleared of the free one
 * G~ = T'GT,  c~ = T'(c - G b0)
 * t  = (N'GN)^-1 N'(c - G b0)  the same for every lambda
 * </pre>
 *
 * <p>{@code (G~ + lambda I) v = c~} is then a ridge problem in r coordinates, and the k free ones
 * count one degree of freedom each. Cost: {@code 6 d^3} flops once.
 */
final class StandardForm implements Coordinates {
  private static final double USEFUL = 10;

  private final Matrix transform; // T
  private final Matrix free; // N
  private final Cholesky freeFactor; // of N'GN
  private final Matrix offset; // b0 + N t, d x m
  private final Matrix gram; // G~
  private final Matrix right; // c~
  private final Vec start; // q at b = offset
  private final double largest; // the largest diagonal element of P'GP

  private StandardForm(NormalEquations equations, PenaltyBasis basis, Matrix prior) {
    Matrix g = equations.gram();
    this.free = basis.free();
    Matrix gn = Blas.times(g, free);
    this.freeFactor = factorize(Blas.transposedTimes(free, gn), equations.relativeNoise());
    Matrix p = basis.penalized();
    Matrix projection = freeFactor.solve(Blas.transposedTimes(gn, p)); // (N'GN)^-1 N'GP
    this.transform = p.minus(Blas.times(free, projection));
    this.largest = largest(p.columnProducts(Blas.times(g, p)));
    this.gram = symmetric(Blas.transposedTimes(transform, Blas.times(g, transform)));
    Matrix c = equations.crossProducts();
    Matrix t = freeFactor.solve(Blas.transposedTimes(free, c.minus(Blas.times(g, prior))));
    this.offset = prior.plus(Blas.times(free, t));
    Matrix shifted = c.minus(Blas.times(g, offset));
    this.right = Blas.transposedTimes(transform, shifted);
    double[] explained = offset.columnProducts(c.plus(shifted)); // b'c + b'(c - G b)
    double[] sums = new double[explained.length];
    Arrays.setAll(sums, j -> Math.max(0, equations.targetSumSquares(j) - explained[j]));
    this.start = Vec.owning(sums); // |y - Z b|^2
  }

  /**
   * Rewrites a problem.
   *
   * @param penalty in standardized coordinates
   * @throws SingularException when the data do not determine what is not penalized
   */
  static StandardForm of(NormalEquations equations, Penalty penalty) {
    boolean[] absent = new boolean[equations.inputs()];
    for (int j = 0; j < absent.length; j++) {
      absent[j] = equations.isAbsent(j);
    }
    Matrix prior =
        Matrix.zeros(equations.inputs(), equations.targets())
            .map((j, t, b) -> absent[j] ? 0 : equations.scale(j) * penalty.priorMean(j, t));
    return new StandardForm(equations, PenaltyBasis.of(penalty, absent), prior);
  }

  private static Cholesky factorize(Matrix freeGram, double noise) {
    return Cholesky.ofInPlace(freeGram)
        .filter(factor -> factor.rcond() >= USEFUL * noise)
        .orElseThrow(
            () ->
                new SingularException(
                    "Cannot fit: the data do not determine what the penalty leaves free (collinear"
                        + " unpenalized columns, or too few rows); penalize more columns"));
  }

  private static double largest(double[] diagonal) {
    double largest = 0;
    for (double value : diagonal) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /** Returns {@code (A + A') / 2} with a diagonal that is not negative. */
  private static Matrix symmetric(Matrix a) {
    return a.map((i, j, value) -> i == j ? Math.max(0, value) : 0.5 * (value + a.get(j, i)));
  }

  @Override
  public int order() {
    return transform.columns();
  }

  @Override
  public int free() {
    return free.columns();
  }

  @Override
  public Matrix gram() {
    return gram.copy();
  }

  @Override
  public double[] gramDiagonal() {
    return gram.diagonal();
  }

  @Override
  public Matrix right() {
    return right;
  }

  @Override
  public double start(int t) {
    return start.get(t);
  }

  /** The largest diagonal element of {@code P'GP}, before the free directions were taken out. */
  @Override
  public double largest() {
    return largest;
  }

  /** {@code T v}. */
  @Override
  public Matrix directions(Matrix v) {
    return Blas.times(transform, v);
  }

  /** {@code T'v}. */
  @Override
  public Matrix transformed(Matrix v) {
    return Blas.transposedTimes(transform, v);
  }

  /** {@code v'N (N'GN)^-1 N'v} of every column. */
  @Override
  public double[] freeForms(Matrix v) {
    Matrix w = freeFactor.whiten(Blas.transposedTimes(free, v));
    return w.columnProducts(w);
  }

  /** {@code [T v, N L^-T]} with {@code LL' = N'GN}: d x (columns of v + k). */
  @Override
  public Matrix withFreeDirections(Matrix v) {
    return Blas.times(transform, v).beside(freeFactor.whiten(free.transposed()).transposed());
  }

  /** {@code b0 + N t}. */
  @Override
  public Optional<Matrix> offset() {
    return Optional.of(offset);
  }

  /** {@code b_z = b0 + N t + T v}. */
  @Override
  public Matrix coefficients(int target, Matrix v) {
    return Blas.times(transform, v).map((j, l, value) -> value + offset.get(j, target));
  }

  /** {@code T v + N (N'GN)^-1 N'b}. */
  @Override
  public Matrix joined(Matrix v, Matrix b) {
    Matrix t = freeFactor.solve(Blas.transposedTimes(free, b));
    return Blas.times(transform, v).plus(Blas.times(free, t));
  }

  @Override
  public FactorProblem transformed(FactorProblem problem) {
    Matrix a = problem.inputs();
    return new FactorProblem(
        Blas.times(a, transform), problem.targets().minus(Blas.times(a, offset)));
  }
}
