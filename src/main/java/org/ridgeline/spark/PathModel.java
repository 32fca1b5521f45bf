package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.ColumnUnits;

/**
 * Many linear models that share a center: {@code prediction = y_c + (x - x_c)' b}, one b for each
 * target and lambda.
 *
 * <p>Models with an intercept have the training means as their center, models without have 0. A
 * center near the data keeps the digits that a large offset would cost.
 */
public final class PathModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] perUnit; // by which columns are multiplied first
  private final double[] center;
  private final Matrix residualMap;
  private final int targets;

  private PathModel(double[] perUnit, double[] center, Matrix residualMap, int targets) {
    this.perUnit = perUnit;
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
    double[] ones = new double[center.size()];
    Arrays.fill(ones, 1);
    return new PathModel(ones, center.toArray(), map, targets);
  }

  /**
   * Returns these models with columns divided by these units before the center is subtracted, so
   * that values near the largest double do not overflow.
   */
  public PathModel in(ColumnUnits units) {
    double[] inverses = new double[center.length];
    double[] scaled = new double[center.length];
    Arrays.setAll(inverses, units::perUnit);
    Arrays.setAll(scaled, j -> center[j] * inverses[j]);
    return new PathModel(inverses, scaled, units.ofCoefficients(residualMap), targets);
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

  /** One over the unit of column {@code j}. */
  double perUnit(int j) {
    return perUnit[j];
  }

  /** The center of column {@code j} in its unit. */
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
