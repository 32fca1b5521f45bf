package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.ridgeline.base.Check;
import org.ridgeline.forecast.ForecastRequest;
import org.ridgeline.forecast.ForecastRequest.RowCount;
import org.ridgeline.forecast.LearningForecast;
import org.ridgeline.train.PenaltySpec;

/** The options that say what to forecast, as a {@link ForecastRequest}. */
final class ForecastOptions {
  /** What has no meaning without a forecast. */
  private static final List<Setting> DETAILS =
      List.of(Setting.ROWS, Setting.TARGET_RMSE, Setting.AT_LAMBDA);

  private ForecastOptions() {}

  /**
   * Returns what a training is to forecast, if anything. What the options alone rule out is refused
   * here, before the data are read.
   *
   * @param folds how many there are, where that is known
   */
  static Optional<ForecastRequest> ofTraining(
      Settings settings, OptionalInt folds, PenaltySpec penalty) {
    if (!isAsked(settings)) {
      for (Setting detail : DETAILS) {
        Check.that(!settings.isGiven(detail), "Cannot use %s without --forecast", detail.flag());
      }
      return Optional.empty();
    }
    Check.that(
        folds.isEmpty() || folds.getAsInt() >= LearningForecast.FEWEST_FOLDS,
        "Cannot use --forecast with %d folds: at least %d are needed",
        folds.orElse(0),
        LearningForecast.FEWEST_FOLDS);
    penalty
        .factors()
        .forEach(
            (glob, factor) ->
                Check.that(
                    factor > 0,
                    "Cannot use --forecast with --penalty %s=0: the theory is of features that all"
                        + " have a penalty",
                    glob));
    return Optional.of(of(settings));
  }

  /** Takes options that say nothing from those that a report shows. */
  static void hideUnused(Settings settings, Map<String, Object> shown) {
    if (Setting.FORECAST.isTakenBy(settings.command()) && !isAsked(settings)) {
      DETAILS.forEach(detail -> shown.put(detail.key(), null));
    }
  }

  private static boolean isAsked(Settings settings) {
    return settings.isSet(Setting.FORECAST);
  }

  /** Returns what to forecast. */
  static ForecastRequest of(Settings settings) {
    List<RowCount> rows = new ArrayList<>();
    for (String word : settings.commas(Setting.ROWS)) {
      rows.add(rows(word));
    }
    Check.that(!rows.isEmpty(), "Cannot read --rows '': it must name at least one number");
    OptionalDouble rmse =
        settings.isGiven(Setting.TARGET_RMSE)
            ? OptionalDouble.of(rmse(settings.required(Setting.TARGET_RMSE)))
            : OptionalDouble.empty();
    return new ForecastRequest(
        rows, rmse, settings.choice(Setting.AT_LAMBDA, ForecastRequest.Held.class));
  }

  private static double rmse(String word) {
    double value = SolveOptions.number(word, Setting.TARGET_RMSE.flag());
    Check.that(
        value > 0 && value < Double.POSITIVE_INFINITY,
        "Cannot read --target-rmse '%s': it must be a positive number",
        word);
    return value;
  }

  /** Reads a number of rows, or how many times those there are, such as {@code 2x}. */
  private static RowCount rows(String word) {
    boolean times = word.endsWith("x");
    String number = times ? word.substring(0, word.length() - 1) : word;
    double value;
    try {
      value = Double.parseDouble(number);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    Check.that(
        value > 0 && value < Double.POSITIVE_INFINITY,
        "Cannot read --rows '%s': it must be a number of rows, such as 1e6, or of times, such as"
            + " 2x",
        word);
    return times ? RowCount.times(value) : RowCount.of(value);
  }
}
