package org.ridgeline.select;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.ridgeline.base.Check;

/**
 * A finished search over map settings and lambdas, with a choice for each target: the setting of
 * the best score ({@link SurfacePoint#score}), and there the lambda by the rule. The one standard
 * error of {@code cv-1se} is that of the best setting, and lambda grows within it.
 *
 * @param points every setting, in order
 * @param choices what each target chose
 * @param nested the errors of the tuned model of each target, its setting chosen anew as well;
 *     empty when they were not measured
 */
public record Surface(List<SurfacePoint> points, List<Choice> choices, List<NestedScores> nested) {
  /** Copies the lists. */
  public Surface {
    nested = List.copyOf(nested);
    points = List.copyOf(points);
    choices = List.copyOf(choices);
  }

  /**
   * The choice of one target.
   *
   * @param setting the position of the chosen setting
   * @param minimum the position of the setting of the smallest {@code cv_mse}, if there were folds
   * @param solved how the chosen model was solved
   * @param folds the fits of every split at the setting, for all its lambdas; empty without splits
   */
  public record Choice(int setting, OptionalInt minimum, SolverReport solved, SplitFits folds) {
    private static Choice of(int setting, OptionalInt minimum, TuningResult tuned, int t) {
      return new Choice(setting, minimum, SolverReport.of(tuned, t), tuned.folds());
    }
  }

  /**
   * Solves one setting after the other. Paths and scores of each are kept; coefficients and folds
   * only of the best setting so far of a target, systems of none.
   *
   * @param settings what to try
   * @param solver tunes the setting of this number
   */
  public static Surface search(List<MapSetting> settings, IntFunction<TuningResult> solver) {
    Check.that(!settings.isEmpty(), "Cannot search a surface: there is no map setting");
    List<SurfacePoint> points = new ArrayList<>();
    List<Choice> choices = new ArrayList<>();
    List<NestedScores> nested = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      TuningResult tuned = solver.apply(i);
      for (int t = 0; t < tuned.nested().size(); t++) {
        if (i == 0) {
          nested.add(tuned.nested().get(t));
        } else {
          nested.set(t, nested.get(t).or(tuned.nested().get(t)));
        }
      }
      points.add(new SurfacePoint(settings.get(i), tuned.targets()));
      for (int t = 0; t < tuned.targets().size(); t++) {
        if (i == 0) {
          choices.add(first(points.get(0), tuned, t));
        } else {
          choices.set(t, better(points, choices.get(t), tuned, t));
        }
      }
      dropCoefficients(points, choices);
    }
    return new Surface(points, choices, nested);
  }

  /**
   * The same choice of settings with other results at them, such as of a finer search for lambda.
   *
   * @param solver tunes the setting of this number; asked once for each that is chosen
   */
  public Surface refined(IntFunction<TuningResult> solver) {
    List<SurfacePoint> finer = new ArrayList<>(points);
    List<Choice> same = new ArrayList<>(choices);
    for (int i : choices.stream().map(Choice::setting).distinct().toList()) {
      TuningResult tuned = solver.apply(i);
      List<TargetTuning> targets = new ArrayList<>(points.get(i).targets());
      for (int t = 0; t < targets.size(); t++) {
        if (choices.get(t).setting() == i) {
          targets.set(t, tuned.target(t));
          same.set(t, Choice.of(i, choices.get(t).minimum(), tuned, t));
        }
      }
      finer.set(i, new SurfacePoint(points.get(i).setting(), targets));
    }
    return new Surface(finer, same, nested);
  }

  private static Choice first(SurfacePoint point, TuningResult tuned, int t) {
    return Choice.of(
        0, point.heldOut(t).isPresent() ? OptionalInt.of(0) : OptionalInt.empty(), tuned, t);
  }

  /** The choice among all points, given that among all but the last. Among equals the earlier. */
  private static Choice better(List<SurfacePoint> points, Choice best, TuningResult tuned, int t) {
    int last = points.size() - 1;
    SurfacePoint point = points.get(last);
    OptionalInt minimum = best.minimum();
    OptionalDouble least =
        minimum.isPresent() ? points.get(minimum.getAsInt()).heldOut(t) : OptionalDouble.empty();
    OptionalDouble held = point.heldOut(t);
    if (held.isPresent() && (least.isEmpty() || held.getAsDouble() < least.getAsDouble())) {
      minimum = OptionalInt.of(last);
    }
    double old = points.get(best.setting()).score(t);
    boolean wins = point.score(t) < old || (Double.isNaN(old) && !Double.isNaN(point.score(t)));
    return wins
        ? Choice.of(last, minimum, tuned, t)
        : new Choice(best.setting(), minimum, best.solved(), best.folds());
  }

  private static void dropCoefficients(List<SurfacePoint> points, List<Choice> choices) {
    for (int i = 0; i < points.size(); i++) {
      List<TargetTuning> kept = new ArrayList<>();
      for (int t = 0; t < choices.size(); t++) {
        TargetTuning target = points.get(i).target(t);
        kept.add(choices.get(t).setting() == i ? target : target.withoutCoefficients());
      }
      points.set(i, new SurfacePoint(points.get(i).setting(), kept));
    }
  }

  /** The point that target {@code t} chose. */
  public SurfacePoint chosen(int t) {
    return points.get(choices.get(t).setting());
  }

  /** The chosen model of each target, with its path. */
  public List<TargetTuning> targets() {
    List<TargetTuning> targets = new ArrayList<>();
    for (int t = 0; t < choices.size(); t++) {
      targets.add(chosen(t).target(t));
    }
    return targets;
  }
}
