package org.ridgeline.infer;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverTable;

/**
 * The fit without a penalty to some rows, of every target: of minimum norm where columns depend on
 * each other exactly, or rows are fewer than columns. Its residuals are unique all the same.
 */
final class LeastSquares {
  /** A share of an eigenvector that is not rounding. */
  private static final double SHARE = 1e-10;

  private final String rows;
  private final RidgeProblem problem;
  private final RidgeSystem system;
  private final List<RidgePath> paths;
  private final Optional<Vec> nullShares; // empty: every column that varies is determined

  private LeastSquares(
      String rows, RidgeProblem problem, RidgeSystem system, List<RidgePath> paths) {
    this.rows = rows;
    this.problem = problem;
    this.system = system;
    this.paths = paths;
    this.nullShares =
        system instanceof EigenSystem eigen && system.rank() < present()
            ? Optional.of(eigen.nullShares())
            : Optional.empty();
  }

  /** How many columns vary. */
  private int present() {
    int columns = 0;
    for (int j = 0; j < problem.inputs(); j++) {
      columns += problem.isAbsent(j) ? 0 : 1;
    }
    return columns;
  }

  /**
   * Fits.
   *
   * @param rows what the rows are called
   * @param moments theirs
   * @param model whose intercept and meaning of weights the fit has
   */
  static Finding<LeastSquares> of(String rows, Moments moments, RidgeSpec model) {
    Scaling scaling =
        model.scaling() == Scaling.MAPPED ? Scaling.MAPPED : RidgeSpec.standard().scaling();
    RidgeSpec plain =
        RidgeSpec.standard().with(model.intercept()).with(scaling).with(model.weights());
    RidgeProblem problem = RidgeProblem.of(moments, plain);
    RidgeSystem system = SolverTable.pathSolver(problem, 1, 0);
    try {
      List<RidgePath> paths = system.paths(Collections.nCopies(problem.targets(), Vec.of(0)));
      return Finding.of(new LeastSquares(rows, problem, system, paths));
    } catch (SingularException e) {
      return Finding.none(
          "the features of "
              + rows
              + " are nearly dependent: no digits are left without a penalty");
    }
  }

  /** What the rows are called. */
  String rows() {
    return rows;
  }

  /** The moments of the rows. */
  Moments moments() {
    return problem.moments();
  }

  /** What was solved. */
  RidgeProblem problem() {
    return problem;
  }

  /** n. */
  double observations() {
    return problem.observations();
  }

  /** The number of coefficients that the rows determine, the intercept included. */
  double parameters() {
    return Math.min(observations(), system.rank() + problem.spec().intercept().degreesOfFreedom());
  }

  /** {@code n - p}: the degrees of freedom of the residuals. */
  double free() {
    return observations() - parameters();
  }

  /** Whether the coefficient of input {@code j} is determined: no other columns can replace it. */
  boolean isDetermined(int j) {
    return !problem.isAbsent(j) && !(nullShares.isPresent() && nullShares.get().get(j) > SHARE);
  }

  /** Whether the intercept is determined: every coefficient of a column that varies is. */
  boolean isInterceptDetermined() {
    boolean all = problem.spec().intercept() == Intercept.FREE;
    for (int j = 0; j < problem.inputs(); j++) {
      all &= problem.isAbsent(j) || isDetermined(j);
    }
    return all;
  }

  /** The residual sum of squares of target {@code t}; NaN where it has lost its digits. */
  double rss(int t) {
    double sum = paths.get(t).isLost(0) ? Double.NaN : paths.get(t).rss().get(0);
    return free() > 0 ? sum : 0;
  }

  /** {@code RSS / (n - p)} of target {@code t}; NaN where it is not defined. */
  double variance(int t) {
    return free() > 0 ? rss(t) / free() : Double.NaN;
  }

  /** The coefficient of input {@code j} for target {@code t}; for {@code j = d} the intercept. */
  double coefficient(int t, int j) {
    return j < problem.inputs() ? model(t).matrix().get(j, 0) : model(t).intercepts().get(0);
  }

  private double[] coefficients(int t) {
    return model(t).matrix().columnCopy(0);
  }

  /**
   * The squares that a fit to these rows and others has more than this one, on these rows: {@code
   * (b_other - b)'S (b_other - b) + W r^2} with r the mean residual of the other. Nothing cancels.
   *
   * @param other its moments are in the same units
   * @param t the target's number
   */
  double excess(LeastSquares other, int t) {
    Moments moments = moments();
    int d = moments.inputs();
    double[] theirs = moments.units().ofCoefficients(other.coefficients(t));
    double[] change = moments.units().ofCoefficients(coefficients(t));
    Arrays.setAll(change, j -> theirs[j] - change[j]);
    double[] product = moments.scatterTimes(Arrays.copyOf(change, d + moments.targets()));
    boolean centered = problem.spec().intercept() == Intercept.FREE;
    double squares = 0;
    double shift = centered ? moments.unitMeanDifference(other.moments(), d + t) : 0;
    for (int j = 0; j < d; j++) {
      squares += change[j] * product[j];
      shift -=
          centered
              ? moments.unitMeanDifference(other.moments(), j) * theirs[j]
              : moments.unitMean(j) * change[j];
    }
    return Math.max(0, squares) + moments.weightSum() * shift * shift;
  }

  private PathCoefficients model(int t) {
    return paths.get(t).coefficients();
  }

  /** The standard errors of target {@code t}. */
  CoefficientErrors errors(int t) {
    return CoefficientErrors.of(system, problem, paths.get(t), 0);
  }
}
