package org.ridgeline.ridge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.Words;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * One equilibrated Cholesky factorization of {@code G + lambda I} per lambda: cheapest for few
 * lambdas, and the accurate choice when unscaled columns differ by many orders of magnitude.
 *
 * <p>Cost: {@code d^3 / 3} flops per lambda; degrees of freedom, {@code tr (G + lambda I)^-1 G},
 * another {@code 2 d^3}. A lambda at which rcond leaves fewer than three digits is refused.
 */
final class CholeskySystem implements RidgeSystem {
  private static final double USEFUL = 10;
  private static final double SAFE = 1000 * USEFUL;
  private static final double INTERPOLATES = 1e-6;

  private final RidgeProblem problem;
  private final Matrix gram;
  private final Matrix right;

  private CholeskySystem(RidgeProblem problem) {
    this.problem = problem;
    this.gram = problem.coordinates().gram();
    this.right = problem.coordinates().right();
  }

  /** Prepares the problem; nothing is factorized yet. */
  public static CholeskySystem of(RidgeProblem problem) {
    return new CholeskySystem(problem);
  }

  @Override
  public SolverKind kind() {
    return SolverKind.CHOLESKY;
  }

  /** Whether {@code G + lambda I} can be solved to useful digits. */
  boolean canSolve(double lambda) {
    return factorize(lambda).filter(this::isUseful).isPresent();
  }

  private boolean isUseful(Cholesky factor) {
    return factor.rcond() >= USEFUL * problem.relativeNoise();
  }

  /** Useful with room to spare: the estimate of rcond can be 100 times too high, and is erratic. */
  private boolean isSafe(Cholesky factor) {
    return factor.rcond() >= SAFE * problem.relativeNoise();
  }

  private Optional<Cholesky> factorize(double lambda) {
    return Cholesky.ofInPlace(gram.plusDiagonal(lambda));
  }

  private Cholesky useful(double lambda) {
    return factorize(lambda)
        .filter(this::isUseful)
        .orElseThrow(
            () ->
                new SingularException(
                    String.format(
                        java.util.Locale.ROOT,
                        "Cannot solve at lambda = %s to useful digits by Cholesky: the columns are"
                            + " nearly collinear",
                        lambda),
                    Remedy.of(
                        "use lambda >= %.2g, the eigen solver or %s",
                        floor(), Option.SOLVER.to(Words.of(SolverKind.TSQR)))));
  }

  /**
   * The smallest lambda that can be solved safely, times at most 4: eight bisections of its
   * logarithm, below a lambda whose penalty is surely above the noise.
   */
  private double floor() {
    double works = 10 * SAFE * problem.noise(trace());
    double fails = works * 1e-40;
    for (int step = 0; step < 8; step++) {
      double middle = Math.sqrt(fails) * Math.sqrt(works);
      if (factorize(middle).filter(this::isSafe).isPresent()) {
        works = middle;
      } else {
        fails = middle;
      }
    }
    return 2 * works;
  }

  private double trace() {
    double sum = 0;
    for (double g : problem.coordinates().gramDiagonal()) {
      sum += g;
    }
    return sum;
  }

  @Override
  public double rcond(double lambda) {
    return factorize(lambda).map(Cholesky::rcond).orElse(0.0);
  }

  @Override
  public int rank() {
    int absent = 0;
    for (int j = 0; j < gram.rows(); j++) {
      absent += gram.get(j, j) == 0 ? 1 : 0;
    }
    return gram.rows() + problem.unpenalized() - absent;
  }

  @Override
  public LambdaRange range() {
    Optional<Cholesky> unpenalized = factorize(0).filter(this::isSafe);
    if (trace() == 0) {
      return new LambdaRange(1e-3, 1e-3, 1e3);
    }
    if (unpenalized.isEmpty()) {
      return LambdaRange.of(trace(), 0, floor());
    }
    Matrix present = Matrix.identity(gram.rows());
    for (int j = 0; j < gram.rows(); j++) {
      present.set(j, j, gram.get(j, j) == 0 ? 0 : 1);
    }
    Matrix whitened = unpenalized.get().whiten(present);
    double traceInverse = 0;
    for (double w : whitened.data()) {
      traceInverse += w * w;
    }
    return LambdaRange.of(trace(), traceInverse, LambdaRange.MARGIN / traceInverse * 1e-6);
  }

  @Override
  public List<PathCoefficients> solve(List<Vec> lambdas) {
    List<PathCoefficients> result = new ArrayList<>();
    for (Solution solution : solveAll(lambdas, false)) {
      result.add(solution.coefficients());
    }
    return result;
  }

