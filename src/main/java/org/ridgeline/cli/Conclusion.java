package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.DataException;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.UsageException;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.InputFiles;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.forecast.TargetForecast;
import org.ridgeline.report.CoefficientsCsv;
import org.ridgeline.report.ForecastCsv;
import org.ridgeline.report.ForecastJson;
import org.ridgeline.report.ModelJson;
import org.ridgeline.report.PathCsv;
import org.ridgeline.report.ReportHtml;
import org.ridgeline.report.ReportJson;
import org.ridgeline.report.ResidualsCsv;
import org.ridgeline.report.RunFiles;
import org.ridgeline.report.RunReport;
import org.ridgeline.report.SummaryText;
import org.ridgeline.report.TargetResult;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.train.RunForecast;
import org.ridgeline.train.TrainingResult;

/**
 * Ends a training: forecasts, if that was asked for, writes its files, prints the result, returns
 * the exit code.
 */
final class Conclusion {
  private final RunContext context;
  private final TrainOptions options;
  private Optional<String> noForecast = Optional.empty();

  Conclusion(RunContext context, TrainOptions options) {
    this.context = context;
    this.options = options;
  }

  /** Commits the run directory, if there is one, and returns the exit code. */
  int of(TrainingResult result, RunReport.Reads reads, Optional<InputFiles> input) {
    List<TargetForecast> forecasts = forecasts(result);
    RunReport report =
        result
            .report(options.command().word(), options.shown(), reads, context.journal())
            .with(forecasts);
    Optional<String> missed = missedGate(report);
    int code = missed.isPresent() ? ExitCode.GATE : ExitCode.OK;
    context.directory().ifPresent(run -> save(result, report, run, input).commit(code, missed));
    print(report);
    missed.ifPresent(context.console()::error);
    return code;
  }

  /** A run that allows no forecast is a run all the same, with a warning. */
  private List<TargetForecast> forecasts(TrainingResult result) {
    if (options.forecast().isEmpty()) {
      return List.of();
    }
    RunForecast.caveat(result.resolved()).ifPresent(context::warn);
    try {
      return context
          .journal()
          .time("forecast", () -> RunForecast.of(result, options.forecast().orElseThrow()));
    } catch (DataException | SingularException | UsageException e) {
      noForecast = Optional.of(Failure.of(e).sentence());
      context.warn(noForecast.get());
      return List.of();
    }
  }

  private Optional<String> missedGate(RunReport report) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    for (TargetResult target : report.targets()) {
      metrics.put(target.name(), target.metrics());
    }
    return options.output().gate().flatMap(gate -> gate.closes(metrics));
  }

  private RunDirectory save(
      TrainingResult result, RunReport report, RunDirectory run, Optional<InputFiles> input) {
    byte[] path = PathCsv.of(report);
    byte[] coefficients = CoefficientsCsv.of(report);
    byte[] json = ReportJson.of(report);
    run.write("path.csv", path);
    run.write("coefficients.csv", coefficients);
    FittedModel model = result.model();
    ResolvedSpec spec = result.resolved().with(input);
    run.write("model.json", ModelJson.of(model, spec));
    ModelJson.filesBeside(model, spec).forEach(run::write);
    run.write("report.json", json);
    RunFiles files = RunFiles.read(json, path, coefficients);
    if (!result.errors().residuals().isEmpty()) {
      byte[] residuals = ResidualsCsv.of(result.errors().residuals());
      run.write(ResidualsCsv.FILE, residuals);
      files = files.withResiduals(residuals);
    }
    if (!report.forecasts().isEmpty()) {
      byte[] forecast = ForecastCsv.of(report.forecasts());
      byte[] said = ForecastJson.file(report.forecasts());
      run.write(ForecastCsv.FILE, forecast);
      run.write(ForecastJson.FILE, said);
      files = files.withForecast(forecast, said);
    }
    run.write(
        ReportCommand.FILE,
        ReportHtml.of(files, NextStep.predict(options.output().directory().orElse(""))));
    return run;
  }

  private void print(RunReport report) {
    if (options.output().form() == OutputOptions.Form.JSON) {
      context.console().result(ReportJson.of(report));
    } else {
      Map<String, String> ending = new LinkedHashMap<>();
      noForecast.ifPresent(why -> ending.put("forecast", why));
      ending.putAll(NextStep.ending(options.output().directory()));
      context.console().result(SummaryText.of(report, options.read().shownPath(), ending));
    }
  }
}
