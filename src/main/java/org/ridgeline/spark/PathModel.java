package org.ridgeline.spark;

import java.io.Serializable;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * Many linear models that share a center: {@code prediction = y_c + (x - x_c)' b}, one b for each
 * target and lambda.
 *
 * <p>Models with an intercept have the training means as their center, models without have 0. A
 * center near the data keeps the digits that a large offset would cost.
 */
public final class PathModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] center;
  private final Matrix residualMap;
  private final int targets;

  private PathModel(double[] center, Matrix residualMap, int targets) {
    this.center = center;
    this.residualMap = residualMap;
    this.targets = targets;
  }

  /**
   * Creates the models.
   *
   * @param center the center of the d inputs, then of the m targets
   * @param slopes d x (m L): the coefficients of target t at lambda l are column {@code t L + l}
   * @param targets m
   */
  public static PathModel of(Vec center, Matrix slopes, int targets) {
    int d = slopes.rows();
    Check.that(
        targets > 0
            && slopes.columns() > 0
            && slopes.columns() % targets == 0
            && center.size() == d + targets,
        "Cannot make models of %d x %d slopes for %d targets about a center of %d columns",
        d,
        slopes.columns(),
        targets,
        center.size());
    int lambdas = slopes.columns() / targets;
    Matrix map = slopes.above(Matrix.zeros(targets, slopes.columns()));
    for (int c = 0; c < slopes.columns(); c++) {
      map.set(d + c / lambdas, c, -1);
    }
    return new PathModel(center.toArray(), map, targets);
  }

  /** d + m. */
  int width() {
    return center.length;
  }

  /** m. */
  int targets() {
    return targets;
  }

  /** L, the number of lambdas. */
  int lambdas() {
    return residualMap.columns() / targets;
  }

  /** The center of column {@code j}. */
  double center(int j) {
    return center[j];
  }

  /**
   * (d + m) x (m L): maps a centered row {@code (x, y)} to {@code prediction - y} of every model.
   */
  Matrix residualMap() {
    return residualMap;
  }
}
