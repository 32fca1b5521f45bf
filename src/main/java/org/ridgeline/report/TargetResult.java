package org.ridgeline.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.select.Choices;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TargetTuning;

/**
 * The result of one target.
 *
 * @param name the label's column
 * @param tuned path, scores and choice
 * @param scales s_j, the column scales of the penalty
 * @param weightSum W
 * @param targetSd population standard deviation of the target
 * @param meanCvMse held-out mean squared error of the training mean, if there were folds
 * @param nested the errors of the tuned model, if they were measured: one lambda
 * @param inference how sure the chosen model is, unless it is of mapped features
 */
public record TargetResult(
    String name,
    TargetTuning tuned,
    Vec scales,
    double weightSum,
    double targetSd,
    OptionalDouble meanCvMse,
    Optional<FoldScores> nested,
    Optional<Inference> inference) {
  /** Returns the fits to all rows. */
  RidgePath path() {
    return tuned.path();
  }

  /** Returns the position of the chosen lambda. */
  int chosen() {
    return tuned.selection().chosen();
  }

  /** Returns the held-out errors, if there were folds. */
  Optional<FoldScores> scores() {
    return tuned.scores();
  }

  /** {@code RSS_w / W} at lambda {@code l}; NaN where it has lost its digits. */
  double trainMse(int l) {
    return path().isLost(l) ? Double.NaN : path().rss().get(l) / weightSum;
  }

  /** {@code 1 - RSS / q} of the chosen model. */
  double trainR2() {
    return 1 - path().rss().get(chosen()) / path().targetSumSquares();
  }

  /** Returns the chosen lambda as each convention calls it. */
  Map<String, Double> lambdas() {
    return LambdaConvention.all(tuned.lambda(), weightSum, targetSd);
  }

  /** Whether nothing is to be gained by a smaller lambda than the best. */
  boolean needsNoPenalty() {
    return inference.isPresent() && tuned.needsNoPenalty(inference.get().rank());
  }

  /** Returns the share of least squares that the chosen model keeps. */
  OptionalDouble kept() {
    return kept(tuned.lambda());
  }

  /**
   * Returns the share that the lambda of the evidence would keep: empirical Bayes shrinks by this
   * factor, and James and Stein by its twin.
   */
  OptionalDouble keptByEvidence() {
    Double lambda = Choices.of(tuned).lambdas().get(Rule.EVIDENCE);
    return lambda == null || tuned.grid().size() == 1 ? OptionalDouble.empty() : kept(lambda);
  }

  private OptionalDouble kept(double lambda) {
    for (int l = 0; l < path().lambdas().size() && inference.isPresent(); l++) {
      if (path().lambdas().get(l) == lambda) {
        return OptionalDouble.of(inference.get().keptShare(path().df().get(l)));
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * Returns the names of the metrics, of which {@code r2}, {@code mse} and {@code rmse} are of rows
   * held out.
   *
   * @param folds whether rows are held out
   * @param nested whether the error of the tuned model is measured
   */
  public static Set<String> metricNames(boolean folds, boolean nested) {
    Set<String> names =
        new LinkedHashSet<>(List.of("lambda", "df", "train_mse", "train_rmse", "train_r2"));
    if (folds) {
      names.addAll(List.of("mse", "rmse", "r2", "cv_mse", "cv_se", "cv_rmse", "cv_r2"));
    }
    if (nested) {
      names.addAll(List.of("nested_mse", "nested_se", "nested_rmse", "optimism"));
    }
    return names;
  }

  /** The {@code cv_mse} of the chosen lambda over the folds that the tuned model is scored on. */
  double sameFoldsMse(FoldScores nested) {
    return scores().orElseThrow().meanWhere(chosen(), nested);
  }

  /**
   * Adds the error of the tuned model, and how much smaller the {@code cv_mse} of the chosen lambda
   * is on the same folds: the optimism of the search.
   */
  private void addNested(FoldScores nested, Map<String, Double> result) {
    double mse = nested.mean(0);
    result.put("nested_mse", mse);
    result.put("nested_se", nested.standardError(0));
    result.put("nested_rmse", Math.sqrt(mse));
    result.put("optimism", mse - sameFoldsMse(nested));
  }

  /** Returns the metrics by their {@link #metricNames names}; those that are not known are NaN. */
  public Map<String, Double> metrics() {
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("lambda", tuned.lambda());
    result.put("df", path().df().get(chosen()));
    result.put("train_mse", trainMse(chosen()));
    result.put("train_rmse", Math.sqrt(trainMse(chosen())));
    result.put("train_r2", trainR2());
    scores()
        .ifPresent(
            scores -> {
              double mse = scores.mean(chosen());
              result.put("mse", mse);
              result.put("rmse", Math.sqrt(mse));
              result.put("r2", 1 - mse / meanCvMse.orElse(Double.NaN));
              result.put("cv_mse", mse);
              result.put("cv_se", scores.standardError(chosen()));
              result.put("cv_rmse", result.get("rmse"));
              result.put("cv_r2", result.get("r2"));
            });
    nested().ifPresent(scores -> addNested(scores, result));
    return result;
  }
}
