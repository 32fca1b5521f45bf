package org.ridgeline.infer;

import java.util.Optional;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;

/**
 * How far the inputs determine each other, whatever the penalty: from the eigenvalues of their
 * correlation matrix R.
 *
 * @param vif variance inflation factors, the diagonal of the inverse of R: {@code 1 / (1 - R_j^2)}
 *     with R_j^2 of the regression of input j on the others; infinite when they determine it, NaN
 *     for a constant input
 * @param conditionNumber {@code sqrt (e_max / e_min)} of R without constant inputs; infinite when
 *     inputs are collinear
 */
public record Collinearity(Vec vif, double conditionNumber) {
  /** From this many inputs on, an eigendecomposition is not made for this alone. */
  static final int MANY_INPUTS = 1000;

  /** A share of an eigenvector that is not rounding. */
  private static final double SHARE = 1e-10;

  /**
   * Diagnoses the inputs of a problem.
   *
   * @param system the solved problem, whose eigenvalues serve when they are those of R
   * @return empty for more than 1000 inputs whose eigenvalues are not there
   */
  public static Optional<Collinearity> of(RidgeSystem system, RidgeProblem problem) {
    RidgeSpec standard = new RidgeSpec(Intercept.FREE, Scaling.POPULATION, SolverKind.EIGEN);
    boolean isCorrelation = problem.spec().with(SolverKind.EIGEN).equals(standard);
    if (isCorrelation && system instanceof EigenSystem eigen) {
      return Optional.of(of(eigen, problem));
    }
    if (problem.inputs() > MANY_INPUTS) {
      return Optional.empty();
    }
    RidgeProblem correlations = RidgeProblem.of(problem.moments(), standard);
    return Optional.of(of(EigenSystem.of(correlations), correlations));
  }

  private static Collinearity of(EigenSystem system, RidgeProblem problem) {
    int d = problem.inputs();
    int absent = 0;
    for (int j = 0; j < d; j++) {
      absent += problem.isAbsent(j) ? 1 : 0;
    }
    int deficient = d - absent - system.rank();
    Vec e = system.eigenvalues();
    double smallest = absent < d ? e.get(absent + Math.max(0, deficient)) : 1;
    double condition =
        deficient > 0 || smallest <= 0
            ? Double.POSITIVE_INFINITY
            : Math.sqrt(e.get(d - 1) / smallest);
    Vec shares = system.nullShares();
    Vec inverse = system.inverseDiagonal();
    double[] vif = new double[d];
    for (int j = 0; j < d; j++) {
      double factor = inverse.get(j) * problem.moments().weightSum();
      vif[j] = shares.get(j) > SHARE ? Double.POSITIVE_INFINITY : factor;
      vif[j] = problem.isAbsent(j) ? Double.NaN : vif[j];
    }
    return new Collinearity(Vec.owning(vif), absent < d ? condition : Double.NaN);
  }
}
