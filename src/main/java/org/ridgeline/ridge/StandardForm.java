package org.ridgeline.ridge;

import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Blas;
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
 * count one degree of freedom each. Cost: {@code 6 d^3} flops once with an operator, {@code 4 k
 * d^2} without.
 *
 * <p>Where the rows A are kept, {@code G = A'A} and {@code G~ = (AT)'(AT)} are not formed: {@code 4
 * k n d} flops, and of a diagonal penalty no more numbers than a few times A.
 */
final class StandardForm implements Coordinates {
  private final NormalEquations equations;
  private final StandardTransform transform; // T, N
  private final Optional<Matrix> gram; // G~; empty where the rows are kept
  private final double[] gramDiagonal;
  private final Matrix offset; // b0 + N t, d x m
  private final Matrix right; // c~
  private final Vec start; // q at b = offset
  private final double largest; // the largest diagonal element of P'GP

  private StandardForm(NormalEquations equations, FormProducts products, Matrix prior) {
    this.equations = equations;
    this.transform = products.transform(equations.relativeNoise());
    this.largest = products.largest();
    this.gram = products.gram(transform);
    this.gramDiagonal =
        gram.map(Matrix::diagonal).orElseGet(() -> products.gramDiagonal(transform));
    Matrix c = equations.crossProducts();
    this.offset = prior.plus(transform.freeSolution(c.minus(products.times(prior))));
    Matrix shifted = c.minus(products.times(offset));
    this.right = transform.transposedTimes(shifted);
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
    PenaltyBasis basis = PenaltyBasis.of(penalty, absent);
    FormProducts products =
        equations
            .rows()
            .<FormProducts>map(rows -> new FormProducts.OfRows(rows, basis))
            .orElseGet(() -> new FormProducts.OfGram(equations.gram(), basis));
    return new StandardForm(equations, products, prior);
  }

  @Override
  public int order() {
    return transform.order();
  }

  @Override
  public int free() {
    return transform.free();
  }

  /** G~, which is computed at each call where the rows are kept. */
  @Override
  public Matrix gram() {
    return gram.map(Matrix::copy)
        .orElseGet(
            () -> {
              Matrix rows = transform.appliedTo(equations.rows().orElseThrow());
              return Blas.transposedTimes(rows, rows);
            });
  }

  @Override
  public double[] gramDiagonal() {
    return gramDiagonal.clone();
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
    return transform.times(v);
  }

  /** {@code T'v}. */
  @Override
  public Matrix transformed(Matrix v) {
    return transform.transposedTimes(v);
  }

  @Override
  public Optional<StandardTransform> transform() {
    return Optional.of(transform);
  }

  /** {@code v'N (N'GN)^-1 N'v} of every column. */
  @Override
  public double[] freeForms(Matrix v) {
    return transform.freeForms(v);
  }

  /** {@code [T v, N L^-T]} with {@code LL' = N'GN}: d x (columns of v + k). */
  @Override
  public Matrix withFreeDirections(Matrix v) {
    return transform.times(v).beside(transform.freeDirections());
  }

  /** The squared lengths of the rows of T. */
  @Override
  public double[] squaredLengths() {
    return transform.squaredRows();
  }

  /** {@code b0 + N t}. */
  @Override
  public Optional<Matrix> offset() {
    return Optional.of(offset);
  }

  /** {@code b_z = b0 + N t + T v}. */
  @Override
  public Matrix coefficients(int target, Matrix v) {
    return transform.times(v).map((j, l, value) -> value + offset.get(j, target));
  }

  /** {@code T v + N (N'GN)^-1 N'b}. */
  @Override
  public Matrix joined(Matrix v, Matrix b) {
    return transform.times(v).plus(transform.freeSolution(b));
  }

  @Override
  public FactorProblem transformed(FactorProblem problem) {
    Matrix a = problem.inputs();
    return new FactorProblem(
        transform.appliedTo(a), problem.targets().minus(Blas.times(a, offset)));
  }
}
