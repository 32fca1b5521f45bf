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
 * @param validation which rows are held out
 */
public record TuningSpec(
    RidgeSpec ridge,
    LambdaRequest lambdas,
    Rule rule,
    Search search,
    Errors errors,
    Validation validation) {
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
    Check.that(
        !validation.isNested() || rule.needsFolds(),
        "Cannot measure the error of the tuned model: %s does not choose by folds",
        rule.label());
  }

  /** A choice among the lambdas of the grid. */
  public TuningSpec(RidgeSpec ridge, LambdaRequest lambdas, Rule rule) {
    this(ridge, lambdas, rule, Search.GRID);
  }

  /** A choice by the errors that the moments give. */
  public TuningSpec(RidgeSpec ridge, LambdaRequest lambdas, Rule rule, Search search) {
    this(ridge, lambdas, rule, search, Errors.MOMENTS, Validation.kFold());
  }

  /** Returns this specification of another model. */
  public TuningSpec with(RidgeSpec choice) {
    return new TuningSpec(choice, lambdas, rule, search, errors, validation);
  }

  /** Returns this specification with another rule. */
  public TuningSpec with(Rule choice) {
    return new TuningSpec(ridge, lambdas, choice, search, errors, validation);
  }

  /** Returns this specification with other rows held out. */
  public TuningSpec with(Validation choice) {
    return new TuningSpec(ridge, lambdas, rule, search, errors, choice);
  }

  /** Returns this specification with errors from a later pass over the rows. */
  public TuningSpec measuredLater() {
    return new TuningSpec(ridge, lambdas, rule, search, Errors.ROWS, validation);
  }

  /** Returns this specification without the search between lambdas of the grid. */
  public TuningSpec onGrid() {
    return new TuningSpec(ridge, lambdas, rule, Search.GRID, errors, validation);
  }
}
