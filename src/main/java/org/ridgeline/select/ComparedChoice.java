package org.ridgeline.select;

import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.UsageException;
import org.ridgeline.base.Words;

/** Requires that a choice of lambda was made by comparing scores that have digits. */
final class ComparedChoice {
  private ComparedChoice() {}

  /**
   * Requires that a choice was made by comparing scores.
   *
   * @throws UsageException when no degrees of freedom are left at any lambda
   * @throws SingularException when the scores have lost their digits at every lambda
   */
  static void require(TargetTuning target) {
    Rule rule = target.selection().rule();
    boolean compared =
        switch (rule) {
          case GIVEN, LOO -> true;
          case CV_MIN, CV_1SE -> target.selection().minimum().isPresent();
          case GCV, AIC, BIC, SURE, EVIDENCE -> isDefined(target, rule);
        };
    if (compared) {
      return;
    }
    boolean lost = rule.needsFolds();
    for (int l = target.grid().from(); l < target.grid().to(); l++) {
      lost |= target.path().isLost(l) || target.path().isPenalizedLost(l);
    }
    if (lost) {
      throw new SingularException(
          "Cannot choose lambda by "
              + rule.label()
              + ": the fit is so close that the errors in the moments have lost their digits at"
              + " every lambda",
          Remedy.of("use %s, or larger lambdas", Option.EXACT_RESIDUALS));
    }
    throw new UsageException(
        "Cannot choose lambda: the criterion is undefined on the whole grid, because no degrees"
            + " of freedom are left",
        Remedy.of("use larger lambdas or %s", Option.SELECT.to(Words.of(Rule.CV_MIN))));
  }

  private static boolean isDefined(TargetTuning target, Rule rule) {
    return target.grid().best(target.criteria().scores(rule).toArray()) >= 0;
  }
}
