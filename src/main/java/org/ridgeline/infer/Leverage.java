package org.ridgeline.infer;

import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;

/**
 * The weight of a row's own label in its fitted value: {@code h / w = i / W + z'A^-1 z}, z the
 * standardized row, i = 1 for an intercept.
 */
public final class Leverage {
  private Leverage() {}

  /**
   * The leverages of some rows, each for weight 1; infinite where lambda = 0 leaves them undefined.
   * Cost: {@code 2 d^2} flops a row.
   *
   * @param system the solved problem
   * @param problem the same problem
   * @param rows d x n, one row a column, in original units
   */
  public static Vec of(RidgeSystem system, RidgeProblem problem, double lambda, Matrix rows) {
    Moments moments = problem.moments();
    Check.that(
        rows.rows() == problem.inputs(),
        "Cannot compute the leverage of rows of %d inputs in a model of %d",
        rows.rows(),
        problem.inputs());
    boolean centered = problem.spec().intercept() == Intercept.FREE;
    Matrix z =
        rows.map(
            (j, r, x) -> {
              double mean = centered ? moments.unitMean(j) : 0;
              double value = x * moments.units().perUnit(j);
              return problem.isAbsent(j) ? 0 : (value - mean) / problem.unitScale(j);
            });
    double share = centered ? 1 / moments.weightSum() : 0;
    return system.forms(lambda, z).posterior().map(form -> share + form);
  }
}
