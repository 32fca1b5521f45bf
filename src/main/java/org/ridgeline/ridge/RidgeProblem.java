package org.ridgeline.ridge;

import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/**
 * What to solve: the {@link NormalEquations} of some moments, under a penalty. Each solver sees it
 * as {@code (G + lambda I) v = c} in the {@link Coordinates} of the penalty.
 */
public final class RidgeProblem {
  private final NormalEquations equations;
  private final Penalty penalty; // in standardized coordinates
  private final Coordinates coordinates;

  private RidgeProblem(NormalEquations equations, Penalty penalty, Coordinates coordinates) {
    this.equations = equations;
    this.penalty = penalty;
    this.coordinates = coordinates;
  }

  /**
   * Returns the problem of these moments.
   *
   * @throws IllegalArgumentException when there is no weight, when sample scaling is asked of
   *     weighted rows, or when a sum of squares is not finite
   */
  public static RidgeProblem of(Moments moments, RidgeSpec spec) {
    NormalEquations equations = NormalEquations.of(moments, spec);
    Penalty penalty = spec.penalty().standardized(equations.scales());
    return new RidgeProblem(
        equations,
        penalty,
        penalty.isIdentity()
            ? new PlainCoordinates(equations)
            : StandardForm.of(equations, penalty));
  }

  /**
   * Returns the first input that has to be standardized, or multiplied by a power of ten, before
   * these moments can be solved: without standardization its squares are beyond the range of
   * doubles.
   */
  public static OptionalInt firstOutsideRange(Moments moments, RidgeSpec spec) {
    return NormalEquations.standardized(moments, spec).firstOutsideRange();
  }

  /** What to fit. */
  public RidgeSpec spec() {
    return equations.spec();
  }

  /** The moments it came from. */
  public Moments moments() {
    return equations.moments();
  }

  /** d, the number of inputs. */
  public int inputs() {
    return equations.inputs();
  }

  /** m, the number of targets. */
  public int targets() {
    return equations.targets();
  }

  /** The scales s_j. */
  public Vec scales() {
    return Vec.owning(equations.scales());
  }

  /** The scale s_j in the unit of input {@code j}. */
  public double unitScale(int j) {
    return equations.unitScale(j);
  }

  /** Whether input {@code j} has left the problem because it is constant. */
  public boolean isAbsent(int j) {
    return equations.isAbsent(j);
  }

  /** n as criteria count it: rows, or the sum of weights where these are frequencies. */
  public double observations() {
    return spec().weights() == WeightKind.FREQUENCY ? moments().weightSum() : moments().rows();
  }

  /** k, the number of directions that the penalty leaves free, the intercept apart. */
  public int unpenalized() {
    return coordinates.free();
  }

  /** {@code n - i - k}: what the intercept and the free directions leave of the observations. */
  public double freeRows() {
    return observations() - spec().intercept().degreesOfFreedom() - unpenalized();
  }

  /**
   * q of target {@code t}: the weighted sum of squares about its mean (about 0 without intercept).
   */
  public double targetSumSquares(int t) {
    return equations.targetSumSquares(t);
  }

  /** What the solvers see. */
  Coordinates coordinates() {
    return coordinates;
  }

  /**
   * Returns A and B of the least-squares problem {@code |B - A v|^2 + lambda |v|^2} whose normal
   * equations are those of the coordinates: d + m rows of a triangular factor, or the n rows.
   *
   * @throws IllegalArgumentException when the moments have no factor
   */
  FactorProblem factorProblem() {
    Optional<FactorProblem> plain = equations.factorProblem();
    Check.that(
        plain.isPresent(),
        "Cannot solve by %s: the rows were read without their %s",
        spec().solver().label(),
        spec().solver() == SolverKind.DUAL ? "values" : "triangular factor");
    return coordinates.transformed(plain.get());
  }

  /**
   * Rows F with {@code F'F = G + lambda R}, at least d of them: those of the factor, those of the
   * penalty's operator times sqrt(lambda), and zeros. The moments must have a factor.
   */
  Matrix penalizedRows(double lambda) {
    Matrix prior = penalty.rows(inputs());
    double root = Math.sqrt(lambda);
    Matrix scaled = prior.map((i, j, value) -> root * value);
    Matrix data = equations.factorProblem().orElseThrow().inputs();
    Matrix zeros = Matrix.zeros(Math.max(0, inputs() - prior.rows()), inputs());
    return data.above(scaled).above(zeros);
  }

  /** {@code G + lambda R} in standardized coordinates, both triangles. */
  Matrix penalizedGram(double lambda) {
    Matrix prior = penalty.rows(inputs());
    return equations.gram().plus(lambda, Blas.transposedTimes(prior, prior));
  }

  /**
   * The precision that these rows and their penalty give the coefficients, in original units and up
   * to the residual variance: {@code S (G + lambda R) S}.
   */
  public Matrix precision(double lambda) {
    return penalizedGram(lambda)
        .map((i, j, value) -> value * equations.scale(i) * equations.scale(j));
  }

  /**
   * Returns solutions in original units, with their intercepts.
   *
   * @param target the target that the solutions belong to
   * @param solutions order x L, in the coordinates of the penalty; they may be overwritten
   */
  PathCoefficients toOriginalScale(int target, Vec lambdas, Matrix solutions) {
    return equations.toOriginalScale(target, lambdas, coordinates.coefficients(target, solutions));
  }

  /**
   * The relative residual {@code |c - G b_z - lambda R (b_z - b0)| / |c|} of a solution in original
   * units, R the identity for plain ridge; 0 when c is 0. Cost: {@code 2 d^2} flops.
   *
   * @param target the target's number
   * @param coefficients b, original columns
   */
  public double relativeResidual(int target, double lambda, double[] coefficients) {
    double[] product = equations.gramTimes(coefficients);
    Matrix c = equations.crossProducts();
    double[] slope = penaltySlope(target, coefficients);
    double residual = 0;
    double norm = 0;
    for (int j = 0; j < inputs(); j++) {
      double right = c.get(j, target);
      double rest = right - product[j] - lambda * slope[j];
      residual += isAbsent(j) ? 0 : rest * rest;
      norm += right * right;
    }
    return norm == 0 ? 0 : Math.sqrt(residual / norm);
  }

  /**
   * {@code R (b_z - b0)}: half the slope of the penalty at coefficients in original units, in
   * standardized ones.
   */
  double[] penaltySlope(int target, double[] coefficients) {
    double[] away = new double[inputs()];
    for (int j = 0; j < away.length; j++) {
      double deviation = coefficients[j] - penalty.priorMean(j, target);
      away[j] = isAbsent(j) ? 0 : equations.scale(j) * deviation;
    }
    return penalty.times(away);
  }

  /** The bound below which an eigenvalue of G is rounding noise: see {@link EigenSystem}. */
  double noise(double largestEigenvalue) {
    return relativeNoise() * Math.max(largestEigenvalue, coordinates.largest());
  }

  /** The noise in units of the largest eigenvalue. */
  double relativeNoise() {
    return equations.relativeNoise();
  }
}
