package org.ridgeline.select;

/**
 * The one-standard-error rule (Breiman, Friedman, Olshen, Stone 1984, sec. 3.4.3): the largest
 * lambda whose mean held-out error is at most the minimum plus the standard error at the minimum.
 */
final class OneStandardError {
  private OneStandardError() {}

  /**
   * Returns the chosen lambda.
   *
   * @param grid the lambdas
   * @param scores the held-out errors
   * @param minimum the lambda of smallest mean error
   */
  static int of(LambdaGrid grid, FoldScores scores, int minimum) {
    double limit = scores.mean(minimum) + scores.standardError(minimum);
    int chosen = minimum;
    for (int l = grid.from(); l < grid.to(); l++) {
      if (scores.mean(l) <= limit && grid.lambdas().get(l) > grid.lambdas().get(chosen)) {
        chosen = l;
      }
    }
    return chosen;
  }
}
