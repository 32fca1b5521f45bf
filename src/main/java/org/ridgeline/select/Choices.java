package org.ridgeline.select;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.ridgeline.linalg.Vec;

/**
 * The lambda that each rule would choose for one target, of those that are shown.
 *
 * @param lambdas the lambda of each rule that could be computed, in the order of {@link Rule}
 */
public record Choices(Map<Rule, Double> lambdas) {
  /** Copies the map. */
  public Choices {
    Map<Rule, Double> copy = new EnumMap<>(Rule.class);
    copy.putAll(lambdas);
    lambdas = Collections.unmodifiableMap(copy);
  }

  /** Applies every rule to a target. */
  public static Choices of(TargetTuning target) {
    Map<Rule, Double> lambdas = new EnumMap<>(Rule.class);
    put(lambdas, Rule.CV_MIN, target, target.selection().minimum());
    put(lambdas, Rule.CV_1SE, target, target.selection().oneStandardError());
    for (Rule rule : new Rule[] {Rule.GCV, Rule.EVIDENCE, Rule.AIC, Rule.BIC, Rule.SURE}) {
      put(lambdas, rule, target, best(target, target.criteria().scores(rule)));
    }
    target
        .leaveOneOut()
        .ifPresent(loo -> put(lambdas, Rule.LOO, target, best(target, loo.meanSquare())));
    return new Choices(lambdas);
  }

  private static OptionalInt best(TargetTuning target, Vec scores) {
    int best = target.grid().best(scores.toArray());
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  private static void put(
      Map<Rule, Double> lambdas, Rule rule, TargetTuning target, OptionalInt chosen) {
    chosen.ifPresent(l -> lambdas.put(rule, target.grid().lambdas().get(l)));
  }

  /**
   * Returns, of the rules other than {@link Rule#CV_1SE}, which is larger by design, those whose
   * fold error exceeds the smallest by more than the standard error there, with that error; none
   * where there are no folds.
   *
   * @param target whose rules
   * @param best the tuning of the smallest fold error: the same, or at another map setting
   */
  public static Map<Rule, Double> costly(TargetTuning target, TargetTuning best) {
    Map<Rule, Double> costly = new EnumMap<>(Rule.class);
    if (best.selection().minimum().isPresent()) {
      int minimum = best.selection().minimum().getAsInt();
      FoldScores smallest = best.scores().orElseThrow();
      double limit = smallest.mean(minimum) + smallest.standardError(minimum);
      FoldScores scores = target.scores().orElseThrow();
      of(target)
          .lambdas()
          .forEach(
              (rule, lambda) -> {
                double error = scores.mean(position(target, lambda));
                if (rule != Rule.CV_1SE && error > limit) {
                  costly.put(rule, error);
                }
              });
    }
    return costly;
  }

  private static int position(TargetTuning target, double lambda) {
    int l = target.grid().from();
    while (target.grid().lambdas().get(l) != lambda) {
      l++;
    }
    return l;
  }
}
