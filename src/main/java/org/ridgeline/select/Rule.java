package org.ridgeline.select;

import org.ridgeline.base.Words;

/** The rule that chooses lambda. */
public enum Rule {
  /** The smallest mean of the folds' errors. */
  CV_MIN,
  /** The largest lambda within one standard error of the smallest mean. */
  CV_1SE,
  /** The smallest generalized cross-validation score. */
  GCV,
  /** The smallest leave-one-out error, which takes a second pass over the rows. */
  LOO,
  /** The largest evidence: the marginal likelihood of the data. */
  EVIDENCE,
  /** The smallest Akaike information criterion. */
  AIC,
  /** The smallest Bayesian information criterion. */
  BIC,
  /**
   * The smallest unbiased estimate of the error of the fitted values (Stein's SURE, Mallows' Cp).
   */
  SURE,
  /** The only lambda, which was given. */
  GIVEN;

  /** The name used in options and reports, such as {@code cv-1se}. */
  public String label() {
    return Words.of(this);
  }

  /** Whether the rule has a score between the points of a grid, from the moments alone. */
  public boolean isContinuous() {
    return this != GIVEN && this != LOO && this != CV_1SE;
  }

  /** Whether the rule looks at the errors of folds. */
  public boolean needsFolds() {
    return this == CV_MIN || this == CV_1SE;
  }
}
