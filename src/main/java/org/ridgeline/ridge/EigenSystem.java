package org.ridgeline.ridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.Words;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymEigen;
import org.ridgeline.linalg.Vec;

/**
 * All lambdas from one eigendecomposition {@code G = V diag(e) V'}: {@code b = V (u / (e +
 * lambda))} with {@code u = V'c}.
 *
 * <p>Eigenvalues up to {@code tau = 4 max(d, sqrt n) eps e_max} are rounding noise ({@code sqrt n}:
 * the scatter is a centred, blocked sum). Three cases:
 *
 * <ul>
 *   <li>all eigenvalues above tau: a regular problem;
 *   <li>a clean gap, the noise below tau and the rest above 10^4 tau, as duplicate columns or d >=
 *       n make it (and not a single column whose own square is that small, unless the columns are
 *       mapped features, where a small column is a small part of the kernel): the null space is
 *       exact, its part of u is set to 0, and lambda = 0 gives the minimum-norm solution;
 *   <li>no gap: nothing is cut, and lambda must exceed 10 tau minus the smallest eigenvalue to
 *       leave three digits (tau bounds the noise from far above); smaller ones are refused, except
 *       at d >= n - i (i = 1 with an intercept), where the minimum-norm solution with the cut at
 *       tau is what is asked for.
 * </ul>
 *
 * <p>The same from the singular value decomposition {@code A = U diag(s) V'} of a factor of the
 * rows, {@code A'A = G}: {@code e = s^2}, without the squared condition number. With fewer rows
 * than columns A is the n rows themselves, V is d x n, and this is the dual solution {@code b = A'
 * (K + lambda I)^-1 y} with {@code K = AA' = U diag(e) U'} (n x n), whose null space outside of V
 * is exact; its errors of rows left out, {@code alpha_i / ((K + lambda I)^-1)_ii}, are those of
 * {@link RotatedModels}.
 *
 * <p>Cost: the decomposition, then {@code 2 d^2} flops per lambda and target.
 */
public final class EigenSystem implements RidgeSystem {
  private static final double GAP = 1e4;
  private static final double USEFUL = 10;

  private final RidgeProblem problem;
  private final Matrix vectors; // d x r
  private final double[] values; // r of them, ascending; the noise of an exact null space set to 0
  private final Matrix projected; // u, one column per target
  private final double noise;
  private final int noisy; // how many eigenvalues are noise
  private final boolean exactNullSpace;
  private final FactorSpectrum factor; // null when the values come from G
  private final ExactResidual exact; // null unless a factor in 32 digits is there

  private EigenSystem(RidgeProblem problem) {
    this(problem, SymEigen.ofInPlace(problem.gram()), null);
  }

  private EigenSystem(RidgeProblem problem, SymEigen eigen, FactorSpectrum factor) {
    this.problem = problem;
    this.factor = factor;
    this.exact = factor == null ? null : problem.exactResidual();
    this.vectors = eigen.vectors();
    this.values = eigen.values().toArray();
    this.projected =
        factor == null
            ? Blas.transposedTimes(vectors, problem.crossProducts())
            : factor.projected();
    int d = values.length;
    double largest = d == 0 ? 0 : Math.max(values[d - 1], 0);
    this.noise = factor == null ? problem.noise(largest) : factor.noise(problem);
    int below = 0;
    while (below < d && values[below] <= noise) {
      below++;
    }
    this.noisy = below;
    this.exactNullSpace =
        below == d
            || (values[below] >= GAP * noise
                && (below == 0
                    || problem.spec().scaling() == Scaling.MAPPED
                    || smallestSquare(problem) >= GAP * noise));
    for (int j = 0; j < d; j++) {
      values[j] = j < below && exactNullSpace ? 0 : Math.max(values[j], 0);
    }
  }

  /** The smallest positive diagonal element of G. */
  private static double smallestSquare(RidgeProblem problem) {
    return Arrays.stream(problem.gramDiagonal()).filter(g -> g > 0).min().orElse(0);
  }

  /** Decomposes the problem. */
  public static EigenSystem of(RidgeProblem problem) {
    return new EigenSystem(problem);
  }

