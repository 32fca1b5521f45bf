package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.features.MapDescription;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.MapSetting;

/** {@code report.json}. */
public final class ReportJson {
  private ReportJson() {}

  /** Returns the file. */
  public static byte[] of(RunReport run) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("command", run.command());
    root.put("data", data(run.data()));
    root.put("options", run.options());
    root.put("map", run.map().map(ReportJson::map).orElse(null));
    Map<String, Object> targets = new LinkedHashMap<>();
    for (int t = 0; t < run.targets().size(); t++) {
      Map<String, Object> target = target(run.targets().get(t));
      if (run.map().isPresent()) {
        target.put("map", setting(run.map().get(), t));
      }
      targets.put(run.targets().get(t).name(), target);
    }
    root.put("targets", targets);
    root.put("validation", run.validation().json());
    root.put("forecast", run.forecasts().isEmpty() ? null : ForecastJson.of(run.forecasts()));
    root.put("numerics", numerics(run.numerics()));
    root.put("cost", cost(run.cost()));
    root.put("warnings", run.warnings());
    root.put("plots", PlotsJson.of(run));
    return JsonText.pretty(root);
  }

  private static Map<String, Object> data(RunReport.DataSummary data) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("n", data.n());
    map.put("d", data.d());
    map.put("weightSum", data.weightSum());
    map.put("features", data.features());
    map.put("skipped", data.skipped());
    map.put("rowsDropped", data.rowsDropped());
    return map;
  }

  private static Map<String, Object> map(MapReport report) {
    MapDescription shared = report.map();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", shared.spec().kind().label());
    map.put("kernel", shared.spec().kernel().label());
    map.put("bias", shared.spec().kind().hasBias() ? shared.spec().bias() : null);
    map.put("seed", shared.spec().seed());
    map.put("settings", report.surface().points().size());
    map.put("standardize", report.standardize());
    map.put("clip", shared.scaling().clip());
    map.put("medianDistance", report.median());
    map.put("note", MapReport.NOTE);
    return map;
  }

  private static Map<String, Object> setting(MapReport report, int t) {
    MapSetting setting = report.surface().chosen(t).setting();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("width", setting.width());
    map.put("features", report.outputs(t));
    map.put("lengthScale", setting.lengthScale());
    map.put("jitter", report.maps().get(t).jitter());
    return map;
  }

  private static Map<String, Object> target(TargetResult target) {
    int chosen = target.chosen();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lambda", target.lambdas());
    map.put("selectedBy", target.tuned().selection().rule().label());
    map.put("atEdge", target.tuned().selection().atEdge());
    map.put("needsNoPenalty", target.needsNoPenalty());
    map.put("df", target.path().df().get(chosen));
    map.put("gcv", target.tuned().criteria().gcv().get(chosen));
    map.put("choices", InferenceJson.choices(target));
    map.put("loo", target.tuned().leaveOneOut().map(loo -> InferenceJson.loo(loo, chosen)));
    map.put("cv", target.scores().map(scores -> cv(target, scores)).orElse(null));
    Map<String, Object> train = new LinkedHashMap<>();
    Map<String, Double> metrics = target.metrics();
    List.of("mse", "rmse", "r2").forEach(name -> train.put(name, metrics.get("train_" + name)));
    map.put("train", train);
    map.put("inference", target.inference().map(i -> InferenceJson.of(i, target)));
    return map;
  }

  private static Map<String, Object> cv(TargetResult target, FoldScores scores) {
    Map<String, Double> metrics = target.metrics();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("folds", scores.scored());
    map.put("mse", metrics.get("cv_mse"));
    map.put("se", metrics.get("cv_se"));
    map.put("mse_pooled", scores.pooled(target.chosen()));
    map.put("rmse", metrics.get("cv_rmse"));
    map.put("r2", metrics.get("cv_r2"));
    map.put("meanPredictorMse", target.meanCvMse());
    map.put("nested", target.nested().map(nested -> nested(nested, target, metrics)).orElse(null));
    return map;
  }

  private static Map<String, Object> nested(
      FoldScores nested, TargetResult target, Map<String, Double> metrics) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("folds", nested.scored());
    map.put("mse", metrics.get("nested_mse"));
    map.put("se", metrics.get("nested_se"));
    map.put("rmse", metrics.get("nested_rmse"));
    map.put("cvMseOfTheseFolds", target.sameFoldsMse(nested));
    map.put("optimism", metrics.get("optimism"));
    List<Object> errors = new ArrayList<>();
    for (int f = 0; f < nested.folds(); f++) {
      errors.add(nested.isScored(f) ? nested.meanSquare(0, f) : null);
    }
    map.put("foldErrors", errors);
    return map;
  }

  private static Map<String, Object> numerics(RunReport.Numerics numerics) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("solver", numerics.solver());
    map.put("rank", numerics.rank());
    map.put("rcond", numerics.rcond());
    map.put("residual", numerics.residual());
    map.put("digitsLost", numerics.digitsLost());
    map.put("collinearity", numerics.collinearity().map(InferenceJson::collinearity));
    map.put("blas", numerics.blas());
    map.put("lapack", numerics.lapack());
    return map;
  }

  private static Map<String, Object> cost(RunReport.Cost cost) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("passes", cost.reads().passes());
    map.put("prePasses", cost.reads().prePasses());
    map.put("bytesRead", cost.reads().bytesRead());
    map.put("moments", cost.reads().moments().label());
    map.put("seconds", cost.seconds());
    return map;
  }
}
