package org.ridgeline.report;

import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.select.Split;
import org.ridgeline.select.Splits;

/** The model that predicts the training mean: what every model has to beat. */
public final class MeanPredictor {
  private MeanPredictor() {}

  /**
   * Its mean squared error on held-out folds, averaged over the folds like {@code cv_mse}: of each
   * fold {@code S_yy / W + (mean - training mean)^2}.
   *
   * @param splits which folds train and which are held out
   * @param target the target's number
   */
  public static double cvMse(FoldedMoments moments, Splits splits, int target) {
    double[] sums = new double[moments.folds()];
    int[] times = new int[moments.folds()];
    for (Split split : splits) {
      int[] training = split.training();
      for (int f : split.heldOut()) {
        Moments fold = moments.fold(f);
        if (fold.weightSum() > 0) {
          int at = fold.inputs() + target;
          double shift = shift(moments, f, training, at);
          sums[f] += fold.squares(at) / fold.weightSum() + shift * shift;
          times[f]++;
        }
      }
    }
    double sum = 0;
    int scored = 0;
    for (int f = 0; f < sums.length; f++) {
      if (times[f] > 0) {
        sum += sums[f] / times[f];
        scored++;
      }
    }
    return sum / scored;
  }

  /** Returns the mean of a fold less that of some others, a weighted mean of differences. */
  private static double shift(FoldedMoments moments, int fold, int[] others, int column) {
    double sum = 0;
    double weights = 0;
    for (int g : others) {
      Moments other = moments.fold(g);
      if (other.weightSum() > 0) {
        sum += other.weightSum() * moments.fold(fold).unitMeanDifference(other, column);
        weights += other.weightSum();
      }
    }
    return sum / weights;
  }
}
