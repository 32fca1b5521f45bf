package org.ridgeline.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ridgeline.forecast.Band;
import org.ridgeline.forecast.EffectiveRanks;
import org.ridgeline.forecast.Foretold;
import org.ridgeline.forecast.NeededRows;
import org.ridgeline.forecast.ObservedCurve;
import org.ridgeline.forecast.RareRow;
import org.ridgeline.forecast.SameLambda;
import org.ridgeline.forecast.TargetForecast;
import org.ridgeline.forecast.VarianceSplit;
import org.ridgeline.forecast.WiderMaps;

/** {@code forecast.json}: forecasts as JSON. */
public final class ForecastJson {
  /** The file. */
  public static final String FILE = "forecast.json";

  private static final String FORMAT = "ridgeline-forecast/1";

  private ForecastJson() {}

  /** Returns the file. */
  public static byte[] file(List<TargetForecast> targets) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("targets", of(targets));
    return JsonText.pretty(map);
  }

  /**
   * Reads the sentences of the file.
   *
   * @return the verdict of each target
   * @throws IllegalArgumentException when it is not such a file
   */
  static Map<String, String> verdicts(byte[] json) {
    CheckedJson targets = CheckedJson.parse(json, "forecast", FORMAT).at("targets");
    targets.requireObject();
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> target : targets.node().properties()) {
      CheckedJson one = targets.at(target.getKey());
      verdicts.put(target.getKey(), one.at("verdict").at("sentence").text());
    }
    return verdicts;
  }

  /** Returns what is said of each target, by its name. */
  public static Map<String, Object> of(List<TargetForecast> targets) {
    Map<String, Object> map = new LinkedHashMap<>();
    targets.forEach(target -> map.put(target.target(), of(target)));
    return map;
  }

  private static Map<String, Object> of(TargetForecast target) {
    Map<String, Object> map = new LinkedHashMap<>();
    Map<String, Object> now = point(target.now());
    now.put("lambda", target.facts().lambda());
    now.put("df", target.facts().df());
    map.put("now", now);
    map.put("exponent", target.facts().exponent());
    map.put("rows", target.foretold().stream().map(ForecastJson::point).toList());
    map.put("floor", point(target.floor()));
    map.put("observed", target.observed().stream().map(ForecastJson::observed).toList());
    map.put("sameLambda", sameLambda(target.sameLambda()));
    Map<String, Object> diagnostic = new LinkedHashMap<>();
    diagnostic.put("logGcvOverCv", target.facts().disagreement());
    diagnostic.put("gcvOverCv", target.facts().ratio());
    diagnostic.put("agrees", target.facts().agrees());
    diagnostic.put("rareRow", target.facts().rare().map(ForecastJson::rare));
    map.put("diagnostic", diagnostic);
    map.put("effectiveRanks", target.facts().ranks().map(ForecastJson::ranks));
    map.put("variance", target.facts().variance().map(ForecastJson::variance));
    map.put("wider", target.wider().map(wider -> wider(wider, target.bottleneck())));
    map.put("neededRows", target.needed().map(ForecastJson::needed));
    Map<String, Object> verdict = new LinkedHashMap<>();
    verdict.put("kind", target.verdict().kind().label());
    verdict.put("sentence", target.verdict().sentence());
    map.put("verdict", verdict);
    return map;
  }

  private static Map<String, Object> point(Foretold point) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", point.rows());
    map.put("mse", point.mse());
    map.put("mseBand", band(point.level()));
    map.put("ratio", point.ratio());
    map.put("ratioBand", band(point.gain()));
    map.put("bound", point.atMost() ? "at-most" : "estimate");
    return map;
  }

  private static List<Double> band(Band band) {
    return List.of(band.low(), band.high());
  }

  private static Map<String, Object> observed(ObservedCurve point) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("folds", point.blocks());
    map.put("rows", point.rows());
    map.put("lambda", point.lambda());
    map.put("mse", point.mse());
    map.put("se", point.standardError());
    return map;
  }

  private static Map<String, Object> rare(RareRow rare) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", rare.column());
    map.put("share", rare.share());
    return map;
  }

  private static Map<String, Object> sameLambda(SameLambda same) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lambda", same.lambda());
    map.put("rises", same.rises());
    List<Map<String, Object>> points = new ArrayList<>();
    for (SameLambda.Point point : same.points()) {
      Map<String, Object> at = new LinkedHashMap<>();
      at.put("rows", point.rows());
      at.put("mse", point.mse());
      points.add(at);
    }
    map.put("points", points);
    return map;
  }

  private static Map<String, Object> ranks(EffectiveRanks ranks) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("r0", ranks.first());
    map.put("R0", ranks.second());
    map.put("kStar", ranks.benignFrom());
    return map;
  }

  private static Map<String, Object> variance(VarianceSplit variance) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", variance.rows());
    map.put("features", variance.features());
    map.put("both", variance.both());
    return map;
  }

  private static Map<String, Object> wider(WiderMaps wider, TargetForecast.Bottleneck bottleneck) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("features", wider.features());
    map.put("used", wider.used());
    map.put("featureLimited", wider.isFeatureLimited());
    map.put("bottleneck", bottleneck.name().toLowerCase(Locale.ROOT));
    List<Map<String, Object>> points = new ArrayList<>();
    for (WiderMaps.Point point : wider.points()) {
      Map<String, Object> at = new LinkedHashMap<>();
      at.put("features", point.features());
      at.put("ratio", point.ratio());
      at.put("bound", "at-most");
      points.add(at);
    }
    map.put("points", points);
    return map;
  }

  private static Map<String, Object> needed(NeededRows needed) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rmse", Math.sqrt(needed.mse()));
    map.put("reachable", needed.isReachable());
    map.put("rows", needed.rows());
    map.put("band", List.of(needed.low(), needed.high()));
    return map;
  }
}