  /**
   * Decomposes a factor of the rows: {@code e_j} are then squares of its singular values, good to
   * {@code eps^2 e_max}. Cost: {@code 6 d^3} flops or so, of n < d rows {@code 6 n^2 d}.
   *
   * @throws IllegalArgumentException when the moments have no factor
   */
  static EigenSystem ofFactor(RidgeProblem problem) {
    FactorSpectrum spectrum = FactorSpectrum.of(problem.factorProblem());
    return new EigenSystem(problem, spectrum.eigen(), spectrum);
  }

  @Override
  public SolverKind kind() {
    if (factor == null) {
      return SolverKind.EIGEN;
    }
    return problem.spec().solver() == SolverKind.TSQR ? SolverKind.TSQR : SolverKind.DUAL;
  }

  @Override
  public Matrix solve(double lambda, Matrix right) {
    Matrix rotated = Blas.transposedTimes(vectors, problem.transformed(right));
    for (int c = 0; c < right.columns(); c++) {
      for (int j = 0; j < values.length; j++) {
        boolean used = j >= firstUsed(lambda);
        rotated.set(j, c, used ? rotated.get(j, c) / (values[j] + lambda) : 0);
      }
    }
    return problem.fromTransformed(Blas.times(vectors, rotated), right);
  }

  @Override
  public int rank() {
    return values.length - noisy + problem.unpenalized();
  }

  /** The eigenvalues of G, ascending. */
  public Vec eigenvalues() {
    double[] all = new double[vectors.rows()];
    System.arraycopy(values, 0, all, all.length - values.length, values.length);
    return Vec.owning(all);
  }

  /** Those that {@link #vectors} belong to. */
  Vec values() {
    return Vec.of(values);
  }

  /**
   * The models of these lambdas, ready to be left each row out of.
   *
   * @param lambdas one list per target
   */
  public RotatedModels rotated(List<Vec> lambdas) {
    return RotatedModels.of(this, problem, lambdas);
  }

  /** For each input, the squared length of its part in the numerical null space. */
  public Vec nullShares() {
    double[] shares = new double[vectors.rows()];
    boolean complete = values.length == shares.length;
    Arrays.fill(shares, complete ? 0 : 1);
    for (int k = complete ? 0 : noisy; k < (complete ? noisy : values.length); k++) {
      for (int j = 0; j < shares.length; j++) {
        double square = vectors.get(j, k) * vectors.get(j, k);
        shares[j] += complete ? square : -square;
      }
    }
    return Vec.owning(shares);
  }

  /** The diagonal of the inverse of G, without its numerical null space. */
  public Vec inverseDiagonal() {
    double[] diagonal = new double[vectors.rows()];
    for (int k = noisy; k < values.length; k++) {
      for (int j = 0; j < diagonal.length; j++) {
        diagonal[j] += vectors.get(j, k) * vectors.get(j, k) / values[k];
      }
    }
    return Vec.owning(diagonal);
  }

  /** V, one eigenvector per column. */
  Matrix vectors() {
    return vectors;
  }

  /** {@code u = V'c}, one column per target. */
  Matrix projected() {
    return projected;
  }

  @Override
  public double rcond(double lambda) {
    int d = values.length;
    int first = firstUsed(lambda);
    return first == d ? 1 : (values[first] + lambda) / (values[d - 1] + lambda);
  }

  @Override
  public LambdaRange range() {
    double trace = 0;
    double traceInverse = 0;
    for (int j = 0; j < values.length; j++) {
      trace += values[j];
      traceInverse += j < noisy ? 0 : 1 / values[j];
    }
    return trace > 0
        ? LambdaRange.of(trace, traceInverse, 10 * USEFUL * noise)
        : new LambdaRange(1e-3, 1e-3, 1e3); // nothing but constant columns: any lambda will do
  }

  @Override
  public List<PathCoefficients> solve(List<Vec> lambdas) {
    List<PathCoefficients> result = new ArrayList<>();
    for (int t = 0; t < lambdas.size(); t++) {
      result.add(solve(t, lambdas.get(t)));
    }
    return result;
  }

