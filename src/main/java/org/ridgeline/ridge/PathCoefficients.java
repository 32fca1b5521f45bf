package org.ridgeline.ridge;

import java.io.Serializable;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/** The models of one target for L lambdas, in the units of the original columns. */
public final class PathCoefficients implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Vec lambdas;
  private final Matrix matrix;
  private final Vec intercepts;

  /**
   * Creates the models.
   *
   * @param lambdas the lambdas, sum convention
   * @param matrix d x L, one column of coefficients per lambda
   * @param intercepts L intercepts
   */
  public PathCoefficients(Vec lambdas, Matrix matrix, Vec intercepts) {
    Check.that(
        matrix.columns() == lambdas.size() && intercepts.size() == lambdas.size(),
        "Cannot make a path of %d lambdas with %d columns and %d intercepts",
        lambdas.size(),
        matrix.columns(),
        intercepts.size());
    this.lambdas = lambdas;
    this.matrix = matrix;
    this.intercepts = intercepts;
  }

  /** The lambdas, sum convention. */
  public Vec lambdas() {
    return lambdas;
  }

  /** The coefficients, d x L. */
  public Matrix matrix() {
    return matrix;
  }

  /** The intercepts, one per lambda. */
  public Vec intercepts() {
    return intercepts;
  }
}
