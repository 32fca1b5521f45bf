package org.ridgeline.ridge;

import org.ridgeline.linalg.Lapack;

/**
 * Which solver for which problem, in one place.
 *
 * <table><caption>First matching row wins</caption>
 * <tr><th>condition</th><th>solver</th></tr>
 * <tr><td>asked for by name</td><td>that one</td></tr>
 * <tr><td>the rows were kept in place of their scatter, see {@link #mostRows}</td><td>dual</td></tr>
 * <tr><td>unscaled columns whose squared norms differ by more than 10^4</td><td>Cholesky: the
 * reduction to tridiagonal form errs by eps e_max in every column; not for mapped features, see
 * below</td></tr>
 * <tr><td>d >= n - 1: the rank is deficient by construction</td><td>eigen: it knows the null space
 * exactly</td></tr>
 * <tr><td>more lambdas than 8 (native LAPACK) or 5 (Java)</td><td>eigen: one reduction costs about
 * that many factorizations</td></tr>
 * <tr><td>otherwise</td><td>Cholesky</td></tr>
 * </table>
 *
 * <p>Where the last row says Cholesky and the smallest lambda cannot be solved by it to useful
 * digits, the eigen solver takes over, and the result says so.
 *
 * <p>Mapped features ({@link Scaling#MAPPED}) have squared norms that may differ by any factor: one
 * of few inputs is often near 0 at every weight of a neuron, and the later features of Nystrom hold
 * what the earlier ones left over. Such a column is a small part of the kernel, penalized like the
 * rest; losing it to rounding is losing {@code eps} of the kernel, as a change of lambda by {@code
 * eps e_max} would. Hence the row on spread is skipped for them: otherwise a width beyond the
 * number of rows, whose scatter is rank-deficient, could end in Cholesky and be refused at lambda =
 * 0 instead of giving the minimum-norm solution.
 */
public final class SolverTable {
  /** The most rows that the dual takes: n^3 flops are then a matter of minutes. */
  public static final long MOST_ROWS = 10_000;

  private static final double MAX_SPREAD = 1e4;
  private static final int WIDE = 1000;

  private SolverTable() {}

  /**
   * Returns the most rows for which the dual is chosen: d / 2, so that it costs less than half of
   * what d x d matrices would in time and memory; 0 for fewer inputs than 1000, where these are
   * small.
   */
  public static long mostRows(int inputs) {
    return inputs < WIDE ? 0 : Math.min(MOST_ROWS, inputs / 2);
  }

  /**
   * Returns the number of Cholesky factorizations that cost as much as one reduction to tridiagonal
   * form; measured: 6 to 7 at orders 500 to 2,000, 14 at 4,000, 4 to 5 in Java.
   */
  static int breakEven(boolean nativeLapack) {
    return nativeLapack ? 8 : 5;
  }

  /**
   * Returns the system that solves {@code problem}.
   *
   * @param lambdas how many lambdas it will be solved for
   * @param smallest the smallest of them
   */
  public static RidgeSystem solver(RidgeProblem problem, int lambdas, double smallest) {
    SolverKind kind = choose(problem, lambdas, Lapack.isNative());
    if (kind == SolverKind.TSQR || kind == SolverKind.DUAL) {
      return EigenSystem.ofFactor(problem);
    }
    if (kind == SolverKind.EIGEN) {
      return EigenSystem.of(problem);
    }
    CholeskySystem system = CholeskySystem.of(problem);
    boolean mayChange = problem.spec().solver() == SolverKind.AUTO && !isBadlyScaled(problem);
    return mayChange && !system.canSolve(smallest) ? EigenSystem.of(problem) : system;
  }

  /**
   * Returns the system for whole paths of {@code problem}. With Cholesky, the traces of the hat
   * matrix cost a lambda another {@code 2 d^3} flops, as much as six more factorizations.
   *
   * @see #solver
   */
  public static RidgeSystem pathSolver(RidgeProblem problem, int lambdas, double smallest) {
    return solver(problem, 7 * lambdas, smallest);
  }

  /** The table itself. */
  static SolverKind choose(RidgeProblem problem, int lambdas, boolean nativeLapack) {
    SolverKind asked = problem.spec().solver();
    if (asked != SolverKind.AUTO) {
      return asked;
    }
    if (problem.moments().keepsRows()) {
      return SolverKind.DUAL;
    }
    if (isBadlyScaled(problem)) {
      return SolverKind.CHOLESKY;
    }
    return problem.coordinates().order() + problem.unpenalized() >= problem.moments().rows() - 1
            || lambdas > breakEven(nativeLapack)
        ? SolverKind.EIGEN
        : SolverKind.CHOLESKY;
  }

  /**
   * Whether an eigendecomposition keeps the digits of every column: false where unscaled columns
   * differ too much in size.
   */
  public static boolean suitsEigen(RidgeProblem problem) {
    return !isBadlyScaled(problem);
  }

  private static boolean isBadlyScaled(RidgeProblem problem) {
    return problem.spec().scaling() != Scaling.MAPPED
        && spread(problem.coordinates().gramDiagonal()) > MAX_SPREAD;
  }

  /** Largest over smallest positive diagonal element. */
  private static double spread(double[] diagonal) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double g : diagonal) {
      if (g > 0) {
        largest = Math.max(largest, g);
        smallest = Math.min(smallest, g);
      }
    }
    return largest == 0 ? 1 : largest / smallest;
  }
}
