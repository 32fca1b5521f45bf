package org.ridgeline.select;

import org.ridgeline.base.Check;
import org.ridgeline.ridge.RidgeSpec;

/**
 * What to tune.
 *
 * @param ridge what to fit
 * @param lambdas which lambdas to try
 * @param rule how to choose among them
 * @param search whether to look between them as well
 * @param errors where the errors that the rule compares come from
 */
public record TuningSpec(
    RidgeSpec ridge, LambdaRequest lambdas, Rule rule, Search search, Errors errors) {
  /** Where errors come from. */
  public enum Errors {
    /** From the moments: without digits there is no choice. */
    MOMENTS,
    /** From a later pass over the rows: until then a choice without digits stands in. */
    ROWS
  }

  /** Where to search for the best lambda. */
  public enum Search {
    /** Among the lambdas of the grid. */
    GRID,
    /** Then between the neighbors of the best of them. */
    REFINED
  }

  /** Checks that the rule can be refined when it is to be. */
  public TuningSpec {
    Check.that(
        search == Search.GRID || rule.isContinuous(),
        "Cannot refine the choice of %s: it is defined on a grid only",
        rule.label());
  }

  /** A choice among the lambdas of the grid. */
  public TuningSpec(RidgeSpec ridge, LambdaRequest lambdas, Rule rule) {
    this(ridge, lambdas, rule, Search.GRID);
  }

  /** A choice by the errors that the moments give. */
  public TuningSpec(RidgeSpec ridge, LambdaRequest lambdas, Rule rule, Search search) {
    this(ridge, lambdas, rule, search, Errors.MOMENTS);
  }

  /** Returns this specification with errors from a later pass over the rows. */
  public TuningSpec measuredLater() {
    return new TuningSpec(ridge, lambdas, rule, search, Errors.ROWS);
  }

  /** Returns this specification without the search between lambdas of the grid. */
  public TuningSpec onGrid() {
    return new TuningSpec(ridge, lambdas, rule, Search.GRID, errors);
  }
}
