package org.ridgeline.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.base.Option;
import org.ridgeline.base.UsageException;
import org.ridgeline.dataset.FeatureGlobs;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.ridge.Penalty;

/**
 * What lambda multiplies, as asked for by column names; it becomes a penalty when they are known.
 *
 * @param factors the factor of each glob, in order: where several match, the last counts
 * @param prior the run whose model the coefficients are drawn to
 */
public record PenaltySpec(Map<String, Double> factors, Optional<StoredRun> prior) {
  /** Copies the map. */
  public PenaltySpec {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
  }

  /** Returns plain ridge. */
  public static PenaltySpec none() {
    return new PenaltySpec(Map.of(), Optional.empty());
  }

  /**
   * Returns a penalty by names.
   *
   * @param pairs each {@code GLOB=FACTOR}; names may have equals signs, so the last one counts
   */
  public static PenaltySpec of(List<String> pairs, Optional<StoredRun> prior) {
    Map<String, Double> factors = new LinkedHashMap<>();
    for (String pair : pairs) {
      int at = pair.lastIndexOf('=');
      Check.that(at > 0, "Cannot read the penalty '%s': it must be GLOB=FACTOR", pair);
      factors.put(
          pair.substring(0, at).strip(), factor(pair.substring(0, at), pair.substring(at + 1)));
    }
    return new PenaltySpec(factors, prior);
  }

  private static double factor(String glob, String text) {
    String rule = "Cannot read the penalty %s=%s: the factor must be a number >= 0";
    try {
      double factor = Double.parseDouble(text.strip());
      Check.that(factor >= 0 && factor < Double.POSITIVE_INFINITY, rule, glob, text);
      return factor;
    } catch (NumberFormatException e) {
      throw new UsageException(String.format(rule, glob, text), e);
    }
  }

  /** Whether anything but plain ridge was asked for. */
  public boolean isGiven() {
    return !factors.isEmpty() || prior.isPresent();
  }

  /** Returns the penalty on the features of these columns. */
  Penalty resolve(MomentsSet.Columns columns, Journal journal) {
    Penalty penalty = Penalty.identity();
    List<String> features = columns.features();
    if (!factors.isEmpty()) {
      double[] values = new double[features.size()];
      Arrays.fill(values, 1);
      factors.forEach(
          (glob, factor) ->
              FeatureGlobs.positions(Option.PENALTY, glob, features)
                  .forEach(j -> values[j] = factor));
      penalty = penalty.withFactors(values);
    }
    return prior.isPresent() ? RunPrior.on(penalty, prior.get(), columns, journal) : penalty;
  }
}
