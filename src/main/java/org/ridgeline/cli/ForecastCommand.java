package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.base.Check;
import org.ridgeline.forecast.ForecastRequest;
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
    ForecastRequest request = ForecastOptions.of(settings);
    context.blas();
    StoredRun run = context.storedRun(directory);
    List<TargetForecast> targets = RunForecast.of(run, request, targets(settings, run));
    RunForecast.caveat(run.spec()).ifPresent(context::warn);
    RunStore.replace(directory, ForecastJson.FILE, ForecastJson.file(targets), context.hadoop());
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
}