  @Override
  public List<RidgePath> paths(List<Vec> lambdas) {
    List<RidgePath> result = new ArrayList<>();
    List<Solution> solutions = solveAll(lambdas, true);
    for (int t = 0; t < solutions.size(); t++) {
      Solution s = solutions.get(t);
      result.add(
          new RidgePath(
              s.coefficients(),
              new Traces(
                  Vec.of(s.df).map(df -> df + problem.unpenalized()),
                  Vec.of(s.df).map(this::residualDegreesOfFreedom),
                  Vec.of(s.df2).map(df2 -> df2 + problem.unpenalized()),
                  Vec.of(s.logDeterminant)),
              Vec.of(s.rss),
              Vec.of(s.penalizedRss),
              problem.targetSumSquares(t),
              RidgePath.Sums.subtracted(problem.relativeNoise())));
    }
    return result;
  }

  /**
   * {@code n - i - df}; 0 when next to nothing is left of n, because {@code RSS / q} is about the
   * square of what is left and has lost its digits with it.
   */
  private double residualDegreesOfFreedom(double df) {
    double freeRows = problem.freeRows();
    double left = freeRows - df;
    return left > INTERPOLATES * freeRows ? left : 0;
  }

  /** The solutions for one target, filled in lambda by lambda. */
  private final class Solution {
    private final int target;
    private final Vec lambdas;
    private final Matrix standardized;
    private final double[] df;
    private final double[] df2;
    private final double[] logDeterminant;
    private final double[] rss;
    private final double[] penalizedRss;

    Solution(int target, Vec lambdas) {
      this.target = target;
      this.lambdas = lambdas;
      this.standardized = Matrix.zeros(gram.rows(), lambdas.size());
      this.df = new double[lambdas.size()];
      this.df2 = new double[lambdas.size()];
      this.logDeterminant = new double[lambdas.size()];
      this.rss = new double[lambdas.size()];
      this.penalizedRss = new double[lambdas.size()];
    }

    /** Stores {@code b}; {@code RSS = q - b'(c + lambda b)} because {@code G b = c - lambda b}. */
    void put(int l, Matrix b) {
      double explained = 0;
      double penalty = 0;
      for (int j = 0; j < b.rows(); j++) {
        double value = b.get(j, target);
        standardized.set(j, l, value);
        explained += value * right.get(j, target);
        penalty += lambdas.get(l) * value * value;
      }
      double q = problem.coordinates().start(target);
      rss[l] = Math.max(0, q - explained - penalty);
      penalizedRss[l] = Math.max(0, q - explained);
    }

    /** Stores the traces of the hat matrix. */
    void put(int l, Cholesky penalized, Matrix hat) {
      int d = hat.rows();
      double logLambda = Math.log(lambdas.get(l));
      logDeterminant[l] = penalized.logDeterminant() - d * logLambda;
      for (int j = 0; j < d; j++) {
        df[l] += hat.get(j, j);
        for (int i = 0; i < d; i++) {
          df2[l] += hat.get(i, j) * hat.get(j, i);
        }
      }
    }

    PathCoefficients coefficients() {
      return problem.toOriginalScale(target, lambdas, standardized);
    }
  }

  private List<Solution> solveAll(List<Vec> lambdas, boolean withTraces) {
    List<Solution> solutions = new ArrayList<>();
    Set<Double> distinct = new LinkedHashSet<>();
    for (int t = 0; t < lambdas.size(); t++) {
      solutions.add(new Solution(t, lambdas.get(t)));
      for (double lambda : lambdas.get(t).toArray()) {
        distinct.add(lambda);
      }
    }
    for (double lambda : distinct) {
      Cholesky factor = useful(lambda);
      Matrix b = factor.solve(right);
      Matrix hat = withTraces ? factor.solve(gram) : null;
      for (Solution solution : solutions) {
        for (int l = 0; l < solution.lambdas.size(); l++) {
          if (solution.lambdas.get(l) == lambda) {
            solution.put(l, b);
            if (withTraces) {
              solution.put(l, factor, hat);
            }
          }
        }
      }
    }
    return solutions;
  }

  @Override
  public QuadraticForms diagonalForms(double lambda) {
    return forms(lambda, Matrix.identity(problem.inputs()));
  }

  @Override
  public QuadraticForms forms(double lambda, Matrix v) {
    Matrix z = problem.coordinates().transformed(v);
    Matrix x = useful(lambda).solve(z);
    Matrix gx = Blas.times(gram, x);
    double[] posterior = problem.coordinates().freeForms(v);
    double[] sampling = posterior.clone();
    for (int j = 0; j < z.columns(); j++) {
      for (int i = 0; i < z.rows(); i++) {
        posterior[j] += z.get(i, j) * x.get(i, j);
        sampling[j] += x.get(i, j) * gx.get(i, j);
      }
    }
    return new QuadraticForms(Vec.owning(posterior), Vec.owning(sampling));
  }

  @Override
  public Matrix solve(double lambda, Matrix rightSide) {
    Matrix v = useful(lambda).solve(problem.coordinates().transformed(rightSide));
    return problem.coordinates().joined(v, rightSide);
  }
}
