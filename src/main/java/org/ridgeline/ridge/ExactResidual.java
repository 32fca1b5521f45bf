package org.ridgeline.ridge;

import java.util.Optional;
import org.ridgeline.linalg.LongDouble;
import org.ridgeline.linalg.Matrix;

/**
 * The residual of the normal equations in about 32 digits, {@code (F_x'(F_y - F_x b) - lambda S S
 * b) / S}, from a triangular factor {@code F = high + low} of the centered rows. Iterative
 * refinement by it takes away the rounding of the singular values, which only solve (Bjorck 1967).
 *
 * @param high F, p x p
 * @param low what F was short of by rounding
 */
record ExactResidual(Matrix high, Matrix low) {
  private static final int STEPS = 2;

  /** Returns the residual of plain ridge with an intercept; empty where F is not known so well. */
  static Optional<ExactResidual> of(RidgeProblem problem) {
    boolean plain =
        problem.spec().penalty().isIdentity() && problem.spec().intercept() == Intercept.FREE;
    return plain
        ? problem
            .moments()
            .factorRemainder()
            .map(low -> new ExactResidual(problem.moments().factor().orElseThrow(), low))
        : Optional.empty();
  }

  /** Returns the models after two steps, each of which leaves {@code cond eps} of their error. */
  PathCoefficients refined(
      RidgeProblem problem, RidgeSystem system, int target, PathCoefficients models) {
    Matrix start = problem.moments().units().ofCoefficients(models.matrix());
    Matrix standardized = start.copy();
    for (int l = 0; l < standardized.columns(); l++) {
      double lambda = models.lambdas().get(l);
      double[] b = start.columnCopy(l);
      for (int step = 0; step < STEPS; step++) {
        Matrix change = system.solve(lambda, residual(problem, target, lambda, b));
        for (int j = 0; j < b.length; j++) {
          b[j] += change.get(j, 0) / problem.unitScale(j);
        }
      }
      for (int j = 0; j < b.length; j++) {
        standardized.set(j, l, b[j] * problem.unitScale(j));
      }
    }
    return problem.toOriginalScale(target, models.lambdas(), standardized);
  }

  /** Returns the residual of one target at coefficients b of inputs in units, d x 1. */
  private Matrix residual(RidgeProblem problem, int target, double lambda, double[] b) {
    int d = problem.inputs();
    double[] residual = new double[high.rows()];
    double[] rest = new double[residual.length];
    LongDouble sum = new LongDouble();
    for (int i = 0; i < residual.length; i++) {
      sum.set(high.get(i, d + target), low.get(i, d + target));
      for (int j = 0; j < d; j++) {
        sum.addProduct(high.get(i, j), low.get(i, j), problem.isAbsent(j) ? 0 : -b[j]);
      }
      residual[i] = sum.high();
      rest[i] = sum.low();
    }
    Matrix result = Matrix.zeros(d, 1);
    for (int j = 0; j < d; j++) {
      double scale = problem.unitScale(j);
      sum.set(0, 0);
      for (int i = 0; i < residual.length; i++) {
        sum.addProduct(high.get(i, j), low.get(i, j), residual[i]);
        sum.addProduct(high.get(i, j), 0, rest[i]);
      }
      sum.addProduct(-lambda * scale, 0, scale * b[j]);
      result.set(j, 0, problem.isAbsent(j) ? 0 : sum.value() / scale);
    }
    return result;
  }
}
