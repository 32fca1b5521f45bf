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
import org.ridgeline.report.ReportJson;
import org.ridgeline.report.RunReport;
import org.ridgeline.report.SummaryText;
import org.ridgeline.report.TargetResult;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.Tuning;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Machine;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.OnInvalid;
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
    Machine machine = Machine.of(session);
    RunPlan plan = Workloads.plan(options, Workloads.of(options, design, rows), machine);
    Planner.require(plan);
    Collected collected =
        context.time(
            "moments", () -> MomentsJob.of(design, options.read().onInvalid()).run(rows, meter));
    Tuned tuned =
        context.time(
            "solve",
            () ->
                Tuning.run(
                    collected.moments(),
                    options.fit().tuning(),
                    Solving.executor(session, machine, plan)));
    if (options.fit().residuals() == FitOptions.Residuals.EXACT) {
      ExactResiduals exact = new ExactResiduals(design, options.read().onInvalid());
      Tuned first = tuned;
      tuned =
          context.time("residuals", () -> exact.rescore(first, collected.moments(), rows, meter));
    }
    if (options.fit().tuning().rule() == Rule.LOO) {
      Tuned before = tuned;
      OnInvalid onInvalid = options.read().onInvalid();
      tuned =
          context.time(
              "leave one out",
              () -> LeaveOneOutPass.choose(before, design, onInvalid, rows, meter));
    }
    return new Training(options, design, collected, tuned);
  }

  private Optional<String> missedGate(RunReport report) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    for (TargetResult target : report.targets()) {
      metrics.put(target.name(), target.metrics());
    }
    return options.output().gate().flatMap(gate -> gate.closes(metrics));
  }

  private static RunDirectory save(Training training, RunReport report, RunDirectory run) {
    run.write("path.csv", PathCsv.of(report));
    run.write("coefficients.csv", CoefficientsCsv.of(report));
    run.write("model.json", ModelJson.of(training.model()));
    run.write("report.json", ReportJson.of(report));
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
