package org.ridgeline.forecast;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;

/**
 * What more features of a random map would bring at the rows that there are. With N features, the
 * curve of all rows gives, at each lambda, what is of the kernel and what of its N random features:
 *
 * <pre>
 * delta = df1 - df2      xx = delta (N - df1) / (N - df1 - delta)
 * rho   = 1 - delta / (N - df1)         R = (Q - M) / rho
 * rho'  = (N' - df1) / (N' - df1 + xx)
 * E(n', N') = (Q - rho' R)(1 + i/n') / (1 - (df1 - rho' xx) / nu')
 * </pre>
 *
 * <p>exact for linear random features, here multiplied to the level of cross-validation. On
 * trigonometric and rectified features it foretells too little: what is gained is at least this.
 *
 * @param features N
 * @param used df1 / N at the best lambda
 * @param points at 2 and 4 times the features, and without limit
 */
public record WiderMaps(int features, double used, List<Point> points) {
  /** From here on the features limit the model. */
  private static final double LIMITED = 0.65;

  private static final double MOST_USED = 0.8;

  /** Copies the list. */
  public WiderMaps {
    points = List.copyOf(points);
  }

  /**
   * The error with more features.
   *
   * @param features N'; infinite for no limit
   * @param mse an upper bound of the error
   * @param ratio {@code mse} over that of the features that there are
   */
  public record Point(double features, double mse, double ratio) {}

  /** Returns the error without limit to the features. */
  public Point limit() {
    return points.get(points.size() - 1);
  }

  /** Whether the features limit the model, and the gain may be much more than foretold. */
  public boolean isFeatureLimited() {
    return used > LIMITED;
  }

  /** Returns what more features bring to the target of a forecast; one of a map. */
  public static WiderMaps of(LearningForecast forecast) {
    TrainingCurve all = allRows(forecast);
    int features = forecast.solver().blocks().fold(0).inputs();
    double now = least(forecast, all, features, features);
    List<Point> points = new ArrayList<>();
    for (double times : new double[] {2, 4, Double.POSITIVE_INFINITY}) {
      double mse = Math.min(now, least(forecast, all, features, times * features));
      points.add(new Point(times * features, mse, mse / now));
    }
    return new WiderMaps(features, forecast.df() / features, points);
  }

  private static TrainingCurve allRows(LearningForecast forecast) {
    BlockSolver solver = forecast.solver();
    RidgeProblem problem = RidgeProblem.of(solver.blocks().total(), solver.spec());
    List<Vec> lambdas = Collections.nCopies(problem.targets(), forecast.pooled().lambdas());
    RidgeSystem system = BlockSolver.system(problem, lambdas);
    return TrainingCurve.of(problem, system, system.paths(lambdas).get(forecast.target()));
  }

  /** The smallest error over the lambdas that neither rows nor features leave without data. */
  private static double least(
      LearningForecast forecast, TrainingCurve all, double features, double wider) {
    PooledCurve pooled = forecast.pooled();
    double least = Double.POSITIVE_INFINITY;
    for (int l = 0; l < all.size(); l++) {
      double df1 = all.df1().get(l);
      if (pooled.df1().get(l) <= MOST_USED * pooled.free() && df1 <= MOST_USED * features) {
        double level = pooled.crossValidatedLevel(l) / pooled.trainingLevel().get(l);
        double mse = level * error(all, l, features, forecast.rows(), wider);
        least = mse > 0 && mse < least ? mse : least;
      }
    }
    return least;
  }

  /**
   * E(n', N') at the level of the training rows.
   *
   * @param l the position of lambda
   * @param features N
   * @param rows n'
   * @param wider N', up to infinity
   */
  static double error(TrainingCurve curve, int l, double features, double rows, double wider) {
    double intercept = curve.rows() - curve.free();
    double df1 = curve.df1().get(l);
    double delta = df1 - curve.df2().get(l);
    double xx = delta * (features - df1) / (features - df1 - delta);
    double rho = 1 - delta / (features - df1);
    double r = (curve.objective().get(l) - curve.level().get(l)) / rho;
    double there = wider == Double.POSITIVE_INFINITY ? 1 : (wider - df1) / (wider - df1 + xx);
    double left = 1 - (df1 - there * xx) / (rows - intercept);
    boolean possible = df1 < wider && df1 < rows - intercept;
    return possible
        ? (curve.objective().get(l) - there * r) * (1 + intercept / rows) / left
        : Double.NaN;
  }
}
