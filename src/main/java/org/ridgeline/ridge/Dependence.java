package org.ridgeline.ridge;

import java.util.List;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Vec;

/**
 * A linear dependence between inputs, in original units: {@code x_p = a + sum_j f_j x_j}.
 *
 * @param column p
 * @param others the inputs j, ascending
 * @param factors f_j, none of them 0
 * @param constant a; 0 without an intercept
 * @param exact whether it is exact as far as the moments can tell: see {@link Dependences}
 */
public record Dependence(
    int column, List<Integer> others, Vec factors, double constant, boolean exact) {
  /** Copies the list and checks the shapes. */
  public Dependence {
    others = List.copyOf(others);
    Check.that(
        others.size() == factors.size(),
        "Cannot make a dependence of %d columns with %d factors",
        others.size(),
        factors.size());
  }
}
