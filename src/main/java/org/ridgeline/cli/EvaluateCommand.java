package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.PlainTable;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.Evaluation;
import org.ridgeline.spark.EvaluationJob;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Scorers;
import org.ridgeline.spark.TargetMetrics;
import org.ridgeline.train.StoredRun;

/** {@code evaluate}: the errors of a model on labeled data. */
final class EvaluateCommand {
  private static final Set<String> METRICS =
      new LinkedHashSet<>(List.of("r2", "mse", "rmse", "mae", "n"));

  private EvaluateCommand() {}

  static int run(RunContext context) {
    Settings settings = context.settings();
    ReadOptions read = ReadOptions.of(settings);
    OutputOptions.Form form = OutputOptions.form(settings);
    Optional<Gate> gate = settings.text(Setting.FAIL_IF).map(test -> Gate.parse(test, METRICS));
    FittedModel saved = StoredRun.readModel(settings.required(Setting.MODEL), context.hadoop());
    List<String> labels = settings.list(Setting.LABEL);
    List<Integer> targets = targets(saved.model().targets(), labels);
    SparkSession session = context.session();
    try (PassMeter meter = context.meter(session)) {
      Dataset<Row> rows = DataSource.read(session, read.source(), saved.inputs(), meter);
      Design design =
          Designs.forModel(
              rows.schema(),
              saved.inputs(),
              labels.isEmpty() ? saved.model().targets() : labels,
              settings.text(Setting.WEIGHT),
              settings.choice(Setting.UNSEEN, UnseenLevel.class));
      Evaluation evaluation =
          EvaluationJob.of(design, read.onInvalid()).run(rows, Scorers.of(saved, targets), meter);
      evaluation.warnings().forEach(context::warn);
      return print(context.console(), form, gate, evaluation);
    }
  }

  /** Labels are targets of the model by name, or all of them in order under other names. */
  private static List<Integer> targets(List<String> targets, List<String> labels) {
    boolean byName = targets.containsAll(labels) && !labels.isEmpty();
    Check.that(
        byName || labels.isEmpty() || labels.size() == targets.size(),
        "Cannot evaluate: --label must name targets of the model (%s), or one column for each",
        String.join(", ", targets));
    List<Integer> positions = new ArrayList<>();
    for (int t = 0; t < (byName ? labels.size() : targets.size()); t++) {
      positions.add(byName ? targets.indexOf(labels.get(t)) : t);
    }
    return positions;
  }

  private static int print(
      Console console, OutputOptions.Form form, Optional<Gate> gate, Evaluation evaluation) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    Map<String, Object> shown = new LinkedHashMap<>();
    PlainTable table = new PlainTable(2);
    table.row("target", "n", "mse", "rmse", "mae", "r2");
    for (TargetMetrics target : evaluation.targets()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("n", target.n());
      map.put("mse", target.mse());
      map.put("rmse", target.rmse());
      map.put("mae", target.mae());
      map.put("r2", target.r2());
      shown.put(target.target(), map);
      Map<String, Double> values = new LinkedHashMap<>();
      map.forEach((name, value) -> values.put(name, ((Number) value).doubleValue()));
      metrics.put(target.target(), values);
      table.row(
          target.target(),
          PlainTable.count(target.n()),
          PlainTable.number(target.mse()),
          PlainTable.number(target.rmse()),
          PlainTable.number(target.mae()),
          PlainTable.number(target.r2()));
    }
    if (form == OutputOptions.Form.JSON) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("targets", shown);
      if (!evaluation.unknownLevels().isEmpty()) {
        result.put("unknownLevels", evaluation.unknownLevels());
      }
      console.result(JsonText.pretty(result));
    } else {
      console.result(table.text());
    }
    Optional<String> missed = gate.flatMap(test -> test.closes(metrics));
    missed.ifPresent(console::error);
    return missed.isPresent() ? ExitCode.GATE : ExitCode.OK;
  }
}
