package org.ridgeline.ridge;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.ridgeline.linalg.LongDouble;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/**
 * One model per target under iterative refinement (Bjorck 1967): {@code b := b + (G + lambda R)^-1
 * (Z'W (y - a - Xb) - lambda R (b - b0))}, coefficients and residuals in about 32 digits.
 *
 * <p>The moments only solve; the residuals come from the rows. Each step therefore multiplies the
 * error by about {@code cond(G + lambda R) eps}, and what is left at the end is the rounding of the
 * coefficients themselves. Columns are in the units of their moments. The models have the form
 * {@code y_c + a + (x - x_c)'b} about a center c, the means of the rows where there is an
 * intercept.
 */
public final class RefinedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] perUnit; // one over the unit of each column, d + m
  private final double[] center; // d + m
  private final double[][] high; // m x d
  private final double[][] low;
  private final double[] offset; // a about the center, of each target
  private final boolean intercept;

  private RefinedModel(
      double[] perUnit,
      double[] center,
      double[][] high,
      double[][] low,
      double[] offset,
      boolean intercept) {
    this.perUnit = perUnit;
    this.center = center;
    this.high = high;
    this.low = low;
    this.offset = offset;
    this.intercept = intercept;
  }

  /**
   * Starts from solved models.
   *
   * @param coefficients of each target, original units
   */
  public static RefinedModel of(RidgeProblem problem, List<Vec> coefficients) {
    Moments moments = problem.moments();
    boolean intercept = problem.spec().intercept() == Intercept.FREE;
    double[] center = new double[moments.inputs() + moments.targets()];
    for (int j = 0; j < center.length; j++) {
      center[j] = intercept ? moments.unitMean(j) : 0;
    }
    double[] perUnit = new double[center.length];
    Arrays.setAll(perUnit, moments.units()::perUnit);
    double[][] high =
        coefficients.stream()
            .map(b -> moments.units().ofCoefficients(b.toArray()))
            .toArray(double[][]::new);
    double[][] low = new double[high.length][moments.inputs()];
    return new RefinedModel(perUnit, center, high, low, new double[high.length], intercept);
  }

  /** d. */
  public int inputs() {
    return center.length - high.length;
  }

  /** m. */
  public int targets() {
    return high.length;
  }

  double perUnit(int j) {
    return perUnit[j];
  }

  double center(int j) {
    return center[j];
  }

  double high(int t, int j) {
    return high[t][j];
  }

  double low(int t, int j) {
    return low[t][j];
  }

  double offset(int t) {
    return offset[t];
  }

  /**
   * The models after one more step.
   *
   * @param system the solver of all rows
   * @param lambdas the lambda of each target
   * @param gradient the {@link ResidualGradient} of these models over all rows, (d + 1) x m
   */
  public RefinedModel improved(
      RidgeProblem problem, RidgeSystem system, Vec lambdas, Matrix gradient) {
    int d = inputs();
    double[][] newHigh = new double[targets()][d];
    double[][] newLow = new double[targets()][d];
    double[] newOffset = offset.clone();
    LongDouble sum = new LongDouble();
    for (int t = 0; t < targets(); t++) {
      Matrix right = Matrix.zeros(d, 1);
      double[] original = high[t].clone();
      Arrays.setAll(original, j -> original[j] * perUnit[j]);
      double[] slope = problem.penaltySlope(t, original);
      for (int j = 0; j < d; j++) {
        double scaled = gradient.get(j, t) / problem.unitScale(j);
        right.set(j, 0, problem.isAbsent(j) ? 0 : scaled - lambdas.get(t) * slope[j]);
      }
      Matrix step = system.solve(lambdas.get(t), right);
      for (int j = 0; j < d; j++) {
        sum.set(high[t][j], low[t][j]);
        sum.add(problem.isAbsent(j) ? 0 : step.get(j, 0) / problem.unitScale(j));
        newHigh[t][j] = sum.high();
        newLow[t][j] = sum.low();
      }
      newOffset[t] += intercept ? gradient.get(d, t) / problem.moments().weightSum() : 0;
    }
    return new RefinedModel(perUnit, center, newHigh, newLow, newOffset, intercept);
  }

  /** The coefficients of target {@code t}, original units. */
  public Vec coefficients(int t) {
    double[] b = new double[inputs()];
    for (int j = 0; j < b.length; j++) {
      b[j] = (high[t][j] + low[t][j]) * perUnit[j];
    }
    return Vec.owning(b);
  }

  /** The intercept of target {@code t}: {@code y_c + a - x_c'b}. */
  public double intercept(int t) {
    LongDouble sum = new LongDouble();
    sum.add(center[inputs() + t]);
    sum.add(offset[t]);
    for (int j = 0; j < inputs(); j++) {
      sum.addProduct(high[t][j], low[t][j], -center[j]);
    }
    return sum.value();
  }
}
