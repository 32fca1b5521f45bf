package org.ridgeline.ridge;

import org.ridgeline.linalg.LongDouble;
import org.ridgeline.linalg.Matrix;

/**
 * The residual of the normal equations in about 32 digits, {@code (F_x'(F_y - F_x b) - lambda S S
 * b) / S}, from a triangular factor {@code F = high + low} of the centred rows. Iterative
 * refinement by it takes away the rounding of the singular values, which only solve (Bjorck 1967).
 *
 * @param high F, p x p
 * @param low what F was short of by rounding
 */
record ExactResidual(Matrix high, Matrix low) {
  private static final int STEPS = 2;

  /** The models after two steps, each of which leaves about {@code cond eps} of their error. */
  PathCoefficients refined(
      RidgeProblem problem, RidgeSystem system, int target, PathCoefficients models) {
    Matrix standardized = models.matrix().copy();
    for (int l = 0; l < standardized.columns(); l++) {
      double lambda = models.lambdas().get(l);
      double[] b = models.matrix().columnCopy(l);
      for (int step = 0; step < STEPS; step++) {
        Matrix change = system.solve(lambda, of(problem, target, lambda, b));
        for (int j = 0; j < b.length; j++) {
          b[j] += change.get(j, 0) / problem.scales().get(j);
        }
      }
      for (int j = 0; j < b.length; j++) {
        standardized.set(j, l, b[j] * problem.scales().get(j));
      }
    }
    return problem.toOriginalScale(target, models.lambdas(), standardized);
  }

  /** The residual for one target at coefficients b in original units, d x 1. */
  private Matrix of(RidgeProblem problem, int target, double lambda, double[] b) {
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
      double scale = problem.scales().get(j);
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
