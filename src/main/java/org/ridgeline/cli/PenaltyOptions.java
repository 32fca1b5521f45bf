package org.ridgeline.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.FeatureGlobs;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.ridge.Penalty;

/**
 * What lambda multiplies, as asked for by column names; it becomes a penalty when they are known.
 *
 * @param factors the factor of each glob, in order: where several match, the last counts
 * @param prior the run whose model the coefficients are drawn to
 */
record PenaltyOptions(Map<String, Double> factors, Optional<String> prior) {
  PenaltyOptions {
    factors = new LinkedHashMap<>(factors);
  }

  static PenaltyOptions of(Settings settings) {
    Map<String, Double> factors = new LinkedHashMap<>();
    settings.pairs(Setting.PENALTY).forEach((glob, text) -> factors.put(glob, factor(glob, text)));
    return new PenaltyOptions(factors, settings.text(Setting.PRIOR));
  }

  private static double factor(String glob, String text) {
    String rule = "Cannot read --penalty %s=%s: the factor must be a number >= 0";
    try {
      double factor = Double.parseDouble(text.strip());
      Check.that(factor >= 0 && factor < Double.POSITIVE_INFINITY, rule, glob, text);
      return factor;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(String.format(rule, glob, text), e);
    }
  }

  /** Whether anything but plain ridge was asked for. */
  boolean isGiven() {
    return !factors.isEmpty() || prior.isPresent();
  }

  /** The penalty on the features of these columns. */
  Penalty resolve(MomentsSet.Columns columns, RunContext context) {
    Penalty penalty = Penalty.identity();
    List<String> features = columns.features();
    if (!factors.isEmpty()) {
      double[] values = new double[features.size()];
      Arrays.fill(values, 1);
      factors.forEach(
          (glob, factor) ->
              FeatureGlobs.positions("--penalty", glob, features).forEach(j -> values[j] = factor));
      penalty = penalty.withFactors(values);
    }
    return prior.isPresent() ? PriorRun.on(penalty, prior.get(), columns, context) : penalty;
  }
}
