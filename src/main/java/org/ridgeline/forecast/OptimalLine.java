package org.ridgeline.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * The errors at the best lambda beside those at a fixed one. Where the forecast is an upper bound
 * because its lambdas end too early, the fixed lambda may be better: with more rows it stands for a
 * smaller one of the folds, down to where their digits end. The bound then is the smallest error at
 * the fixed lambda of as many rows or fewer, as the best lambda never loses by rows.
 *
 * @param now at the rows that there are
 * @param foretold at the other rows, ascending, and without limit
 */
record OptimalLine(Foretold now, List<Foretold> foretold) {
  /** Copies the list. */
  OptimalLine {
    foretold = List.copyOf(foretold);
  }

  /**
   * Returns the line.
   *
   * @param same the errors at the fixed lambda: of the rows that there are, then of those asked for
   */
  static OptimalLine of(LearningForecast forecast, SameLambda same) {
    Foretold bound = forecast.now();
    Foretold now = lowered(bound, level(forecast, same, bound), 1);
    List<Foretold> foretold = new ArrayList<>();
    for (SameLambda.Point point : same.points().subList(1, same.points().size())) {
      foretold.add(at(forecast, same, point.rows(), now));
    }
    foretold.add(at(forecast, same, Double.POSITIVE_INFINITY, now));
    return new OptimalLine(now, foretold);
  }

  private static Foretold at(
      LearningForecast forecast, SameLambda same, double rows, Foretold now) {
    Foretold bound = forecast.at(rows);
    double mse = level(forecast, same, bound);
    return lowered(bound, mse, mse / now.mse());
  }

  private static double level(LearningForecast forecast, SameLambda same, Foretold bound) {
    return forecast.isOpen(bound.rows())
        ? same.points().stream()
            .filter(point -> point.rows() <= bound.rows())
            .mapToDouble(point -> point.mse().orElse(bound.mse()))
            .reduce(bound.mse(), Math::min)
        : bound.mse();
  }

  private static Foretold lowered(Foretold bound, double mse, double ratio) {
    double level = mse / bound.mse();
    double gain = ratio / bound.ratio();
    if (level == 1 && ratio == bound.ratio()) {
      return bound;
    }
    double high = bound.gain().high();
    return new Foretold(
        bound.rows(),
        mse,
        new Band(bound.level().low() * level, bound.level().high() * level),
        ratio,
        new Band(bound.gain().low() * gain, high >= 1 ? Math.max(1, high * gain) : high * gain),
        bound.atMost());
  }
}
