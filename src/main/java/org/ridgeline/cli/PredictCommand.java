package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.infer.Intervals;
import org.ridgeline.infer.Predictive;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.PlainTable;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.LinearScorer;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Scored;
import org.ridgeline.spark.ScoringJob;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.store.RunOverlap;

/** {@code predict}: the input's columns with a prediction beside them. */
final class PredictCommand {
  private static final String FILES = "data";

  private PredictCommand() {}

  static int run(RunContext context) {
    PredictOptions options = PredictOptions.of(context.settings());
    FittedModel saved = ModelRun.read(context);
    RunOverlap.requireApart(
        context.settings().required(Setting.MODEL), options.directory(), context.hadoop());
    RunDirectory directory =
        context.open(options.directory(), options.output(), options.read().path());
    SparkSession session = context.session();
    try (PassMeter meter = context.meter(session)) {
      Dataset<Row> rows = DataSource.read(session, options.read().source(), meter);
      Design design =
          Design.forModel(
              rows.schema(), saved.inputs(), List.of(), Optional.empty(), options.unseen());
      Scored scored =
          ScoringJob.of(design, options.read().onInvalid())
              .write(
                  rows,
                  scorer(context, saved, options, session, meter),
                  directory.workPlace(FILES),
                  options.format(),
                  meter);
      scored.warnings().forEach(context::warn);
      directory.commitContent(FILES);
      tell(context, options, scored);
      return ExitCode.OK;
    }
  }

  private static LinearScorer scorer(
      RunContext context,
      FittedModel saved,
      PredictOptions options,
      SparkSession session,
      PassMeter meter) {
    if (options.interval().isEmpty()) {
      return ModelRun.scorer(saved);
    }
    double level = options.interval().get().level();
    TrainedRun run = TrainedRun.read(context, context.settings().required(Setting.MODEL));
    return switch (options.interval().get().kind()) {
      case PREDICTIVE -> {
        RidgeSpec spec = run.spec(context);
        yield ModelRun.scorer(saved, t -> predictive(run, spec, t, level));
      }
      case CV_PLUS ->
          ModelRun.scorer(
              saved, CvPlusIntervals.of(context, run, level, session, meter)::intervals);
    };
  }

  private static Intervals predictive(TrainedRun run, RidgeSpec spec, int t, double level) {
    RidgeProblem problem = RidgeProblem.of(run.moments(t).total(), spec);
    return Predictive.of(problem, t, run.model().model().lambdas().get(t), level);
  }

  private static void tell(RunContext context, PredictOptions options, Scored scored) {
    String format = options.format().name().toLowerCase(Locale.ROOT);
    if (options.output().form() == OutputOptions.Form.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("out", options.directory());
      map.put("rowsDropped", scored.rowsDropped());
      map.put("format", format);
      map.put("warnings", context.warnings());
      context.console().result(JsonText.pretty(map));
      return;
    }
    PlainTable table = new PlainTable(2);
    table.row("predictions", options.directory() + " (" + format + ")");
    if (scored.rowsDropped() > 0) {
      table.row("left out", PlainTable.count(scored.rowsDropped()) + " rows with invalid values");
    }
    context.console().result(table.text());
  }
}
