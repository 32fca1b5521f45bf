package org.ridgeline.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.select.Splits;

/**
 * The error at other numbers of rows n' with lambda held fixed: it may rise first, sample-wise
 * double descent, with a peak where n' is about d. The model of n' rows at lambda has the
 * renormalized penalty that the folds have at lambda*,
 *
 * <pre>{@code kappa(lambda*) (nu' - df1(lambda*)) = lambda}</pre>
 *
 * <p>found by bisection on the eigenvalues of the folds, which are then solved at lambda*: one more
 * eigendecomposition for each. From folds of fewer rows than columns only some n' can be seen.
 *
 * @param lambda the lambda, sum convention
 * @param points the errors, in the order asked for
 * @param ahead the errors from the rows that there are to twice as many
 * @param rises whether the error rises there
 */
public record SameLambda(double lambda, List<Point> points, List<Point> ahead, boolean rises) {
  /** A rise of less is no rise: the held-out errors themselves are not so smooth. */
  private static final double LEAST_RISE = 1.01;

  private static final double NEARLY_INTERPOLATES = 0.95;
  private static final int STEPS = 8;
  private static final double SMALLEST = 1e-12;

  /** Copies the lists. */
  public SameLambda {
    points = List.copyOf(points);
    ahead = List.copyOf(ahead);
  }

  /**
   * The error at some rows.
   *
   * @param rows n'
   * @param mse the error; empty where the folds do not show it
   */
  public record Point(double rows, OptionalDouble mse) {}

  /**
   * Returns the errors at one lambda.
   *
   * @param at the numbers of rows
   */
  public static SameLambda of(LearningForecast forecast, double lambda, List<Double> at) {
    List<Double> all = new ArrayList<>(at);
    for (int s = 0; s <= STEPS; s++) {
      all.add(forecast.rows() * Math.pow(2, (double) s / STEPS));
    }
    List<Point> points = points(forecast, lambda, all);
    List<Point> ahead = points.subList(at.size(), points.size());
    return new SameLambda(
        lambda,
        points.subList(0, at.size()),
        ahead,
        ahead.get(0).mse().isPresent() ? rises(ahead) : interpolatesNearly(forecast, lambda));
  }

  private static boolean rises(List<Point> ahead) {
    boolean rises = false;
    double least = Double.POSITIVE_INFINITY;
    for (Point point : ahead) {
      if (point.mse().isPresent()) {
        rises |= point.mse().getAsDouble() > LEAST_RISE * least;
        least = Math.min(least, point.mse().getAsDouble());
      }
    }
    return rises;
  }

  /** Whether there are fewer rows than columns, nearly all of them used: the peak is ahead. */
  private static boolean interpolatesNearly(LearningForecast forecast, double lambda) {
    double used = 0;
    double free = 0;
    for (ScoredCurve fold : forecast.folds()) {
      used += fold.training().df1At(lambda);
      free += fold.training().free();
    }
    return forecast.rows() < forecast.solver().blocks().fold(0).inputs()
        && used > NEARLY_INTERPOLATES * free;
  }

  private static List<Point> points(LearningForecast forecast, double lambda, List<Double> at) {
    boolean continuous = forecast.folds().stream().allMatch(f -> f.training().isContinuous());
    double floor = continuous && lambda > 0 ? floor(forecast) : Double.POSITIVE_INFINITY;
    double[] matching =
        at.stream().mapToDouble(n -> matching(forecast, lambda, n, floor)).toArray();
    double[] found = Arrays.stream(matching).filter(l -> l > 0).toArray();
    List<Point> points = new ArrayList<>();
    if (found.length == 0) {
      at.forEach(n -> points.add(new Point(n, OptionalDouble.empty())));
      return points;
    }
    Intercept intercept = forecast.solver().spec().intercept();
    Splits folds = Splits.kFold(forecast.folds().size());
    PooledCurve there = PooledCurve.of(forecast.solve(folds, Vec.of(found)), intercept);
    int l = 0;
    for (int p = 0; p < matching.length; p++) {
      double mse = matching[p] > 0 ? there.error(l++, at.get(p)) : Double.NaN;
      points.add(new Point(at.get(p), mse > 0 ? OptionalDouble.of(mse) : OptionalDouble.empty()));
    }
    return points;
  }

  /** The smallest lambda that every fold can be solved at. */
  private static double floor(LearningForecast forecast) {
    double floor = 0;
    for (ScoredCurve fold : forecast.folds()) {
      Vec e = fold.training().eigenvalues();
      floor = Math.max(floor, SMALLEST * e.get(e.size() - 1));
    }
    return floor;
  }

  /** lambda*, or 0 where the folds do not show so many rows. */
  private static double matching(LearningForecast forecast, double lambda, double n, double floor) {
    if (floor == Double.POSITIVE_INFINITY || n == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double free = n - forecast.pooled().intercept();
    if (free <= 0) {
      return 0;
    }
    double low = Math.log(floor);
    double high = Math.max(low, Math.log(lambda)) + 1;
    if (excess(forecast, Math.exp(low), free) > Math.log(lambda)) {
      return 0;
    }
    while (excess(forecast, Math.exp(high), free) < Math.log(lambda)) {
      high += 1;
    }
    for (double middle = (low + high) / 2; low < middle && middle < high; ) {
      if (excess(forecast, Math.exp(middle), free) < Math.log(lambda)) {
        low = middle;
      } else {
        high = middle;
      }
      middle = (low + high) / 2;
    }
    return Math.exp(high);
  }

  /** {@code log [kappa (nu' - df1)]}, rising with lambda; minus infinity where df1 exceeds nu'. */
  private static double excess(LearningForecast forecast, double lambda, double free) {
    double logKappa = 0;
    double df1 = 0;
    int k = forecast.folds().size();
    for (ScoredCurve fold : forecast.folds()) {
      logKappa += Math.log(fold.training().kappaAt(lambda)) / k;
      df1 += fold.training().df1At(lambda) / k;
    }
    return df1 < free ? logKappa + Math.log(free - df1) : Double.NEGATIVE_INFINITY;
  }
}
