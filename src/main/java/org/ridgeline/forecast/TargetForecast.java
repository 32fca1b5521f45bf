package org.ridgeline.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

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
 * @param wider what more random features bring; empty without any
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
    Optional<WiderMaps> wider,
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
   * @param ranks effective ranks of the spectrum of all rows; empty for a penalty other than ridge
   * @param rare what a row unlike all others would do; empty for a map
   * @param variance what a prediction owes to the draw of rows and of features, at the lambda of
   *     the smallest cross-validated error; empty for fewer than 4 folds
   */
  public record Facts(
      double lambda,
      double df,
      double exponent,
      double disagreement,
      Optional<EffectiveRanks> ranks,
      Optional<RareRow> rare,
      Optional<VarianceSplit> variance) {
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
   * What is known of a run besides its moments.
   *
   * @param selected the lambda of its model
   * @param ranks of all rows
   * @param rare what a row unlike all others would do; empty for a map, whose features are bounded
   *     or not measured
   * @param half how many random features are half of them; empty without any
   */
  public record Context(
      double selected, Optional<EffectiveRanks> ranks, Optional<RareRow> rare, OptionalInt half) {}

  /** Returns what is said of a target. */
  public static TargetForecast of(
      String target, LearningForecast forecast, ForecastRequest request, Context context) {
    double n = forecast.rows();
    double[] rows =
        request.rows().stream().mapToDouble(r -> r.where(n)).sorted().distinct().toArray();
    List<Double> at = new ArrayList<>(List.of(n));
    DoubleStream.of(rows).filter(Double::isFinite).forEach(at::add);
    boolean held = request.held() == ForecastRequest.Held.SELECTED;
    SameLambda same =
        SameLambda.of(forecast, held ? context.selected() : forecast.bestLambda(), at);
    OptimalLine line = OptimalLine.of(forecast, same);
    return new TargetForecast(
        target,
        line.now(),
        line.foretold(),
        ObservedCurve.of(forecast),
        same,
        request.rmse().isPresent()
            ? Optional.of(forecast.rowsFor(Math.pow(request.rmse().getAsDouble(), 2)))
            : Optional.empty(),
        context.half().isPresent() ? Optional.of(WiderMaps.of(forecast)) : Optional.empty(),
        facts(forecast, context),
        Verdict.of(
            forecast.at(Verdict.TIMES * n),
            forecast.at(Double.POSITIVE_INFINITY),
            forecast.disagreement(),
            context.rare().map(RareRow::share).orElse(0.0)));
  }

  private static Facts facts(LearningForecast forecast, Context context) {
    return new Facts(
        forecast.lambda(),
        forecast.df(),
        forecast.exponent(),
        forecast.disagreement(),
        context.ranks(),
        context.rare(),
        VarianceSplit.isPossible(forecast)
            ? Optional.of(
                context.half().isPresent()
                    ? VarianceSplit.of(forecast, forecast.bestLambda(), context.half().getAsInt())
                    : VarianceSplit.ofRows(forecast, forecast.bestLambda()))
            : Optional.empty());
  }

  /** Of which there is too little. */
  public enum Bottleneck {
    /** Rows bring more in the whole of their band. */
    ROWS,
    /** The least that features bring is more than the most that rows may. */
    FEATURES,
    /** The bands leave it open. */
    UNCLEAR
  }

  /** Returns whether rows or random features bring more, each without limit. */
  public Bottleneck bottleneck() {
    double features = wider.map(found -> found.limit().ratio()).orElse(1.0);
    if (features < floor().gain().low()) {
      return Bottleneck.FEATURES;
    }
    return verdict.kind() == Verdict.Kind.HELP && floor().gain().high() < features
        ? Bottleneck.ROWS
        : Bottleneck.UNCLEAR;
  }

  /** Returns the errors now and at the other rows, by rows; of the rows that there are but one. */
  public List<Foretold> byRows() {
    return Stream.concat(Stream.of(now), foretold.stream().filter(p -> p.rows() != now.rows()))
        .sorted(Comparator.comparingDouble(Foretold::rows))
        .toList();
  }

  /** Returns the error without limit to the rows: the floor of these features. */
  public Foretold floor() {
    return foretold.get(foretold.size() - 1);
  }
}
