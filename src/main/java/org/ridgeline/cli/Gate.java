package org.ridgeline.cli;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ridgeline.base.Check;
import org.ridgeline.base.Names;
import org.ridgeline.report.TargetResult;

/**
 * A condition on a metric under which a finished run counts as failed, such as {@code r2<0.3}.
 *
 * @param metric the metric's name
 * @param comparison {@code <}, {@code <=}, {@code >} or {@code >=}
 * @param limit what it is compared with
 */
record Gate(String metric, String comparison, double limit) {
  private static final Pattern FORM =
      Pattern.compile("\\s*(\\w+)\\s*(<=|>=|<|>)\\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*");

  /**
   * Reads a condition.
   *
   * @param metrics the metrics that the command will have
   */
  static Gate parse(String text, Set<String> metrics) {
    Matcher form = FORM.matcher(text);
    Check.that(
        form.matches() && form.group(3).matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE].*)?"),
        "Cannot read --fail-if '%s': write a metric, then <, <=, > or >=, then a number, such as"
            + " r2<0.3",
        text);
    Check.that(
        metrics.contains(form.group(1)) || !metrics.contains("train_" + form.group(1)),
        "Cannot test '%s' in --fail-if: it is of rows held out, and this run holds none out; use"
            + " tune, give --folds, or test train_%s",
        form.group(1),
        form.group(1));
    Check.that(
        metrics.contains(form.group(1)) || !isNested(form.group(1), metrics),
        "Cannot test '%s' in --fail-if: it needs --nested",
        form.group(1));
    Check.that(
        metrics.contains(form.group(1)),
        "Cannot test '%s' in --fail-if: this run has %s%s",
        form.group(1),
        String.join(", ", metrics),
        Names.nearest(metrics, form.group(1))
            .map(near -> "; did you mean " + near + "?")
            .orElse(""));
    return new Gate(form.group(1), form.group(2), Double.parseDouble(form.group(3)));
  }

  /** Whether the metric is one that training has with {@code --nested} alone. */
  private static boolean isNested(String metric, Set<String> metrics) {
    Set<String> folded = TargetResult.metricNames(true, false);
    return metrics.containsAll(TargetResult.metricNames(false, false))
        && !folded.contains(metric)
        && TargetResult.metricNames(true, true).contains(metric);
  }

  /**
   * Returns why the gate closes, for the first target that closes it; a metric that is NaN does.
   */
  Optional<String> closes(Map<String, Map<String, Double>> metricsOfTargets) {
    DoublePredicate holds =
        switch (comparison) {
          case "<" -> value -> !(value >= limit);
          case "<=" -> value -> !(value > limit);
          case ">" -> value -> !(value <= limit);
          default -> value -> !(value < limit);
        };
    for (Map.Entry<String, Map<String, Double>> target : metricsOfTargets.entrySet()) {
      double value = target.getValue().get(metric);
      if (holds.test(value)) {
        return Optional.of(
            "The quality gate is missed: "
                + metric
                + " of "
                + target.getKey()
                + " is "
                + value
                + ", and --fail-if says "
                + metric
                + comparison
                + limit);
      }
    }
    return Optional.empty();
  }
}
