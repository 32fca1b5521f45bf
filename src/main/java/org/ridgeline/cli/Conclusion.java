package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.InputFiles;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.report.CoefficientsCsv;
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
import org.ridgeline.train.TrainingResult;

/** Ends a training: writes its files, prints the result, returns the exit code. */
final class Conclusion {
  private final RunContext context;
  private final TrainOptions options;

  Conclusion(RunContext context, TrainOptions options) {
    this.context = context;
    this.options = options;
  }

  /** Commits the run directory, if there is one, and returns the exit code. */
  int of(TrainingResult result, RunReport.Reads reads, Optional<InputFiles> input) {
    RunReport report =
        result.report(options.command().word(), options.shown(), reads, context.journal());
    Optional<String> missed = missedGate(report);
    int code = missed.isPresent() ? ExitCode.GATE : ExitCode.OK;
    context.directory().ifPresent(run -> save(result, report, run, input).commit(code, missed));
    print(report);
    missed.ifPresent(context.console()::error);
    return code;
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
    run.write(
        ReportCommand.FILE,
        ReportHtml.of(files, NextStep.predict(options.output().directory().orElse(""))));
    return run;
  }

  private void print(RunReport report) {
    if (options.output().form() == OutputOptions.Form.JSON) {
      context.console().result(ReportJson.of(report));
    } else {
      String text =
          SummaryText.of(
              report, options.read().shownPath(), NextStep.ending(options.output().directory()));
      context.console().result(text);
    }
  }
}
