package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.report.RiskCurve;

/**
 * An experiment drawn several times, each time with another seed, and averaged.
 *
 * @param session of Spark
 * @param count how many draws, at least 2
 * @param seed of the first
 */
record Draws(SparkSession session, int count, long seed) {
  /**
   * What one draw gave at one lambda and one size.
   *
   * @param mse measured
   * @param theory what it should be, given what is known of the draw
   * @param foretold from another number of rows; NaN where nothing is
   */
  record Measured(double mse, double theory, double foretold) {}

  /** One draw. */
  interface Draw {
    /** Returns what it gave, for each lambda and size. */
    Measured[][] of(long seed);
  }

  /**
   * Returns a curve for each lambda.
   *
   * @param lambdas sum convention
   * @param sizes ascending
   */
  List<RiskCurve> average(List<Double> lambdas, List<Integer> sizes, Draw draw) {
    List<Measured[][]> draws = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      draws.add(draw.of(seed + r));
    }
    List<RiskCurve> curves = new ArrayList<>();
    for (int l = 0; l < lambdas.size(); l++) {
      List<RiskCurve.Point> points = new ArrayList<>();
      for (int i = 0; i < sizes.size(); i++) {
        int row = l;
        int column = i;
        points.add(point(sizes.get(i), draws.stream().map(d -> d[row][column]).toList()));
      }
      curves.add(new RiskCurve(lambdas.get(l), points));
    }
    return curves;
  }

  private static RiskCurve.Point point(int size, List<Measured> draws) {
    double[] mse = draws.stream().mapToDouble(Measured::mse).toArray();
    double mean = mean(mse);
    double squares = Arrays.stream(mse).map(m -> (m - mean) * (m - mean)).sum();
    double foretold = mean(draws.stream().mapToDouble(Measured::foretold).toArray());
    return new RiskCurve.Point(
        size,
        mean,
        Math.sqrt(squares / (mse.length - 1) / mse.length),
        mean(draws.stream().mapToDouble(Measured::theory).toArray()),
        Double.isNaN(foretold) ? OptionalDouble.empty() : OptionalDouble.of(foretold));
  }

  private static double mean(double... values) {
    return Arrays.stream(values).sum() / values.length;
  }
}
