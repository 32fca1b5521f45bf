package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.base.Secrets;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.PlainTable;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.LinearScorer;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Scorers;
import org.ridgeline.spark.ScoringJob;
import org.ridgeline.spark.ScoringResult;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.store.RunOverlap;
import org.ridgeline.train.CvPlusIntervals;
import org.ridgeline.train.StoredRun;

/** {@code predict}: the input's columns with a prediction beside them. */
final class PredictCommand {
  private PredictCommand() {}

  static int run(RunContext context) {
    PredictOptions options = PredictOptions.of(context.settings());
    String model = context.settings().required(Setting.MODEL);
    Optional<StoredRun> run = options.interval().map(interval -> context.storedRun(model));
    FittedModel saved =
        run.map(StoredRun::model).orElseGet(() -> StoredRun.readModel(model, context.hadoop()));
    RunOverlap.requireApart(model, options.directory(), context.hadoop());
    RunDirectory directory =
        context.open(options.directory(), options.output(), options.read().path());
    SparkSession session = context.session();
    try (PassMeter meter = context.meter(session)) {
      Dataset<Row> rows = DataSource.read(session, options.read().source(), saved.inputs(), meter);
      Design design =
          Designs.forModel(
              rows.schema(), saved.inputs(), List.of(), Optional.empty(), options.unseen());
      ScoringResult scored =
          ScoringJob.of(design, options.read().onInvalid())
              .write(
                  rows,
                  run.map(whole -> scorer(context, whole, options, session, meter))
                      .orElseGet(() -> Scorers.of(saved)),
                  directory.tablePlace(),
                  options.format(),
                  meter);
      scored.warnings().forEach(context::warn);
      directory.commitTable();
      print(context, options, scored);
      return ExitCode.OK;
    }
  }

  private static LinearScorer scorer(
      RunContext context,
      StoredRun run,
      PredictOptions options,
      SparkSession session,
      PassMeter meter) {
    PredictOptions.Interval interval = options.interval().orElseThrow();
    double level = interval.level();
    return switch (interval.kind()) {
      case PREDICTIVE -> Scorers.of(run.model(), t -> run.predictive(t, level));
      case CV_PLUS ->
          Scorers.of(
              run.model(),
              CvPlusIntervals.of(
                      run,
                      level,
                      () -> new TrainingSource(run, context.settings()).open(session, meter),
                      meter)
                  ::intervals);
    };
  }

  private static void print(RunContext context, PredictOptions options, ScoringResult scored) {
    String format = options.format().name().toLowerCase(Locale.ROOT);
    if (options.output().form() == OutputOptions.Form.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("out", options.directory());
      map.put("rowsDropped", scored.rowsDropped());
      if (!scored.unknownLevels().isEmpty()) {
        map.put("unknownLevels", scored.unknownLevels());
      }
      map.put("format", format);
      map.put("warnings", context.warnings());
      context.console().result(JsonText.pretty(map));
      return;
    }
    PlainTable table = new PlainTable(2);
    table.row("predictions", Secrets.masked(options.directory()) + " (" + format + ")");
    if (scored.rowsDropped() > 0) {
      table.row("left out", PlainTable.count(scored.rowsDropped()) + " rows with invalid values");
    }
    context.console().result(table.text());
  }
}
