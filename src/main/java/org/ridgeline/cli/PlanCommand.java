package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.plan.Amounts;
import org.ridgeline.plan.RunPlan;
import org.ridgeline.plan.Workload;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.PlainTable;
import org.ridgeline.spark.ConfiguredMachine;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.train.MapSearch;
import org.ridgeline.train.TrainSpec;
import org.ridgeline.train.TrainingWorkload;

/** {@code plan}: prints the needs of a training. Exits with 5 when it does not fit. */
final class PlanCommand {
  private PlanCommand() {}

  static int run(RunContext context) {
    TrainOptions options = TrainOptions.of(context);
    SparkSession session = context.session();
    try (PassMeter meter = context.meter(session)) {
      Dataset<Row> rows = DataSource.read(session, options.read().source(), meter);
      Design design = Designs.of(rows, options.spec().columns(), meter);
      long count = meter.prePass("count of rows", rows::count);
      TrainSpec spec = sized(options.spec(), count);
      Workload workload = TrainingWorkload.of(spec, design, rows).withRows(count);
      RunPlan plan = TrainingWorkload.plan(spec, workload, ConfiguredMachine.of(session));
      if (options.output().form() == OutputOptions.Form.JSON) {
        context.console().result(JsonText.pretty(map(plan)));
      } else {
        String title = "Ridgeline plan: " + options.read().shownPath() + "\n\n";
        context.console().result(title + text(plan, spec, design, workload));
      }
      return plan.fits() ? ExitCode.OK : ExitCode.DOES_NOT_FIT;
    }
  }

  /** Returns what was asked, for so many rows. */
  private static TrainSpec sized(TrainSpec spec, long rows) {
    return spec.map()
        .filter(MapSearch::needsCount)
        .map(map -> spec.with(map.ofRows(rows)))
        .orElse(spec);
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
    map.put("advice", plan.advice().stream().map(Flags::of).toList());
    return map;
  }

  private static String text(RunPlan plan, TrainSpec spec, Design design, Workload workload) {
    PlainTable table = new PlainTable(2);
    table.row("rows", PlainTable.count(plan.n().orElse(0)));
    table.row(
        "features",
        PlainTable.count(design.inputs()) + ": " + PlainTable.names(design.featureNames(), 8));
    if (!design.skipped().isEmpty()) {
      table.row("not used", String.join(", ", design.skipped()));
    }
    table.row("targets", String.join(", ", design.targetNames()));
    spec.map().ifPresent(map -> table.row("map", map(map)));
    table.row("work", workload.folds() + " folds x " + workload.lambdas() + " lambdas");
    table.row("passes", plan.passes() + " over the data");
    table.row("driver", Amounts.bytes(plan.driverBytes()));
    table.row("per task", Amounts.bytes(plan.executorBytesPerTask()));
    table.row("results", Amounts.bytes(plan.resultBytes()) + " to the driver");
    table.row(
        "time", "about " + Amounts.seconds(plan.seconds().orElse(0)) + " after the start of Spark");
    table.row("verdict", plan.fits() ? "fits" : "does not fit");
    plan.advice().forEach(advice -> table.row("", Flags.of(advice)));
    return table.text();
  }

  private static String map(MapSearch map) {
    return String.format(
        Locale.ROOT,
        "%s, %d widths up to %,d x %d length scales, from one read of the data",
        map.base().kind().label(),
        map.widths().size(),
        map.largestWidth(),
        map.scales());
  }
}
