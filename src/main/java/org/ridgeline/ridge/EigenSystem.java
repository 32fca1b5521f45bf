package org.ridgeline.ridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * All lambdas from the eigenvalues e of G and, where something needs them, its eigenvectors, {@code
 * G = V diag(e) V'}: {@code b = V (u / (e + lambda))} with {@code u = V'c}. Regular problems take
 * models from the tridiagonal form of G alone, see {@link GramSpectrum}.
 *
 * <p>Eigenvalues up to {@code tau = 4 max(d, sqrt n) eps e_max} are rounding noise ({@code sqrt n}:
 * the scatter is a centered, blocked sum). Three cases:
 *
 * <ul>
 *   <li>all eigenvalues above 10^4 tau: a regular problem;
 *   <li>a clean gap, the noise below tau and the rest above 10^4 tau (and not a single column whose
 *       own square is that small, unless the columns are mapped features, where a small column is a
 *       small part of the kernel), and a reason why the null space is exact: d >= n - i, columns of
 *       zeros, or {@link Dependences} between the columns that are exact to the rounding of the
 *       sums, such as duplicates and indicators that add up to 1; of mapped features the gap is
 *       reason enough. Its part of u is set to 0, and lambda = 0 gives the minimum-norm solution;
 *   <li>anything else: nothing is cut, and lambda must exceed 10 tau minus the smallest eigenvalue
 *       to leave three digits (tau bounds the noise from far above); smaller ones are refused,
 *       except at d >= n - i (i = 1 with an intercept), where the minimum-norm solution with the
 *       cut at tau is what is asked for.
 * </ul>
 *
 * <p>The same from the singular value decomposition {@code A = U diag(s) V'} of a factor of the
 * rows, {@code A'A = G}: {@code e = s^2}, without the squared condition number. With fewer rows
 * than columns A is the n rows themselves, V is d x n, and this is the dual solution {@code b = A'
 * (K + lambda I)^-1 y} with {@code K = AA' = U diag(e) U'} (n x n), whose null space outside of V
 * is exact; its errors of rows left out, {@code alpha_i / ((K + lambda I)^-1)_ii}, are those of
 * {@link RotatedModels}.
 *
 * <p>Cost: {@code 4 d^3 / 3} flops, then {@code 2 d^2} per lambda and target; eigenvectors {@code
 * 10 d^3 / 3}, once. Not for several threads at a time.
 */
public final class EigenSystem implements RidgeSystem {
  private final RidgeProblem problem;
  private final Spectrum spectrum;
  private final Eigenvalues values;

  private EigenSystem(RidgeProblem problem, Spectrum spectrum) {
    this.problem = problem;
    this.spectrum = spectrum;
    this.values =
        new Eigenvalues(
            problem,
            spectrum.kind(),
            spectrum.values(),
            spectrum.noise(),
            count ->
                Dependences.of(problem, spectrum.vectors(count)).stream()
                    .allMatch(Dependence::exact));
  }

  /** Decomposes the problem. */
  public static EigenSystem of(RidgeProblem problem) {
    return new EigenSystem(problem, GramSpectrum.of(problem));
  }

  /**
   * Decomposes a factor of the rows: {@code e_j} are then squares of its singular values, good to
   * {@code eps^2 e_max}. Cost: {@code 6 d^3} flops or so, of n < d rows {@code 6 n^2 d}.
   *
   * @throws IllegalArgumentException when the moments have no factor
   */
  static EigenSystem ofFactor(RidgeProblem problem) {
    return new EigenSystem(problem, FactorSpectrum.of(problem));
  }

  @Override
  public SolverKind kind() {
    return spectrum.kind();
  }

  /** What it solves. */
  RidgeProblem problem() {
    return problem;
  }

  /** V, one eigenvector per column. */
  Matrix vectors() {
    return spectrum.vectors();
  }

  /** The eigenvalues that {@link #vectors} belong to. */
  Eigenvalues values() {
    return values;
  }

  /** {@code u = V'c}, one column per target. */
  Matrix projected() {
    return spectrum.projected();
  }

  /**
   * Returns {@code n - i - 2 tr H + tr HH'} at each lambda, computed so that it keeps its digits
   * where the model nearly interpolates.
   */
  public Vec secondResidualDf(Vec lambdas) {
    return lambdas.map(values::secondResidualTrace);
  }

  /** The smallest lambda that can be solved to useful digits: 0 where every lambda can. */
  public double smallestLambda() {
    return values.smallestLambda();
  }

  /** The eigenvalues of G, ascending. */
  public Vec eigenvalues() {
    double[] all = new double[spectrum.order()];
    for (int j = 0; j < values.size(); j++) {
      all[all.length - values.size() + j] = values.get(j);
    }
    return Vec.owning(all);
  }

  /** For each input, the squared length of its part in the numerical null space. */
  public Vec nullShares() {
    double[] shares = new double[spectrum.order()];
    boolean complete = values.size() == shares.length;
    Matrix vectors = spectrum.vectors();
    Arrays.fill(shares, complete ? 0 : 1);
    int noisy = values.noisy();
    for (int k = complete ? 0 : noisy; k < (complete ? noisy : values.size()); k++) {
      for (int j = 0; j < shares.length; j++) {
        double square = vectors.get(j, k) * vectors.get(j, k);
        shares[j] += complete ? square : -square;
      }
    }
    return Vec.owning(shares);
  }

  /**
   * Returns the directions that solutions at this lambda leave out although they would take part in
   * exact arithmetic; empty when there are none, or when lambda is above what rounding decides.
   */
  public Optional<NullSpace> cut(double lambda) {
    int zeros = values.zeros();
    int order = spectrum.order();
    int directions = order - zeros - (values.size() - values.firstUsed(lambda));
    if (directions <= 0 || !values.isBelowNoise(lambda)) {
      return Optional.empty();
    }
    int byCount = (int) Math.max(0, order - zeros - values.mostRank());
    List<Dependence> dependences =
        byCount > 0 || problem.spec().scaling() == Scaling.MAPPED
            ? List.of()
            : Dependences.of(problem, spectrum.vectors(values.firstUsed(lambda)));
    return Optional.of(new NullSpace(directions, byCount, dependences));
  }

  /** The diagonal of the inverse of G, without its numerical null space. */
  public Vec inverseDiagonal() {
    double[] diagonal = new double[spectrum.order()];
    Matrix vectors = spectrum.vectors();
    for (int k = values.noisy(); k < values.size(); k++) {
      for (int j = 0; j < diagonal.length; j++) {
        diagonal[j] += vectors.get(j, k) * vectors.get(j, k) / values.get(k);
      }
    }
    return Vec.owning(diagonal);
  }

  @Override
  public int rank() {
    return values.rank();
  }

  @Override
  public double rcond(double lambda) {
    return values.rcond(lambda);
  }

  @Override
  public LambdaRange range() {
    return values.range();
  }

  @Override
  public Matrix solve(double lambda, Matrix right) {
    Coordinates coordinates = problem.coordinates();
    int first = values.firstUsed(lambda);
    Matrix vectors = spectrum.vectors();
    Matrix filtered =
        Blas.transposedTimes(vectors, coordinates.transformed(right))
            .map((j, c, value) -> j < first ? 0 : value / (values.get(j) + lambda));
    return coordinates.joined(Blas.times(vectors, filtered), right);
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
    PathCoefficients models =
        problem.toOriginalScale(target, lambdas, spectrum.solutions(target, lambdas, values));
    return spectrum.refined(this, target, models);
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
              values.traces(grid),
              grid.map(lambda -> spectrum.residualSumSquares(target, lambda, values)),
              grid.map(lambda -> spectrum.penalizedSumSquares(target, lambda, values)),
              problem.targetSumSquares(t),
              spectrum.kind() != SolverKind.EIGEN || values.interpolates()
                  ? RidgePath.Sums.ADDED
                  : RidgePath.Sums.subtracted(problem.relativeNoise())));
    }
    return result;
  }

  @Override
  public QuadraticForms diagonalForms(double lambda) {
    Coordinates coordinates = problem.coordinates();
    Matrix vectors = coordinates.withFreeDirections(spectrum.vectors()); // d x (r + k)
    Forms forms = new Forms(lambda, squaredRows(vectors, values.size()));
    for (int k = 0; k < values.size(); k++) {
      for (int j = 0; j < vectors.rows(); j++) {
        forms.add(k, vectors.get(j, k), j);
      }
    }
    return forms.result(coordinates.squaredLengths());
  }

  /** The squared lengths of the rows of columns {@code from} and later. */
  private static double[] squaredRows(Matrix a, int from) {
    double[] squares = new double[a.rows()];
    for (int c = from; c < a.columns(); c++) {
      for (int j = 0; j < squares.length; j++) {
        squares[j] += a.get(j, c) * a.get(j, c);
      }
    }
    return squares;
  }

  @Override
  public QuadraticForms forms(double lambda, Matrix v) {
    Matrix transformed = problem.coordinates().transformed(v);
    Matrix rotated = Blas.transposedTimes(spectrum.vectors(), transformed);
    Forms forms = new Forms(lambda, problem.coordinates().freeForms(v));
    for (int j = 0; j < v.columns(); j++) {
      for (int k = 0; k < values.size(); k++) {
        forms.add(k, rotated.get(k, j), j);
      }
    }
    return forms.result(transformed.columnProducts(transformed));
  }

  /** The sums of forms of some vectors over the eigenvectors. */
  private final class Forms {
    private final double lambda;
    private final int first;
    private final double[] posterior;
    private final double[] sampling;
    private final double[] seen; // the squared length of each vector within V

    Forms(double lambda, double[] free) {
      this.lambda = lambda;
      this.first = values.firstUsed(lambda);
      this.posterior = free;
      this.sampling = free.clone();
      this.seen = new double[free.length];
    }

    /**
     * Adds what eigenvector {@code k}, with coordinate {@code w} in it, gives to form {@code j}.
     */
    void add(int k, double w, int j) {
      double penalized = values.get(k) + lambda;
      seen[j] += w * w;
      if (w != 0) {
        posterior[j] += w * w / penalized; // infinite for the null space at lambda = 0
        sampling[j] += k < first ? 0 : w * w * values.get(k) / (penalized * penalized);
      }
    }

    /** The forms of vectors of these squared lengths: what V does not see has eigenvalue 0. */
    QuadraticForms result(double[] lengths) {
      for (int j = 0; j < seen.length && values.size() < spectrum.order(); j++) {
        double unseen = lengths[j] - seen[j];
        posterior[j] += unseen > spectrum.order() * Math.ulp(lengths[j]) ? unseen / lambda : 0;
      }
      return new QuadraticForms(Vec.owning(posterior), Vec.owning(sampling));
    }
  }
}
