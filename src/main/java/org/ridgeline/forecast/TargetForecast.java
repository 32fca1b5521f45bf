package org.ridgeline.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * All that is said of one target.
 *
 * @param target its name
 * @param now the error of the rows that there are
 * @param foretold the errors at the rows asked for, ascending, and without limit
 * @param observed the errors of fewer rows
 * @param sameLambda the errors at the same rows as {@code foretold}, without the limit, and now,
 *     with lambda held fixed
 * @param needed the rows for the error that was asked for
 * @param ranks effective ranks of the spectrum of all rows; empty for a penalty other than ridge
 * @param facts numbers of the rows that there are
 * @param verdict what it comes to
 */
public record TargetForecast(
    String target,
    Foretold now,
    List<Foretold> foretold,
    List<ObservedCurve> observed,
    SameLambda sameLambda,
    Optional<NeededRows> needed,
    Optional<EffectiveRanks> ranks,
    Facts facts,
    Verdict verdict) {
  /** Copies the lists. */
  public TargetForecast {
    foretold = List.copyOf(foretold);
    observed = List.copyOf(observed);
  }

  /**
   * Numbers of the rows that there are.
   *
   * @param lambda the best lambda by the forecast, sum convention
   * @param df its degrees of freedom
   * @param exponent 1 % more rows are so many per cent less error
   * @param disagreement {@code log(GCV / CV)} at the lambda of the smallest cross-validated error
   */
  public record Facts(double lambda, double df, double exponent, double disagreement) {
    /** GCV over the cross-validated error. */
    public double ratio() {
      return Math.exp(disagreement);
    }

    /** Whether both agree. */
    public boolean agrees() {
      return Math.abs(disagreement) <= Verdict.DISAGREEMENT;
    }
  }

  /**
   * Returns what is said of a target.
   *
   * @param selected the lambda of the run's model
   * @param ranks of all rows
   */
  public static TargetForecast of(
      String target,
      LearningForecast forecast,
      ForecastRequest request,
      double selected,
      Optional<EffectiveRanks> ranks) {
    double n = forecast.rows();
    double[] rows =
        request.rows().stream().mapToDouble(r -> r.where(n)).sorted().distinct().toArray();
    List<Foretold> foretold = new ArrayList<>();
    DoubleStream.of(rows).filter(Double::isFinite).forEach(r -> foretold.add(forecast.at(r)));
    Foretold limit = forecast.at(Double.POSITIVE_INFINITY);
    foretold.add(limit);
    List<Double> same = new ArrayList<>(List.of(n));
    DoubleStream.of(rows).filter(Double::isFinite).forEach(same::add);
    boolean held = request.held() == ForecastRequest.Held.SELECTED;
    return new TargetForecast(
        target,
        forecast.now(),
        foretold,
        ObservedCurve.of(forecast),
        SameLambda.of(forecast, held ? selected : forecast.bestLambda(), same),
        request.rmse().isPresent()
            ? Optional.of(forecast.rowsFor(Math.pow(request.rmse().getAsDouble(), 2)))
            : Optional.empty(),
        ranks,
        new Facts(forecast.lambda(), forecast.df(), forecast.exponent(), forecast.disagreement()),
        Verdict.of(forecast.at(Verdict.TIMES * n), limit, forecast.disagreement()));
  }

  /** Returns the error without limit to the rows: the floor of these features. */
  public Foretold floor() {
    return foretold.get(foretold.size() - 1);
  }
}
