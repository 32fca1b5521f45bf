package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.report.CoefficientsCsv;
import org.ridgeline.report.ModelJson;
import org.ridgeline.report.PathCsv;
import org.ridgeline.report.ReportHtml;
import org.ridgeline.report.ReportJson;
import org.ridgeline.report.ResidualsCsv;
import org.ridgeline.report.RunFiles;
import org.ridgeline.report.RunReport;
import org.ridgeline.report.SavedModel;
import org.ridgeline.report.SummaryText;
import org.ridgeline.report.TargetResult;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.Tuning;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Machine;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Planner;
import org.ridgeline.spark.RunDirectory;
import org.ridgeline.spark.RunPlan;

/** {@code fit} and {@code tune}: read once, solve, report, commit. */
final class TrainCommand {
  private final RunContext context;
  private final TrainOptions options;

  private TrainCommand(RunContext context) {
    this.context = context;
    this.options = TrainOptions.of(context.settings());
  }

  static int run(RunContext context) {
    return new TrainCommand(context).run();
  }

  private int run() {
    Optional<RunDirectory> directory =
        options
            .output()
            .directory()
            .map(path -> context.open(path, options.output(), options.read().path()));
    SparkSession session = context.session();
    try (PassMeter meter = PassMeter.on(session)) {
      Dataset<Row> rows =
          context.time("schema", () -> DataSource.read(session, options.read().source(), meter));
      Training training = train(session, rows, meter);
      RunReport report = training.report(context, meter);
      Optional<String> missed = missedGate(report);
      int code = missed.isPresent() ? ExitCode.GATE : ExitCode.OK;
      directory.ifPresent(run -> save(training, report, run).commit(code, missed));
      tell(report);
      missed.ifPresent(context.console()::error);
      return code;
    }
  }

  private Training train(SparkSession session, Dataset<Row> rows, PassMeter meter) {
    Design design =
        context.time(
            "columns",
            () ->
                Design.of(
                    rows,
                    options.columns().columns(options.fit().tuning().ridge().intercept()),
                    meter));
    TrainOptions sized = options.sized(rows, meter);
    Machine machine = Machine.of(session);
    RunPlan plan = Workloads.plan(sized, Workloads.of(sized, design, rows), machine);
    Planner.require(plan);
    FoldExecutor executor = Solving.executor(session, machine, plan);
    return sized.fit().map().isPresent()
        ? new MapTraining(context, sized, rows, design, meter).run(executor)
        : trainLinear(rows, design, meter, executor);
  }

  private Training trainLinear(
      Dataset<Row> rows, Design design, PassMeter meter, FoldExecutor executor) {
    Collected collected =
        context.time(
            "moments",
            () ->
                MomentsJob.of(design, options.read().onInvalid())
                    .keeping(options.fit().keep())
                    .run(rows, meter));
    Tuned tuned =
        context.time(
            "solve",
            () ->
                Tuning.run(collected.moments(), options.fit().tuningOf(design, context), executor));
    if (options.fit().residuals() == FitOptions.Residuals.EXACT) {
      ExactResiduals exact = new ExactResiduals(design, options.read().onInvalid());
      Tuned first = tuned;
      tuned =
          context.time("residuals", () -> exact.rescore(first, collected.moments(), rows, meter));
    }
    if (options.fit().tuning().rule() == Rule.LOO) {
      Tuned before = tuned;
      LeaveOneOutPass pass = new LeaveOneOutPass(design, options.read().onInvalid(), rows, meter);
      tuned = context.time("leave one out", () -> pass.choose(before));
    }
    int refinements = options.fit().refinements();
    if (refinements > 0) {
      Tuned rough = tuned;
      tuned =
          context.time(
              "refinement", () -> Refinement.refine(rough, refinements, design, rows, meter));
    }
    Tuned chosen = tuned;
    SampledResiduals sample = new SampledResiduals(design, collected.sample());
    Outcome outcome =
        context.time(
            "inference", () -> Outcome.of(chosen).with(sample, chosen, collected.moments()));
    return new Training(options, design, collected, outcome);
  }

  private Optional<String> missedGate(RunReport report) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    for (TargetResult target : report.targets()) {
      metrics.put(target.name(), target.metrics());
    }
    return options.output().gate().flatMap(gate -> gate.closes(metrics));
  }

  private static RunDirectory save(Training training, RunReport report, RunDirectory run) {
    byte[] path = PathCsv.of(report);
    byte[] coefficients = CoefficientsCsv.of(report);
    byte[] json = ReportJson.of(report);
    run.write("path.csv", path);
    run.write("coefficients.csv", coefficients);
    byte[] residuals = ResidualsCsv.of(training.outcome().residuals());
    run.write(ResidualsCsv.FILE, residuals);
    SavedModel model = training.model();
    run.write("model.json", ModelJson.of(model));
    ModelJson.weightFiles(model).forEach(run::write);
    run.write("report.json", json);
    run.write(
        ReportCommand.FILE,
        ReportHtml.of(RunFiles.read(json, path, coefficients).withResiduals(residuals)));
    return run;
  }

  private void tell(RunReport report) {
    if (options.output().form() == OutputOptions.Form.JSON) {
      context.console().result(ReportJson.of(report));
    } else {
      String text = SummaryText.of(report, options.read().path(), options.output().directory());
      context.console().result(text);
    }
  }
}
