package org.ridgeline.infer;

import java.util.Collections;
import java.util.List;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.PosteriorForms;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.SolverTable;

/**
 * Posterior predictive intervals of a new row of weight 1 (Lindley, Smith 1972):
 *
 * <pre>
 * prediction +- t sqrt(s2 (1 + i / W + z'A^-1 z)),  A = G + lambda R
 * </pre>
 *
 * with t of n - i - k degrees of freedom (k directions free of the penalty), {@code s2 = (RSS +
 * lambda |b_z|^2) / (n - i - k)}, z the standardized row and i = 1 for an intercept.
 */
public final class Predictive implements Intervals {
  private static final long serialVersionUID = 1L;

  private final PosteriorForms forms;
  private final double variance;
  private final double base; // 1 + i / W
  private final double quantile;

  private Predictive(PosteriorForms forms, double variance, double base, double quantile) {
    this.forms = forms;
    this.variance = variance;
    this.base = base;
    this.quantile = quantile;
  }

  /**
   * Prepares the intervals of one target.
   *
   * @param lambda of the model, sum convention
   * @param level the probability that an interval holds, between 0 and 1
   * @throws IllegalArgumentException when no degrees of freedom are left
   */
  public static Predictive of(RidgeProblem problem, int target, double lambda, double level) {
    Check.that(
        problem.freeRows() > 0,
        "Cannot give intervals: %s rows leave no degrees of freedom",
        problem.observations());
    List<Vec> lambdas = Collections.nCopies(problem.targets(), Vec.of(lambda));
    RidgePath path = SolverTable.pathSolver(problem, 1, lambda).paths(lambdas).get(target);
    boolean intercept = problem.spec().intercept() == Intercept.FREE;
    return new Predictive(
        PosteriorForms.of(problem, lambda),
        CoefficientErrors.posteriorVariance(problem, path, 0),
        1 + (intercept ? 1 / problem.moments().weightSum() : 0),
        StudentT.twoSided(level, problem.freeRows()));
  }

  @Override
  public int inputs() {
    return forms.inputs();
  }

  /** The standard deviations of new rows, d x n. */
  public double[] deviations(Matrix rows) {
    double[] deviations = forms.of(rows);
    for (int r = 0; r < deviations.length; r++) {
      deviations[r] = Math.sqrt(variance * (base + deviations[r]));
    }
    return deviations;
  }

  @Override
  public Matrix of(Matrix rows, double[] predictions) {
    double[] deviations = deviations(rows);
    Matrix ends = Matrix.zeros(2, predictions.length);
    for (int r = 0; r < predictions.length; r++) {
      ends.set(0, r, predictions[r] - quantile * deviations[r]);
      ends.set(1, r, predictions[r] + quantile * deviations[r]);
    }
    return ends;
  }
}
