package org.ridgeline.select;

import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgePath;

/**
 * Generalised cross-validation, {@code (RSS_w / W) / (1 - df_total / n)^2} (Golub, Heath, Wahba
 * 1979), with the intercept counted in {@code df_total}.
 */
public final class Gcv {
  private Gcv() {}

  /**
   * The score of every lambda; NaN where no degrees of freedom are left, {@code df_total >= n}.
   *
   * @param path the fits of one target
   * @param rows n, rows of weight 0 included
   * @param weightSum W
   */
  public static Vec of(RidgePath path, long rows, double weightSum) {
    double[] scores = new double[path.lambdas().size()];
    for (int l = 0; l < scores.length; l++) {
      double left = path.residualDf().get(l) / rows;
      scores[l] = left > 0 ? path.rss().get(l) / weightSum / (left * left) : Double.NaN;
    }
    return Vec.owning(scores);
  }
}
