package org.ridgeline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ridgeline.forecast.EffectiveRanks;
import org.ridgeline.forecast.Foretold;
import org.ridgeline.forecast.NeededRows;
import org.ridgeline.forecast.ObservedCurve;
import org.ridgeline.forecast.RareRow;
import org.ridgeline.forecast.TargetForecast;
import org.ridgeline.forecast.VarianceSplit;
import org.ridgeline.forecast.WiderMaps;

/** Forecasts as lines for a terminal. */
public final class ForecastText {
  /** A model that is worse than the best lambda by this factor has another problem than rows. */
  private static final double WORSE = 1.05;

  private final TargetForecast target;
  private final StringBuilder text = new StringBuilder();

  private ForecastText(TargetForecast target) {
    this.target = target;
  }

  /** Returns the text of all targets. */
  public static String of(List<TargetForecast> targets) {
    StringBuilder text = new StringBuilder();
    for (TargetForecast target : targets) {
      text.append(text.length() > 0 ? "\n" : "");
      text.append(targets.size() > 1 ? "target " + target.target() + "\n" : "");
      text.append(new ForecastText(target).text());
    }
    return text.append(
            "\nBands were tested on 49 data sets, real and simulated: the true error was inside in"
                + " 88 to 100 of 100;\nfor small samples of heavy-tailed columns in 69 to 86.\n")
        .toString();
  }

  private String text() {
    text.append(target.verdict().sentence()).append("\n\n");
    table();
    facts();
    sameLambda();
    return text.toString();
  }

  private void table() {
    PlainTable table = new PlainTable(2);
    table.row("rows", "MSE", "90 % band", "change", "90 % band", "");
    for (ObservedCurve point : target.observed()) {
      table.row(
          rows(point.rows()),
          PlainTable.number(point.mse()),
          "+- " + PlainTable.number(point.standardError()),
          "",
          "",
          "observed, " + point.blocks() + (point.blocks() == 1 ? " fold" : " folds"));
    }
    target.byRows().forEach(point -> row(table, point));
    text.append(table.text());
  }

  private void row(PlainTable table, Foretold point) {
    boolean now = point.rows() == target.now().rows();
    String bound = point.atMost() ? "at most" : "";
    table.row(
        rows(point.rows()),
        PlainTable.number(point.mse()),
        PlainTable.number(point.level().low()) + " .. " + PlainTable.number(point.level().high()),
        now ? "" : change(point.ratio()),
        now ? "" : change(point.gain().low()) + " .. " + change(point.gain().high()),
        !now ? bound : point.atMost() ? "now, " + bound : "now");
  }

  private void facts() {
    PlainTable table = new PlainTable(2);
    target.needed().ifPresent(needed -> table.row("rmse " + root(needed), needed(needed)));
    TargetForecast.Facts facts = target.facts();
    table.row(
        "exponent",
        String.format(
            Locale.ROOT,
            "%.2f: 1 %% more rows lower the MSE by %.2f %%",
            facts.exponent(),
            facts.exponent()));
    table.row(
        "lambda",
        PlainTable.number(facts.lambda())
            + ", df "
            + PlainTable.number(facts.df())
            + ": keep it in the sum convention when rows are added");
    double own = target.sameLambda().points().get(0).mse().orElse(0);
    if (own > WORSE * target.now().mse()) {
      table.row(
          "model",
          "at its lambda, "
              + PlainTable.number(target.sameLambda().lambda())
              + ", the MSE is now "
              + PlainTable.number(own)
              + ": a better lambda comes before more rows");
    }
    table.row(
        "GCV / CV",
        String.format(Locale.ROOT, "%.2f: ", facts.ratio())
            + (facts.agrees()
                ? "no sign against exchangeable draws"
                : facts.disagreement() > 0
                    ? "take the level from cross-validation"
                    : "take the level from cross-validation; GCV and evidence choose too small a"
                        + " lambda"));
    facts.rare().ifPresent(rare -> table.row("rare row", rare(rare)));
    facts.ranks().ifPresent(ranks -> table.row("effective ranks", ranks(ranks)));
    target.wider().ifPresent(wider -> table.row("wider maps", wider(wider)));
    facts.variance().ifPresent(variance -> table.row("variance", variance(variance)));
    text.append('\n').append(table.text());
  }

