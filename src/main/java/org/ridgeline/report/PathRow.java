package org.ridgeline.report;

import static java.lang.Double.NaN;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.select.Criteria;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.TargetTuning;

/**
 * What there is to say of one lambda of a target: the columns of {@code path.csv} and of the path
 * in Spark ML's summary, after the target's name and but for the errors of single folds.
 *
 * @param tuning the target's path, scores and choice
 * @param weightSum W
 * @param l the lambda's position
 */
public record PathRow(TargetTuning tuning, double weightSum, int l) {
  /** The columns of numbers, in order. */
  public static final List<String> NUMBERS =
      List.of(
          "lambda",
          "df",
          "rss",
          "train_mse",
          "gcv",
          "loo_mse",
          "aic",
          "bic",
          "sure",
          "log_evidence",
          "cv_mse",
          "cv_se",
          "cv_mse_pooled");

  /** The columns of marks, in order. */
  public static final List<String> MARKS = List.of("is_min", "is_1se", "selected");

  /** Returns the values of {@link #NUMBERS}; NaN where one was not computed. */
  public double[] numbers() {
    RidgePath path = tuning.path();
    Criteria criteria = tuning.criteria();
    Optional<FoldScores> scores = tuning.scores();
    double rss = path.isLost(l) ? NaN : path.rss().get(l);
    return new double[] {
      path.lambdas().get(l),
      path.df().get(l),
      rss,
      rss / weightSum,
      criteria.gcv().get(l),
      tuning.leaveOneOut().map(loo -> loo.meanSquare().get(l)).orElse(NaN),
      criteria.aic().get(l),
      criteria.bic().get(l),
      criteria.sure().get(l),
      criteria.logEvidence().get(l),
      scores.map(s -> s.mean(l)).orElse(NaN),
      scores.map(s -> s.standardError(l)).orElse(NaN),
      scores.map(s -> s.pooled(l)).orElse(NaN)
    };
  }

  /** Returns the values of {@link #MARKS}; empty where one was not computed. */
  public List<Optional<Boolean>> marks() {
    return List.of(
        mark(tuning.selection().minimum()),
        mark(tuning.selection().oneStandardError()),
        Optional.of(l == tuning.selection().chosen()));
  }

  private Optional<Boolean> mark(OptionalInt marked) {
    return marked.isPresent() ? Optional.of(marked.getAsInt() == l) : Optional.empty();
  }
}
