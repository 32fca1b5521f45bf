package org.ridgeline.cli;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.plan.RunPlan;
import org.ridgeline.plan.Workload;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.PlainTable;
import org.ridgeline.spark.ConfiguredMachine;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.PassMeter;

/**
 * {@code plan}: what a training with these options would need. Exits with 5 when it does not fit.
 */
final class PlanCommand {
  private PlanCommand() {}

  static int run(RunContext context) {
    TrainOptions options = TrainOptions.of(context.settings());
    SparkSession session = context.session();
    try (PassMeter meter = context.meter(session)) {
      Dataset<Row> rows = DataSource.read(session, options.read().source(), meter);
      Design design =
          Design.of(
              rows, options.columns().columns(options.fit().tuning().ridge().intercept()), meter);
      long count = meter.prePass("count of rows", rows::count);
      TrainOptions sized = options.ofRows(count);
      Workload workload = TrainingWorkload.of(sized, design, rows).withRows(count);
      RunPlan plan = TrainingWorkload.plan(sized, workload, ConfiguredMachine.of(session));
      context
          .console()
          .result(
              options.output().form() == OutputOptions.Form.JSON
                  ? new String(JsonText.pretty(map(plan)), StandardCharsets.UTF_8)
                  : "Ridgeline plan: "
                      + options.read().path()
                      + "\n\n"
                      + text(plan, sized, design, workload));
      return plan.fits() ? ExitCode.OK : ExitCode.DOES_NOT_FIT;
    }
  }

  private static Map<String, Object> map(RunPlan plan) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("n", plan.n());
    map.put("d", plan.d());
    map.put("passes", plan.passes());
    map.put("driverBytes", plan.driverBytes());
    map.put("executorBytesPerTask", plan.executorBytesPerTask());
    map.put("resultBytes", plan.resultBytes());
    map.put("seconds", plan.seconds());
    map.put("fits", plan.fits());
    map.put("advice", plan.advice());
    return map;
  }

  private static String text(RunPlan plan, TrainOptions options, Design design, Workload workload) {
    PlainTable table = new PlainTable(2);
    table.row("rows", PlainTable.count(plan.n().orElse(0)));
    table.row(
        "features",
        PlainTable.count(design.inputs()) + ": " + PlainTable.names(design.featureNames(), 8));
    if (!design.skipped().isEmpty()) {
      table.row("not used", String.join(", ", design.skipped()));
    }
    table.row("targets", String.join(", ", design.targetNames()));
    options.fit().map().ifPresent(map -> table.row("map", map(map)));
    table.row("work", workload.folds() + " folds x " + workload.lambdas() + " lambdas");
    table.row("passes", plan.passes() + " over the data");
    table.row("driver", bytes(plan.driverBytes()));
    table.row("per task", bytes(plan.executorBytesPerTask()));
    table.row("results", bytes(plan.resultBytes()) + " to the driver");
    table.row(
        "time",
        "about " + ProgressLine.duration(plan.seconds().orElse(0)) + " after the start of Spark");
    table.row("verdict", plan.fits() ? "fits" : "does not fit");
    plan.advice().forEach(advice -> table.row("", advice));
    return table.text();
  }

  /** The plan of a run that fits, in a line. */
  static String sentence(RunPlan plan) {
    return String.format(
        Locale.ROOT,
        "Planned: %d pass%s and about %s from here; %s on the driver, %s for a task, %s of results",
        plan.passes(),
        plan.passes() == 1 ? "" : "es",
        ProgressLine.duration(plan.seconds().orElse(0)),
        bytes(plan.driverBytes()),
        bytes(plan.executorBytesPerTask()),
        bytes(plan.resultBytes()));
  }

  private static String map(MapOptions map) {
    return String.format(
        Locale.ROOT,
        "%s, %d widths up to %,d x %d length scales, from one read of the data",
        map.base().kind().label(),
        map.widths().size(),
        map.largestWidth(),
        map.scales());
  }

  private static String bytes(long bytes) {
    double kibibytes = bytes / 1024.0;
    return kibibytes < 1024
        ? String.format(Locale.ROOT, "%,.1f KiB", kibibytes)
        : String.format(Locale.ROOT, "%,.1f MiB", kibibytes / 1024);
  }
}