  private PathCoefficients solve(int target, Vec lambdas) {
    int d = values.length;
    Matrix filtered = Matrix.zeros(d, lambdas.size());
    for (int l = 0; l < lambdas.size(); l++) {
      double lambda = lambdas.get(l);
      for (int j = firstUsed(lambda); j < d; j++) {
        filtered.set(j, l, projected.get(j, target) / (values[j] + lambda));
      }
    }
    PathCoefficients models =
        problem.toOriginalScale(target, lambdas, Blas.times(vectors, filtered));
    return exact == null ? models : exact.refined(problem, this, target, models);
  }

  @Override
  public List<RidgePath> paths(List<Vec> lambdas) {
    List<PathCoefficients> solutions = solve(lambdas);
    List<RidgePath> result = new ArrayList<>();
    for (int t = 0; t < solutions.size(); t++) {
      int target = t;
      Vec grid = lambdas.get(t);
      result.add(
          new RidgePath(
              solutions.get(t),
              traces(grid),
              grid.map(lambda -> residualSumSquares(target, lambda)),
              grid.map(lambda -> penalizedSumSquares(target, lambda)),
              problem.targetSumSquares(t)));
    }
    return result;
  }

  private Traces traces(Vec grid) {
    return new Traces(
        grid.map(this::degreesOfFreedom),
        grid.map(this::residualDegreesOfFreedom),
        grid.map(this::secondTrace),
        grid.map(this::logDeterminant));
  }

  @Override
  public QuadraticForms diagonalForms(double lambda) {
    if (!problem.spec().penalty().isIdentity()) {
      return forms(lambda, Matrix.identity(problem.inputs()));
    }
    Forms forms = new Forms(lambda, new double[vectors.rows()]);
    for (int k = 0; k < values.length; k++) {
      for (int j = 0; j < vectors.rows(); j++) {
        forms.add(k, vectors.get(j, k), j);
      }
    }
    double[] lengths = new double[vectors.rows()];
    Arrays.fill(lengths, 1);
    return forms.result(lengths);
  }

  @Override
  public QuadraticForms forms(double lambda, Matrix v) {
    Matrix transformed = problem.transformed(v);
    Matrix rotated = Blas.transposedTimes(vectors, transformed);
    Forms forms = new Forms(lambda, problem.freeForms(v));
    double[] lengths = new double[v.columns()];
    for (int j = 0; j < v.columns(); j++) {
      for (int i = 0; i < transformed.rows(); i++) {
        lengths[j] += transformed.get(i, j) * transformed.get(i, j);
      }
      for (int k = 0; k < values.length; k++) {
        forms.add(k, rotated.get(k, j), j);
      }
    }
    return forms.result(lengths);
  }

  /** The sums of forms of some vectors over the eigenvectors. */
  private final class Forms {
    private final double lambda;
    private final double[] posterior;
    private final double[] sampling;
    private final double[] seen; // the squared length of each vector within V

    Forms(double lambda, double[] free) {
      this.lambda = lambda;
      this.posterior = free;
      this.sampling = free.clone();
      this.seen = new double[free.length];
    }

    /**
     * Adds what eigenvector {@code k}, with coordinate {@code w} in it, gives to form {@code j}.
     */
    void add(int k, double w, int j) {
      double penalized = values[k] + lambda;
      seen[j] += w * w;
      if (w != 0) {
        posterior[j] += w * w / penalized; // infinite for the null space at lambda = 0
        sampling[j] += k < firstUsed(lambda) ? 0 : w * w * values[k] / (penalized * penalized);
      }
    }

    /** The forms of vectors of these squared lengths: what V does not see has eigenvalue 0. */
    QuadraticForms result(double[] lengths) {
      for (int j = 0; j < seen.length && values.length < vectors.rows(); j++) {
        double unseen = lengths[j] - seen[j];
        posterior[j] += unseen > vectors.rows() * Math.ulp(lengths[j]) ? unseen / lambda : 0;
      }
      return new QuadraticForms(Vec.owning(posterior), Vec.owning(sampling));
    }
  }

  /** {@code sum_j e_j^2 / (e_j + lambda)^2}. */
  private double secondTrace(double lambda) {
    double sum = problem.unpenalized();
    for (int j = firstUsed(lambda); j < values.length; j++) {
      double factor = values[j] / (values[j] + lambda);
      sum += factor * factor;
    }
    return sum;
  }

