package org.ridgeline.infer;

import java.util.Optional;

/**
 * Whether one linear model is enough for two sets of rows (Chow 1960), from fits without a penalty:
 *
 * <pre>
 * F  = (RSS_both - RSS_A - RSS_B) / v1 / ((RSS_A + RSS_B) / v2)
 * v1 = p_A + p_B - p_both      v2 = n_A + n_B - p_A - p_B
 * </pre>
 *
 * <p>p counts the coefficients that the rows determine, so {@code v1 = d + 1} where all are; where
 * B has no more rows than coefficients, {@code v1 = n_B} and this is Chow's test of a prediction.
 * The numerator is the sum over both sets of {@code |X (b_both - b_set)|^2}, in which nothing
 * cancels.
 *
 * <p>F takes errors for independent and of one variance. Where they are not, or a few rows decide
 * the fit, fits to folds of one set differ by more than it expects, too. So the same numerator is
 * also measured against them:
 *
 * <pre>
 * F_folds = (RSS_both - RSS_A - RSS_B) / v1 / (sum over sets (RSS_set - sum_f RSS_f) / v)
 * v       = sum over sets (sum_f p_f - p_set)      v3 = k_A + k_B - 2
 * </pre>
 *
 * <p>Under the same assumptions F_folds has v1 and v degrees of freedom. Where a few rows decide,
 * all coefficients of a fold err together in one direction, and a fold is one comparison: its
 * p-value is that of 1 and v3, the smallest numbers that it can come to.
 *
 * @param f the statistic
 * @param numerator v1
 * @param denominator v2
 * @param p {@code P(F > f)} where one model is enough
 * @param byFolds the test against the folds; empty where neither set has folds that can be fitted
 * @param excess {@code (RSS_both - RSS_A - RSS_B) / (RSS_A + RSS_B)}: what one model costs
 * @param deviationA the residual standard deviation of A; NaN without degrees of freedom
 * @param deviationB that of B
 */
public record ChowTest(
    double f,
    double numerator,
    double denominator,
    double p,
    Optional<ByFolds> byFolds,
    double excess,
    double deviationA,
    double deviationB) {

  /**
   * The test against the differences between folds.
   *
   * @param f F_folds
   * @param denominator v3
   * @param p its tail probability
   */
  public record ByFolds(double f, double denominator, double p) {}

  /** Returns the p-value to go by: that against the folds, where there is one. */
  public double decisive() {
    return byFolds.map(ByFolds::p).orElse(p);
  }

  /**
   * Tests one target.
   *
   * @param t its number
   */
  public static Finding<ChowTest> of(TwoSamples samples, int t) {
    FoldFits.Spread folds = samples.a().spread(t).plus(samples.b().spread(t));
    return samples
        .a()
        .whole()
        .then(
            a ->
                samples
                    .b()
                    .whole()
                    .then(b -> samples.both().then(both -> of(a, b, both, folds, t))));
  }

  private static Finding<ChowTest> of(
      LeastSquares a, LeastSquares b, LeastSquares both, FoldFits.Spread folds, int t) {
    double numerator = a.parameters() + b.parameters() - both.parameters();
    double denominator = a.free() + b.free();
    if (denominator <= 0) {
      return Finding.none("neither A nor B has more rows than coefficients");
    }
    if (numerator <= 0) {
      return Finding.none("A and B have no coefficient in common");
    }
    double within = a.rss(t) + b.rss(t);
    if (!(within > 0)) {
      return Finding.none("the fits leave no residuals to measure by");
    }
    double between = a.excess(both, t) + b.excess(both, t);
    double f = between / numerator / (within / denominator);
    return Finding.of(
        new ChowTest(
            f,
            numerator,
            denominator,
            FDistribution.tail(f, numerator, denominator),
            byFolds(between / numerator, folds),
            between / within,
            Math.sqrt(a.variance(t)),
            Math.sqrt(b.variance(t))));
  }

  private static Optional<ByFolds> byFolds(double meanSquare, FoldFits.Spread folds) {
    if (!(folds.parameters() > 0) || !(folds.sum() > 0)) {
      return Optional.empty();
    }
    double f = meanSquare / folds.mean();
    double p = FDistribution.tail(f, 1, folds.comparisons());
    return Optional.of(new ByFolds(f, folds.comparisons(), p));
  }
}
