package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.PlainTable;
import org.ridgeline.report.SavedModel;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.LinearScorer;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.RunDirectory;
import org.ridgeline.spark.Scored;
import org.ridgeline.spark.ScoringJob;

/** {@code predict}: the input's columns with a prediction beside them. */
final class PredictCommand {
  private static final String FILES = "data";

  private PredictCommand() {}

  static int run(RunContext context) {
    PredictOptions options = PredictOptions.of(context.settings());
    SavedModel saved = ModelRun.read(context);
    RunDirectory.requireApart(
        context.settings().required(Setting.MODEL), options.directory(), context.hadoop());
    RunDirectory directory =
        context.open(options.directory(), options.output(), options.read().path());
    SparkSession session = context.session();
    try (PassMeter meter = context.meter(session)) {
      Dataset<Row> rows = DataSource.read(session, options.read().source(), meter);
      Design design =
          Design.forModel(
              rows.schema(),
              SavedInputs.columns(saved.inputs()),
              List.of(),
              Optional.empty(),
              options.unseen());
      Scored scored =
          ScoringJob.of(design, options.read().onInvalid())
              .write(
                  rows,
                  scorer(context, saved, options),
                  directory.workPlace(FILES),
                  options.format(),
                  meter);
      scored.warnings().forEach(context::warn);
      directory.commitContent(FILES);
      tell(context, options, scored);
      return ExitCode.OK;
    }
  }

  private static LinearScorer scorer(RunContext context, SavedModel saved, PredictOptions options) {
    if (options.interval().isEmpty()) {
      return ModelRun.scorer(saved);
    }
    String run = context.settings().required(Setting.MODEL);
    PredictionIntervals intervals =
        new PredictionIntervals(context, TrainedRun.read(context, run), options.interval().get());
    return ModelRun.scorer(saved, intervals::of);
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
