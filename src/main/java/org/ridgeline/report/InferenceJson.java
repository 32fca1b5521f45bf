package org.ridgeline.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.infer.Collinearity;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.select.Choices;
import org.ridgeline.select.LeaveOneOut;

/** The parts of {@code report.json} about the choice of lambda and the certainty of a model. */
final class InferenceJson {
  /** How many posterior deviations a credible interval reaches to each side. */
  static final String QUANTILE = "credibleQuantile";

  private InferenceJson() {}

  /** Returns the lambda of every rule. */
  static Map<String, Object> choices(TargetResult target) {
    Map<String, Object> map = new LinkedHashMap<>();
    Choices.of(target.tuned()).lambdas().forEach((rule, lambda) -> map.put(rule.label(), lambda));
    return map;
  }

  /** Returns what leaving rows out says of the chosen model. */
  static Map<String, Object> loo(LeaveOneOut loo, int chosen) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mse", loo.meanSquare().get(chosen));
    map.put("maxLeverage", loo.maxLeverage().get(chosen));
    map.put("highLeverageRows", Math.round(loo.highLeverage().get(chosen)));
    return map;
  }

  /** Variances and equivalents of lambda; per feature in the order of {@code data.features}. */
  static Map<String, Object> of(Inference inference, TargetResult target) {
    Vec coefficients = target.tuned().coefficients();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sigma2Sampling", inference.samplingVariance());
    map.put("sigma2Posterior", inference.posteriorVariance());
    map.put("priorVariance", inference.priorVariance());
    map.put("inputNoiseVariance", inference.inputNoise());
    map.put("gradientFlowTime", inference.stoppingTime());
    map.put("keptShare", target.kept());
    map.put("keptShareByEvidence", target.keptByEvidence());
    map.put("credibleLevel", Inference.LEVEL);
    map.put(QUANTILE, inference.quantile());
    map.put("credibleLower", bound(inference, coefficients, -inference.quantile()));
    map.put("credibleUpper", bound(inference, coefficients, inference.quantile()));
    map.put("dfPerFeature", inference.featureDf());
    return map;
  }

  private static Vec bound(Inference inference, Vec coefficients, double deviations) {
    double[] bounds = new double[coefficients.size()];
    for (int j = 0; j < bounds.length; j++) {
      double sd = inference.errors().posteriorSd().get(j);
      bounds[j] = coefficients.get(j) + deviations * sd;
    }
    return Vec.owning(bounds);
  }

  /** Writes infinite values as text, since JSON has no number for them. */
  static Map<String, Object> collinearity(Collinearity collinearity) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("conditionNumber", number(collinearity.conditionNumber()));
    map.put("vif", numbers(collinearity.vif()));
    return map;
  }

  private static List<Object> numbers(Vec values) {
    return Arrays.stream(values.toArray()).mapToObj(InferenceJson::number).toList();
  }

  private static Object number(double value) {
    return value == Double.POSITIVE_INFINITY ? "Infinity" : (Object) value;
  }
}
