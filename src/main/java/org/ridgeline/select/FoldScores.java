package org.ridgeline.select;

import java.util.ArrayList;
import java.util.List;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The held-out errors of one target: L lambdas, k folds, or splits of another kind.
 *
 * @param sumSquares L x k weighted sums of squared errors
 * @param weights k sums of weights
 */
public record FoldScores(Matrix sumSquares, Vec weights) {
  /** Checks the shapes. */
  public FoldScores {
    Check.that(
        sumSquares.columns() == weights.size() && weights.size() >= 2,
        "Cannot score %d folds with %d weights: at least 2 folds are needed",
        sumSquares.columns(),
        weights.size());
  }

  /** Gathers the scores of target {@code t}. */
  public static FoldScores of(List<FoldFit> folds, int t) {
    List<Vec> columns = new ArrayList<>();
    double[] weights = new double[folds.size()];
    for (int f = 0; f < weights.length; f++) {
      columns.add(folds.get(f).sumSquares(t));
      weights[f] = folds.get(f).weight();
    }
    return of(columns, weights);
  }

  /** Gathers scores given as one vector per fold. */
  public static FoldScores of(List<Vec> sumSquaresOfFolds, double[] weights) {
    int size = sumSquaresOfFolds.get(0).size();
    Matrix sums = Matrix.zeros(size, weights.length);
    for (int f = 0; f < weights.length; f++) {
      sums.setColumn(f, sumSquaresOfFolds.get(f).toArray());
    }
    return new FoldScores(sums, Vec.of(weights));
  }

  /** k, the number of folds. */
  public int folds() {
    return weights.size();
  }

  /** The weighted mean squared error of fold {@code f} at lambda {@code l}. */
  public double meanSquare(int l, int f) {
    return sumSquares.get(l, f) / weights.get(f);
  }

  /** {@code cv_mse}: the mean of the folds' mean squared errors. */
  public double mean(int l) {
    double sum = 0;
    for (int f = 0; f < folds(); f++) {
      sum += meanSquare(l, f);
    }
    return sum / folds();
  }

  /** {@code cv_se}: standard deviation of the folds' errors (divisor k - 1) over {@code sqrt k}. */
  public double standardError(int l) {
    double mean = mean(l);
    double largest = 0;
    for (int f = 0; f < folds(); f++) {
      largest = Math.max(largest, Math.abs(meanSquare(l, f) - mean));
    }
    int exponent = largest > 0 ? Math.getExponent(largest) : 0; // squares are of an ordinary size
    double sum = 0;
    for (int f = 0; f < folds(); f++) {
      double deviation = Math.scalb(meanSquare(l, f) - mean, -exponent);
      sum += deviation * deviation;
    }
    return Math.scalb(Math.sqrt(sum / (folds() - 1.0) / folds()), exponent);
  }

  /** {@code cv_mse_pooled}: sum of squared errors over sum of weights, all folds together. */
  public double pooled(int l) {
    double squares = 0;
    double total = 0;
    for (int f = 0; f < folds(); f++) {
      squares += sumSquares.get(l, f);
      total += weights.get(f);
    }
    return squares / total;
  }

  /** The means of all lambdas. */
  double[] means() {
    double[] means = new double[sumSquares.rows()];
    for (int l = 0; l < means.length; l++) {
      means[l] = mean(l);
    }
    return means;
  }
}