  /** {@code sum_j ln (1 + e_j / lambda)}. */
  private double logDeterminant(double lambda) {
    double sum = 0;
    for (int j = firstUsed(lambda); j < values.length; j++) {
      sum += Math.log1p(values[j] / lambda);
    }
    return sum;
  }

  /** {@code sum_j e_j / (e_j + lambda)}. */
  double degreesOfFreedom(double lambda) {
    double sum = problem.unpenalized();
    for (int j = firstUsed(lambda); j < values.length; j++) {
      sum += values[j] / (values[j] + lambda);
    }
    return sum;
  }

  /**
   * {@code n - i - k - rank + sum_j lambda / (e_j + lambda)}: what is left, without cancellation.
   */
  private double residualDegreesOfFreedom(double lambda) {
    int first = firstUsed(lambda);
    double sum = problem.freeRows() - (values.length - first);
    for (int j = first; j < values.length; j++) {
      sum += lambda / (values[j] + lambda);
    }
    return Math.max(0, sum);
  }

  /** {@code rows - i - k}: the most that the rank can be. */
  private long mostRank() {
    return problem.moments().rows()
        - problem.spec().intercept().degreesOfFreedom()
        - problem.unpenalized();
  }

  /** Whether the columns can reproduce any target. */
  boolean interpolates() {
    return exactNullSpace && values.length - noisy >= mostRank();
  }

  /**
   * {@code q - sum_j u_j^2 (e_j + 2 lambda) / (e_j + lambda)^2}; where the columns can reproduce
   * any target, {@code sum_j lambda^2 u_j^2 / (e_j (e_j + lambda)^2)}, which does not cancel.
   */
  private double residualSumSquares(int target, double lambda) {
    boolean interpolates = interpolates();
    if (factor != null) {
      return factor.residualSumSquares(target, lambda, firstUsed(lambda), 2, interpolates);
    }
    double sum = interpolates ? 0 : problem.startSumSquares(target);
    for (int j = firstUsed(lambda); j < values.length; j++) {
      double penalized = values[j] + lambda;
      double ratio = projected.get(j, target) / penalized;
      sum +=
          interpolates
              ? lambda * ratio * (lambda * ratio) / values[j]
              : -ratio * ratio * (penalized + lambda);
    }
    return Math.max(0, sum);
  }

  /**
   * {@code q - sum_j u_j^2 / (e_j + lambda)}; where the columns can reproduce any target, {@code
   * sum_j lambda u_j^2 / (e_j (e_j + lambda))}.
   */
  private double penalizedSumSquares(int target, double lambda) {
    boolean interpolates = interpolates();
    if (factor != null) {
      return factor.residualSumSquares(target, lambda, firstUsed(lambda), 1, interpolates);
    }
    double sum = interpolates ? 0 : problem.startSumSquares(target);
    for (int j = firstUsed(lambda); j < values.length; j++) {
      double u = projected.get(j, target);
      double penalized = values[j] + lambda;
      sum += u * u / penalized * (interpolates ? lambda / values[j] : -1);
    }
    return Math.max(0, sum);
  }

  /** The first eigenvalue that takes part at this lambda. */
  int firstUsed(double lambda) {
    if (noisy == values.length || exactNullSpace) {
      return noisy;
    }
    if (values[0] + lambda >= USEFUL * noise) {
      return 0;
    }
    if (values.length >= mostRank()) {
      return noisy;
    }
    Remedy remedy = Remedy.of("use lambda >= %.2g", USEFUL * noise);
    throw new SingularException(
        String.format(
            java.util.Locale.ROOT,
            "Cannot solve at lambda = %s to useful digits: the %s (rcond %.1e)",
            lambda,
            problem.spec().scaling() == Scaling.NONE || problem.spec().scaling() == Scaling.MAPPED
                ? "columns are nearly collinear or of very different size"
                : "standardised columns are nearly collinear",
            (values[0] + lambda) / (values[values.length - 1] + lambda)),
        factor == null
            ? remedy.plus(" or %s", Option.SOLVER.to(Words.of(SolverKind.TSQR)))
            : remedy);
  }
}
