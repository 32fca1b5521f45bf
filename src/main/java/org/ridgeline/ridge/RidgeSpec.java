package org.ridgeline.ridge;

import java.io.Serializable;

/**
 * What to fit, apart from lambda.
 *
 * @param intercept whether there is an unpenalized intercept
 * @param scaling the column scales that the penalty uses
 * @param solver how to solve, or {@link SolverKind#AUTO}
 * @param penalty what lambda multiplies
 * @param weights what the weights of the rows say
 */
public record RidgeSpec(
    Intercept intercept, Scaling scaling, SolverKind solver, Penalty penalty, WeightKind weights)
    implements Serializable {

  /** Ridge, with weights that are precisions. */
  public RidgeSpec(Intercept intercept, Scaling scaling, SolverKind solver) {
    this(intercept, scaling, solver, Penalty.identity(), WeightKind.PRECISION);
  }

  /** An intercept, population standardization, the solver of the table. */
  public static RidgeSpec standard() {
    return new RidgeSpec(Intercept.FREE, Scaling.POPULATION, SolverKind.AUTO);
  }

  /** Returns this specification with another intercept. */
  public RidgeSpec with(Intercept choice) {
    return new RidgeSpec(choice, scaling, solver, penalty, weights);
  }

  /** Returns this specification with another scaling. */
  public RidgeSpec with(Scaling choice) {
    return new RidgeSpec(intercept, choice, solver, penalty, weights);
  }

  /** Returns this specification with another solver. */
  public RidgeSpec with(SolverKind choice) {
    return new RidgeSpec(intercept, scaling, choice, penalty, weights);
  }

  /** Returns this specification with another penalty. */
  public RidgeSpec with(Penalty choice) {
    return new RidgeSpec(intercept, scaling, solver, choice, weights);
  }

  /** Returns this specification with another meaning of weights. */
  public RidgeSpec with(WeightKind choice) {
    return new RidgeSpec(intercept, scaling, solver, penalty, choice);
  }
}
