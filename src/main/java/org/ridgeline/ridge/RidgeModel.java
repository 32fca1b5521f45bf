package org.ridgeline.ridge;

import java.util.List;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * A fitted model: {@code prediction_t = intercept_t + sum_j coefficient_jt x_j}, original columns.
 *
 * @param features d names
 * @param targets m names
 * @param intercepts m
 * @param coefficients d x m
 * @param lambdas m, sum convention
 */
public record RidgeModel(
    List<String> features, List<String> targets, Vec intercepts, Matrix coefficients, Vec lambdas) {
  /** Checks the shapes. */
  public RidgeModel {
    features = List.copyOf(features);
    targets = List.copyOf(targets);
    Check.that(
        coefficients.rows() == features.size()
            && coefficients.columns() == targets.size()
            && intercepts.size() == targets.size()
            && lambdas.size() == targets.size(),
        "Cannot make a model of %d features and %d targets from %d x %d coefficients",
        features.size(),
        targets.size(),
        coefficients.rows(),
        coefficients.columns());
  }
}
