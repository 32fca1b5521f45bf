package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.Secrets;
import org.ridgeline.infer.ChowTest;
import org.ridgeline.infer.Finding;
import org.ridgeline.infer.FoldMean;
import org.ridgeline.infer.ModelError;
import org.ridgeline.infer.MovedCoefficient;
import org.ridgeline.infer.Retrained;
import org.ridgeline.infer.Retraining;
import org.ridgeline.infer.TargetComparison;

/** A comparison as JSON: every column and coefficient; what is not defined is null. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /** Returns the file. */
  public static byte[] of(ComparisonReport report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", Secrets.masked(report.a()));
    map.put("b", Secrets.masked(report.b()));
    map.put("rowsA", report.rowsA());
    map.put("rowsB", report.rowsB());
    map.put("model", report.model().name().toLowerCase(Locale.ROOT));
    map.put("columns", report.columns().stream().map(ComparisonJson::column).toList());
    Map<String, Object> targets = new LinkedHashMap<>();
    report.targets().forEach(target -> targets.put(target.target(), target(target)));
    map.put("targets", targets);
    map.put("warnings", report.warnings());
    return JsonText.pretty(map);
  }

  private static Map<String, Object> column(ComparisonReport.Column column) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", column.name());
    map.put("meanA", column.shift().meanA());
    map.put("meanB", column.shift().meanB());
    map.put("sdA", column.shift().deviationA());
    map.put("sdB", column.shift().deviationB());
    map.put("shift", column.shift().shift());
    map.put("z", column.shift().z());
    map.put("sdRatio", column.shift().ratio());
    return map;
  }

  private static Map<String, Object> target(TargetComparison target) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lambda", target.lambda());
    map.put("errorA", error(target.own()));
    map.put("errorB", error(target.onB()));
    map.put("chow", chow(target.chow()));
    map.put("coefficients", coefficients(target));
    map.put("retraining", retraining(target.retraining()));
    map.put("metrics", target.metrics());
    return map;
  }

  private static Map<String, Object> error(ModelError error) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", error.kind().label());
    map.put("mse", error.mse());
    map.put("se", error.standardError());
    map.put("rmse", error.rmse());
    map.put("r2", error.r2());
    map.put("bias", error.kind() == ModelError.Kind.NEW_ROWS ? error.bias() : null);
    return map;
  }

  /** Starts the object of a finding: why there is nothing is its first key. */
  private static Map<String, Object> of(Finding<?> finding) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("reason", finding.reason());
    return map;
  }

  private static Map<String, Object> chow(Finding<ChowTest> finding) {
    Map<String, Object> map = of(finding);
    Optional<ChowTest> chow = finding.value();
    map.put("f", chow.map(ChowTest::f));
    map.put("df1", chow.map(ChowTest::numerator));
    map.put("df2", chow.map(ChowTest::denominator));
    map.put("p", chow.map(ChowTest::p));
    Optional<ChowTest.ByFolds> folds = chow.flatMap(ChowTest::byFolds);
    map.put("fFolds", folds.map(ChowTest.ByFolds::f));
    map.put("df2Folds", folds.map(ChowTest.ByFolds::denominator));
    map.put("pFolds", folds.map(ChowTest.ByFolds::p));
    map.put("excess", chow.map(ChowTest::excess));
    map.put("residualSdA", chow.map(ChowTest::deviationA));
    map.put("residualSdB", chow.map(ChowTest::deviationB));
    return map;
  }

  private static Map<String, Object> coefficients(TargetComparison target) {
    Map<String, Object> map = of(target.coefficients());
    map.put("moved", target.moved());
    List<Map<String, Object>> list = new ArrayList<>();
    for (MovedCoefficient coefficient : target.coefficients().value().orElse(List.of())) {
      Map<String, Object> at = new LinkedHashMap<>();
      at.put("feature", name(target, coefficient));
      at.put("a", coefficient.a());
      at.put("b", coefficient.b());
      at.put("difference", coefficient.difference());
      at.put("se", coefficient.sampling().standardError());
      at.put("t", coefficient.sampling().t());
      at.put("df", coefficient.sampling().freedom());
      at.put("seFolds", coefficient.byFolds().standardError());
      at.put("tFolds", coefficient.byFolds().t());
      at.put("dfFolds", coefficient.byFolds().freedom());
      at.put("p", coefficient.p());
      at.put("pHolm", coefficient.adjusted());
      list.add(at);
    }
    map.put("tested", list);
    map.put("untested", target.untested());
    return map;
  }

  /** Returns the name of a coefficient. */
  static String name(TargetComparison target, MovedCoefficient coefficient) {
    return coefficient.input().isPresent()
        ? target.columns().get(coefficient.input().getAsInt())
        : CoefficientRow.INTERCEPT;
  }

  private static Map<String, Object> retraining(Finding<Retraining> finding) {
    Map<String, Object> map = of(finding);
    Optional<Retraining> retraining = finding.value();
    map.put("folds", retraining.map(Retraining::folds));
    map.put("kept", retraining.map(r -> mean(r.kept())));
    map.put("together", retraining.flatMap(Retraining::together).map(ComparisonJson::retrained));
    map.put("alone", retraining.flatMap(Retraining::alone).map(ComparisonJson::retrained));
    map.put("verdict", retraining.map(ComparisonJson::verdict));
    return map;
  }

  private static Map<String, Object> retrained(Retrained retrained) {
    Map<String, Object> map = mean(retrained.mse());
    map.put("saved", mean(retrained.gain()));
    map.put("lambdas", retrained.lambdas());
    return map;
  }

  private static Map<String, Object> mean(FoldMean mean) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mse", mean.value());
    map.put("se", mean.standardError());
    return map;
  }

  private static Map<String, Object> verdict(Retraining retraining) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", retraining.verdict().kind().label());
    map.put("gain", retraining.verdict().gain());
    map.put("band", List.of(retraining.verdict().low(), retraining.verdict().high()));
    map.put("sentence", retraining.verdict().sentence());
    return map;
  }
}
