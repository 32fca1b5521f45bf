package org.ridgeline.ridge;

import java.io.Serializable;

/**
 * What to fit, apart from lambda.
 *
 * @param intercept whether there is an unpenalised intercept
 * @param scaling the column scales that the penalty uses
 * @param solver how to solve, or {@link SolverKind#AUTO}
 */
public record RidgeSpec(Intercept intercept, Scaling scaling, SolverKind solver)
    implements Serializable {

  /** An intercept, population standardisation, the solver of the table. */
  public static RidgeSpec standard() {
    return new RidgeSpec(Intercept.FREE, Scaling.POPULATION, SolverKind.AUTO);
  }

  /** Returns this specification with another intercept. */
  public RidgeSpec with(Intercept choice) {
    return new RidgeSpec(choice, scaling, solver);
  }

  /** Returns this specification with another scaling. */
  public RidgeSpec with(Scaling choice) {
    return new RidgeSpec(intercept, choice, solver);
  }

  /** Returns this specification with another solver. */
  public RidgeSpec with(SolverKind choice) {
    return new RidgeSpec(intercept, scaling, choice);
  }
}
