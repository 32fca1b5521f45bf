package org.ridgeline.train;

import org.ridgeline.base.Check;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.moments.Retention;
import org.ridgeline.plan.Workload;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SplitRule;
import org.ridgeline.select.TuningSpec;

/**
 * What to solve for, and how to choose lambda.
 *
 * @param tuning the model, the lambdas and the rule
 * @param penalty what lambda multiplies, by names of columns
 * @param residuals where the errors come from
 * @param refinements passes of iterative refinement
 */
public record SolveSpec(
    TuningSpec tuning, PenaltySpec penalty, Residuals residuals, int refinements) {
  /** Why some parts do not go with a feature map. */
  public static final String LINEAR_ONLY =
      "Cannot use a penalty by names, a prior, refinements or the tsqr solver with a feature map:"
          + " they are for the columns of the data";

  /** Checks what goes together. */
  public SolveSpec {
    Check.that(refinements >= 0, "Cannot refine %d times: the number must be >= 0", refinements);
    Check.that(
        !penalty.isGiven() || tuning.ridge().penalty().isIdentity(),
        "Cannot use a penalty by names with a penalty by positions: give one of them");
    boolean linearOnly =
        refinements > 0 || penalty.isGiven() || tuning.ridge().solver() == SolverKind.TSQR;
    boolean mapped = tuning.ridge().scaling() == Scaling.MAPPED;
    Check.that(!mapped || !linearOnly, LINEAR_ONLY);
    boolean repeated = tuning.validation().rule().kind() == SplitRule.Kind.REPEATED;
    Check.that(
        residuals == Residuals.MOMENTS || !(repeated || tuning.validation().isNested()),
        "Cannot measure exact residuals of repeated or nested validation: the pass scores every row"
            + " by one model of all lambdas");
    Check.that(
        penalty.prior().isEmpty() || tuning.lambdas().convention() == LambdaConvention.SUM,
        "Cannot use the lambda convention %s with a prior: lambda is then how much the earlier rows"
            + " count, 1 for all",
        tuning.lambdas().convention().label());
  }

  /** Where the errors come from. */
  public enum Residuals {
    /** The moments, at no cost. */
    MOMENTS,
    /** A second pass over the rows. */
    EXACT
  }

  /** Returns plain ridge with these lambdas and this rule. */
  public static SolveSpec of(LambdaRequest lambdas, Rule rule) {
    return new SolveSpec(
        new TuningSpec(RidgeSpec.standard(), lambdas, rule),
        PenaltySpec.none(),
        Residuals.MOMENTS,
        0);
  }

  /** Returns this with another model. */
  public SolveSpec with(RidgeSpec ridge) {
    return with(tuning.with(ridge));
  }

  /** Returns this with another tuning. */
  public SolveSpec with(TuningSpec choice) {
    return new SolveSpec(choice, penalty, residuals, refinements);
  }

  /** Returns this with another penalty. */
  public SolveSpec with(PenaltySpec choice) {
    return new SolveSpec(tuning, choice, residuals, refinements);
  }

  /** Returns this with errors from another source. */
  public SolveSpec with(Residuals choice) {
    return new SolveSpec(tuning, penalty, choice, refinements);
  }

  /** Returns this with so many passes of iterative refinement. */
  public SolveSpec withRefinements(int passes) {
    return new SolveSpec(tuning, penalty, residuals, passes);
  }

  /**
   * Returns what the pass over the rows must retain for the solver: where it is chosen, rows that
   * are known to be few beside their columns.
   */
  public Retention retention(Workload work) {
    return switch (tuning.ridge().solver()) {
      case TSQR -> Retention.FACTOR;
      case DUAL -> Retention.ROWS;
      case CHOLESKY, EIGEN -> Retention.SCATTER;
      case AUTO -> {
        long most = countedRows(work);
        boolean few = work.rows().isPresent() && work.rows().getAsLong() <= most;
        yield few ? Retention.ROWS : Retention.SCATTER;
      }
    };
  }

  /**
   * Returns how many rows must be counted, if there are so many, before the pass: 0 where their
   * number changes nothing.
   */
  public long countedRows(Workload work) {
    boolean linear = work.mapping().isEmpty();
    boolean plain = !penalty.isGiven() && tuning.ridge().penalty().isIdentity();
    return switch (tuning.ridge().solver()) {
      case DUAL -> SolverTable.MOST_ROWS;
      case AUTO -> linear && plain ? SolverTable.mostRows(work.inputs()) : 0;
      case TSQR, CHOLESKY, EIGEN -> 0;
    };
  }

  /** Returns what lambda multiplies, as far as it decides the size of the run. */
  Workload.Form form() {
    Penalty given = tuning.ridge().penalty();
    if (penalty.prior().isPresent() || given.hasOperator()) {
      return Workload.Form.MATRIX;
    }
    return penalty.isGiven() || !given.isIdentity() ? Workload.Form.COLUMNS : Workload.Form.RIDGE;
  }

  /** Whether the model has an intercept. */
  Intercept intercept() {
    return tuning.ridge().intercept();
  }

  /** Returns the tuning with the penalty on the features of these columns. */
  TuningSpec tuningOf(MomentsSet.Columns columns, Journal journal) {
    TuningSpec plain = plainTuning();
    if (!penalty.isGiven()) {
      return plain;
    }
    return plain.with(plain.ridge().with(penalty.resolve(columns, journal)));
  }

  /** Returns the tuning without the penalty on single features. */
  TuningSpec plainTuning() {
    return residuals == Residuals.EXACT ? tuning.measuredLater() : tuning;
  }
}
