package org.ridgeline.report;

import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/** The model that predicts the training mean: what every model has to beat. */
public final class MeanPredictor {
  private MeanPredictor() {}

  /**
   * Its mean squared error on held-out folds, averaged over the folds like {@code cv_mse}: of each
   * fold {@code S_yy / W + (mean - training mean)^2}.
   *
   * @param target the target's number
   */
  public static double cvMse(FoldedMoments moments, int target) {
    double sum = 0;
    for (int f = 0; f < moments.folds(); f++) {
      Moments fold = moments.fold(f);
      int at = fold.inputs() + target;
      double shift = shift(moments, f, at);
      sum += fold.squares(at) / fold.weightSum() + shift * shift;
    }
    return sum / moments.folds();
  }

  /** Returns the mean of fold {@code f} less that of the others, a weighted mean of differences. */
  private static double shift(FoldedMoments moments, int f, int column) {
    double sum = 0;
    double weights = 0;
    for (int g = 0; g < moments.folds(); g++) {
      if (g != f) {
        Moments other = moments.fold(g);
        sum += other.weightSum() * moments.fold(f).unitMeanDifference(other, column);
        weights += other.weightSum();
      }
    }
    return sum / weights;
  }
}
