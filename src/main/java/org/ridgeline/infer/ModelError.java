package org.ridgeline.infer;

import java.util.OptionalDouble;
import org.ridgeline.base.Words;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.HeldOut;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.select.FoldScores;

/**
 * The error of one model on some rows.
 *
 * @param kind what the model knew of the rows
 * @param mse the weighted mean squared error; NaN where it has lost its digits
 * @param standardError of it, from the folds, if there are at least 2
 * @param r2 1 less the share of the squares about the mean that is left
 * @param bias the mean of what was observed less what was predicted; 0 for the rows of the fit
 */
public record ModelError(
    Kind kind, double mse, OptionalDouble standardError, double r2, double bias) {

  /** What a model knew of the rows that it is scored on. */
  public enum Kind {
    /** It was fitted to them. */
    TRAINING,
    /** Each was left out by the model that predicts it. */
    CROSS_VALIDATED,
    /** It has not seen any. */
    NEW_ROWS;

    /** Returns the word in files. */
    public String label() {
      return Words.of(this);
    }
  }

  /** Returns the root of the mean squared error. */
  public double rmse() {
    return Math.sqrt(mse);
  }

  /**
   * Returns the cross-validated error at one lambda.
   *
   * @param scores of this lambda alone
   * @param meanMse the error of the training means on the same folds
   */
  public static ModelError crossValidated(FoldScores scores, double meanMse) {
    double mse = scores.mean(0);
    return new ModelError(
        Kind.CROSS_VALIDATED,
        mse,
        OptionalDouble.of(scores.standardError(0)),
        1 - mse / meanMse,
        0);
  }

  /** Returns the error of a model on the rows of its own fit. */
  public static ModelError training(
      Moments rows, Intercept intercept, PathCoefficients model, int t) {
    double sum = HeldOut.of(intercept, rows, rows).sumSquares(t, model).get(0);
    double squares = rows.squares(rows.inputs() + t);
    return new ModelError(
        Kind.TRAINING, sum / rows.weightSum(), OptionalDouble.empty(), 1 - sum / squares, 0);
  }

  /**
   * Returns the error of a model on rows that it has not seen.
   *
   * @param training what it was fitted to
   * @param folds the rows
   * @param model the model alone
   * @param t its target's number
   */
  public static ModelError onNewRows(
      Moments training, FoldedMoments folds, Intercept intercept, PathCoefficients model, int t) {
    FoldMean mean = FoldMean.of(sums(training, folds, intercept, model, t), weights(folds));
    Moments rows = folds.total();
    return new ModelError(
        Kind.NEW_ROWS,
        mean.value(),
        folds.folds() > 1 ? OptionalDouble.of(mean.standardError()) : OptionalDouble.empty(),
        1 - mean.value() / rows.unitVariance(rows.inputs() + t),
        bias(rows, model, t));
  }

  /** {@code mean_y - a - mean_x'b}. */
  private static double bias(Moments rows, PathCoefficients model, int t) {
    double bias = rows.mean(rows.inputs() + t) - model.intercepts().get(0);
    for (int j = 0; j < rows.inputs(); j++) {
      bias -= rows.mean(j) * model.matrix().get(j, 0);
    }
    return bias;
  }

  /** Returns the sums of squared errors of a model on folds that it has not seen. */
  static double[] sums(
      Moments training, FoldedMoments folds, Intercept intercept, PathCoefficients model, int t) {
    double[] sums = new double[folds.folds()];
    for (int f = 0; f < sums.length; f++) {
      sums[f] = HeldOut.of(intercept, training, folds.fold(f)).sumSquares(t, model).get(0);
    }
    return sums;
  }

  /** Returns the sums of weights of folds. */
  static double[] weights(FoldedMoments folds) {
    double[] weights = new double[folds.folds()];
    for (int f = 0; f < weights.length; f++) {
      weights[f] = folds.fold(f).weightSum();
    }
    return weights;
  }
}