  private String rare(RareRow rare) {
    return "one in "
        + rows(target.now().rows())
        + " with a value of "
        + rare.column()
        + " wrong by "
        + RareRow.DEVIATIONS
        + " sd would add "
        + (rare.isHuge()
            ? "many times the MSE"
            : String.format(Locale.ROOT, "%.1f %% to the MSE at most", 100 * rare.share()));
  }

  private String wider(WiderMaps wider) {
    List<String> points = new ArrayList<>();
    for (WiderMaps.Point point : wider.points()) {
      points.add(
          String.format(Locale.ROOT, "%.1f %%", 100 * (1 - point.ratio()))
              + (Double.isFinite(point.features())
                  ? String.format(Locale.ROOT, " at %,.0f features", point.features())
                  : " without limit"));
    }
    return "MSE lower by at least "
        + String.join(", ", points)
        + String.format(Locale.ROOT, "; df1/N %.2f: ", wider.used())
        + (wider.isFeatureLimited() ? "feature-limited" : "not feature-limited")
        + switch (target.bottleneck()) {
          case ROWS -> "; more rows bring more";
          case FEATURES -> "; more features bring more";
          case UNCLEAR -> "; whether rows or features bring more cannot be told";
        };
  }

  private static String variance(VarianceSplit variance) {
    String rows = "of a prediction, by the draw of rows " + PlainTable.number(variance.rows());
    return variance.both().isEmpty()
        ? rows + " (a model of 0.4 n rows)"
        : rows
            + ", of features "
            + PlainTable.number(variance.features().getAsDouble())
            + ", of both together "
            + PlainTable.number(variance.both().getAsDouble())
            + " (a model of 0.4 n rows and N / 2 features; 0 for parts that came out negative)";
  }

  private static String ranks(EffectiveRanks ranks) {
    return "r0 "
        + PlainTable.number(ranks.first())
        + ", R0 "
        + PlainTable.number(ranks.second())
        + ", k* "
        + (ranks.benignFrom().isPresent()
            ? ranks.benignFrom().getAsInt()
            : "none: without a penalty interpolation does harm");
  }

  private static String root(NeededRows needed) {
    return PlainTable.shortest(Math.sqrt(needed.mse()));
  }

  private String needed(NeededRows needed) {
    if (!needed.isReachable() && target.floor().atMost()) {
      return "cannot be told: without limit to the rows the rmse is at most "
          + PlainTable.number(Math.sqrt(target.floor().mse()));
    }
    if (!needed.isReachable()) {
      return "not with these features: no number of rows lowers the rmse below "
          + PlainTable.number(Math.sqrt(target.floor().mse()));
    }
    if (needed.rows() <= target.now().rows()) {
      return "reached with the rows that there are";
    }
    return "about "
        + rows(needed.rows())
        + " rows (90 % band "
        + rows(needed.low())
        + " .. "
        + (Double.isFinite(needed.high()) ? rows(needed.high()) : "never")
        + ")";
  }

  private void sameLambda() {
    if (target.sameLambda().rises()) {
      text.append("\n  At lambda ")
          .append(PlainTable.number(target.sameLambda().lambda()))
          .append(" more rows would first hurt (sample-wise double descent); cure: lambda ")
          .append(PlainTable.number(target.facts().lambda()))
          .append(", the best by cross-validation, at which the error never rises.\n");
    }
  }

  private static String rows(double rows) {
    if (!Double.isFinite(rows)) {
      return "no limit";
    }
    return rows < 1e15
        ? String.format(Locale.ROOT, "%,.0f", rows)
        : String.format(Locale.ROOT, "%.1e", rows);
  }

  private static String change(double ratio) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1));
  }
}
