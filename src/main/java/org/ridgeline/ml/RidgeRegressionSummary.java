package org.ridgeline.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.infer.CoefficientErrors;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.TuningResult;

/**
 * What a fit says of itself, as small tables on the driver. The columns are those of the command
 * line's {@code path.csv} and {@code coefficients.csv}; null means not computed.
 */
public final class RidgeRegressionSummary {
  private final SparkSession session;
  private final TuningResult tuned;
  private final RidgeModel model;
  private final List<String> foldLabels;
  private final List<String> warnings;

  RidgeRegressionSummary(
      SparkSession session,
      TuningResult tuned,
      RidgeModel model,
      List<String> foldLabels,
      List<String> warnings) {
    this.session = session;
    this.tuned = tuned;
    this.model = model;
    this.foldLabels = foldLabels;
    this.warnings = warnings;
  }

  /** n, the number of rows. */
  public long numRows() {
    return tuned.problem().moments().rows();
  }

  /** W, the sum of weights. */
  public double weightSum() {
    return tuned.problem().moments().weightSum();
  }

  /**
   * Returns what the fit warns of, such as dependent or constant columns, or a rule whose choice
   * predicts worse than the folds allow: a sentence each, options as setters of the stage. Each was
   * logged once, too.
   */
  public List<String> warnings() {
    return warnings;
  }

  /** Returns what solved the systems: {@code cholesky}, {@code eigen}, .. */
  public String solver() {
    return tuned.system().kind().label();
  }

  /**
   * Returns the degrees of freedom of the chosen model of a target: the trace of the slope part of
   * the hat matrix; the intercept adds 1.
   *
   * @param target its position
   */
  public double df(int target) {
    return tuned.target(target).path().df().get(tuned.target(target).selection().chosen());
  }

  /** Returns the degrees of freedom of the chosen model of the first target. */
  public double df() {
    return df(0);
  }

  /**
   * Returns the chosen lambda of a target as each convention calls it: {@code sum}, {@code mean},
   * {@code spark}, {@code glmnet}, {@code lm.ridge}.
   *
   * @param target its position
   */
  public Map<String, Double> lambdas(int target) {
    double sd = tuned.problem().moments().targetDeviation(target);
    return LambdaConvention.all(tuned.target(target).lambda(), weightSum(), sd);
  }

  /**
   * Returns a row for each target and lambda: {@code target, lambda, df, rss, train_mse, gcv,
   * loo_mse, aic, bic, sure, log_evidence, cv_mse, cv_se, cv_mse_pooled, is_min, is_1se, selected}.
   */
  public Dataset<Row> path() {
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < model.targets().size(); t++) {
      rows.addAll(SummaryRows.path(model.targets().get(t), tuned.target(t), weightSum()));
    }
    return session.createDataFrame(rows, SummaryRows.PATH);
  }

  /**
   * Returns a row for each target, lambda and fold: {@code target, lambda, fold, weight, mse}, the
   * weighted mean squared error of the held-out fold. Without folds there are none.
   */
  public Dataset<Row> foldErrors() {
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < model.targets().size(); t++) {
      rows.addAll(SummaryRows.folds(model.targets().get(t), tuned.target(t), foldLabels));
    }
    return session.createDataFrame(rows, SummaryRows.FOLDS);
  }

  /**
   * Returns the mean squared error of the tuned model of a target on the folds, lambda chosen anew
   * without the rows that it is measured on. It is what to expect of the model; the smallest {@code
   * cv_mse}, found by looking at these rows, is a little too small.
   *
   * @param target its position
   * @return NaN when it was not measured: set {@code nested}
   */
  public double nestedError(int target) {
    return nested(target).map(scores -> scores.mean(0)).orElse(Double.NaN);
  }

  /** Returns {@link #nestedError(int)} of the first target. */
  public double nestedError() {
    return nestedError(0);
  }

  /**
   * Returns the standard error of {@link #nestedError(int)}.
   *
   * @param target its position
   */
  public double nestedStandardError(int target) {
    return nested(target).map(scores -> scores.standardError(0)).orElse(Double.NaN);
  }

  private Optional<FoldScores> nested(int target) {
    return tuned.nested().isEmpty() ? Optional.empty() : tuned.nested().get(target).scores();
  }

  /**
   * Returns the chosen models, a row for each target and feature: {@code target, feature,
   * coefficient, standardized, posterior_sd, standard_error}; the intercept is the feature {@code
   * (intercept)}. Cost: about two factorizations of d x d for each target.
   */
  public Dataset<Row> coefficients() {
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < model.targets().size(); t++) {
      rows.addAll(SummaryRows.coefficients(model, t, tuned.problem().scales(), errors(t)));
    }
    return session.createDataFrame(rows, SummaryRows.COEFFICIENTS);
  }

  private CoefficientErrors errors(int t) {
    return CoefficientErrors.of(
        tuned.system(),
        tuned.problem(),
        tuned.target(t).path(),
        tuned.target(t).selection().chosen());
  }
}
