package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ridgeline.base.Check;
import org.ridgeline.forecast.ForecastRequest;
import org.ridgeline.forecast.ForecastRequest.RowCount;
import org.ridgeline.forecast.TargetForecast;
import org.ridgeline.report.ForecastCsv;
import org.ridgeline.report.ForecastJson;
import org.ridgeline.report.ForecastText;
import org.ridgeline.report.JsonText;
import org.ridgeline.store.RunStore;
import org.ridgeline.train.RunForecast;
import org.ridgeline.train.StoredRun;

/** {@code forecast}: what more rows would bring to a run, from its moments, without Spark. */
final class ForecastCommand {
  private ForecastCommand() {}

  static int run(RunContext context) {
    Settings settings = context.settings();
    String directory = settings.arguments().get(0);
    ForecastRequest request = request(settings);
    context.blas();
    StoredRun run = context.storedRun(directory);
    List<TargetForecast> targets = RunForecast.of(run, request, targets(settings, run));
    RunStore.replace(directory, ForecastCsv.FILE, ForecastCsv.of(targets), context.hadoop());
    ReportCommand.rebuild(directory, context);
    if (OutputOptions.form(settings) == OutputOptions.Form.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("run", directory);
      map.put("targets", ForecastJson.of(targets));
      context.console().result(JsonText.pretty(map));
    } else {
      context.console().result(ForecastText.of(targets));
    }
    return ExitCode.OK;
  }

  private static List<String> targets(Settings settings, StoredRun run) {
    List<String> all = run.model().model().targets();
    List<String> asked = settings.list(Setting.TARGET);
    for (String target : asked) {
      Check.that(
          all.contains(target),
          "Cannot forecast --target %s: the targets of the run are %s",
          target,
          String.join(", ", all));
    }
    return asked.isEmpty() ? all : asked.stream().distinct().toList();
  }

  private static ForecastRequest request(Settings settings) {
    List<RowCount> rows = new ArrayList<>();
    for (String word : settings.commas(Setting.ROWS)) {
      rows.add(rows(word));
    }
    Check.that(!rows.isEmpty(), "Cannot read --rows '': it must name at least one number");
    OptionalDouble rmse =
        settings.isGiven(Setting.TARGET_RMSE)
            ? OptionalDouble.of(Double.parseDouble(settings.required(Setting.TARGET_RMSE)))
            : OptionalDouble.empty();
    return new ForecastRequest(
        rows, rmse, settings.choice(Setting.AT_LAMBDA, ForecastRequest.Held.class));
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
