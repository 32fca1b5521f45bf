package org.ridgeline.select;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The held-out errors of one target: L lambdas, k folds, or blocks of rows that were held out in
 * another way. A block that several splits hold out has the sum of their errors and of their
 * weights; one that none holds out has no weight and no error.
 *
 * @param sumSquares L x k weighted sums of squared errors
 * @param weights k sums of weights
 */
public record FoldScores(Matrix sumSquares, Vec weights) {
  /** Checks the shapes. */
  public FoldScores {
    Check.that(
        sumSquares.columns() == weights.size() && scored(weights) >= 2,
        "Cannot score %d folds with %d positive weights: at least 2 folds are needed",
        sumSquares.columns(),
        scored(weights));
  }

  private static int scored(Vec weights) {
    return (int) Arrays.stream(weights.toArray()).filter(w -> w > 0).count();
  }

  /** Gathers scores given as one vector of sums of squares per fold. */
  public static FoldScores of(List<Vec> sumSquaresOfFolds, double[] weights) {
    Matrix sums = Matrix.zeros(sumSquaresOfFolds.get(0).size(), weights.length);
    for (int f = 0; f < weights.length; f++) {
      sums.setColumn(f, sumSquaresOfFolds.get(f).toArray());
    }
    return new FoldScores(sums, Vec.of(weights));
  }

  /** k, the number of folds. */
  public int folds() {
    return weights.size();
  }

  /** How many folds were held out. */
  public int scored() {
    return scored(weights);
  }

  /** Whether fold {@code f} was held out. */
  public boolean isScored(int f) {
    return weights.get(f) > 0;
  }

  /** The weighted mean squared error of fold {@code f} at lambda {@code l}; NaN: not held out. */
  public double meanSquare(int l, int f) {
    return isScored(f) ? sumSquares.get(l, f) / weights.get(f) : Double.NaN;
  }

  /** {@code cv_mse}: the mean of the folds' mean squared errors. */
  public double mean(int l) {
    return mean(l, folded().toArray());
  }

  /** The mean over the folds that other scores have, too. */
  public double meanWhere(int l, FoldScores others) {
    return mean(l, folded().filter(others::isScored).toArray());
  }

  private double mean(int l, int[] which) {
    double sum = 0;
    for (int f : which) {
      sum += meanSquare(l, f);
    }
    return sum / which.length;
  }

  private IntStream folded() {
    return IntStream.range(0, folds()).filter(this::isScored);
  }

  /**
   * {@code cv_se}: standard deviation of the folds' errors (divisor k - 1) over {@code sqrt k},
   * with k the folds that were held out.
   */
  public double standardError(int l) {
    double mean = mean(l);
    int[] which = folded().toArray();
    double largest = 0;
    for (int f : which) {
      largest = Math.max(largest, Math.abs(meanSquare(l, f) - mean));
    }
    int exponent = largest > 0 ? Math.getExponent(largest) : 0; // squares are of an ordinary size
    double sum = 0;
    for (int f : which) {
      double deviation = Math.scalb(meanSquare(l, f) - mean, -exponent);
      sum += deviation * deviation;
    }
    return Math.scalb(Math.sqrt(sum / (which.length - 1.0) / which.length), exponent);
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
