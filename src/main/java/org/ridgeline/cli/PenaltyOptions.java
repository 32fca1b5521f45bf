package org.ridgeline.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ridgeline.linalg.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.report.SavedModel;
import org.ridgeline.report.SavedMoments;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.spark.DataException;
import org.ridgeline.spark.FeatureGlobs;
import org.ridgeline.spark.Names;

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
  Penalty resolve(SavedMoments.Columns columns, RunContext context) {
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
    if (prior.isPresent()) {
      SavedModel saved = ModelRun.read(context, prior.get());
      penalty = penalty.withPriorMean(mean(saved.model(), columns, prior.get()));
    }
    return penalty;
  }

  /** The earlier coefficients by name, 0 for new features. */
  private static Matrix mean(RidgeModel earlier, SavedMoments.Columns columns, String run) {
    List<String> features = columns.features();
    Set<String> known = new HashSet<>(features);
    for (String name : earlier.features()) {
      if (!known.contains(name)) {
        throw new DataException(
            "--prior: the model of "
                + run
                + " has a feature "
                + Names.quoted(name)
                + ", which this run has not; "
                + Names.suggestion(features, name));
      }
    }
    Matrix mean = Matrix.zeros(features.size(), columns.labels().size());
    for (int t = 0; t < columns.labels().size(); t++) {
      int from = target(earlier, columns, t, run);
      for (int j = 0; j < features.size(); j++) {
        int at = earlier.features().indexOf(features.get(j));
        mean.set(j, t, at < 0 ? 0 : earlier.coefficients().get(at, from));
      }
    }
    return mean;
  }

  /** The earlier target of the same name; of single targets, the other one. */
  private static int target(RidgeModel earlier, SavedMoments.Columns columns, int t, String run) {
    String name = columns.labels().get(t);
    int at = earlier.targets().indexOf(name);
    if (at < 0 && earlier.targets().size() == 1 && columns.labels().size() == 1) {
      return 0;
    }
    if (at < 0) {
      throw new DataException(
          "--prior: the model of "
              + run
              + " does not predict "
              + Names.quoted(name)
              + " but "
              + Names.listed(earlier.targets(), 10));
    }
    return at;
  }
}
