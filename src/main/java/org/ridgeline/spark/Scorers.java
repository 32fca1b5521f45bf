package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapDescription;
import org.ridgeline.infer.Intervals;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;

/** The scorers of fitted models. Targets that share a feature map are scored together. */
public final class Scorers {
  private Scorers() {}

  /** Returns the scorer of all targets. */
  public static LinearScorer of(FittedModel fitted) {
    return of(fitted, all(fitted));
  }

  /** Returns the scorer of all targets with intervals. */
  public static LinearScorer of(FittedModel fitted, IntFunction<Intervals> intervals) {
    return of(fitted, all(fitted), Optional.of(intervals));
  }

  /** Returns the scorer of the targets at these positions. */
  public static LinearScorer of(FittedModel fitted, List<Integer> targets) {
    return of(fitted, targets, Optional.empty());
  }

  private static List<Integer> all(FittedModel fitted) {
    return IntStream.range(0, fitted.model().targets().size()).boxed().toList();
  }

  private static LinearScorer of(
      FittedModel fitted, List<Integer> targets, Optional<IntFunction<Intervals>> intervals) {
    Map<MapDescription, FeatureMap> maps = new HashMap<>();
    List<LinearScorer> parts = new ArrayList<>();
    int end;
    for (int from = 0; from < targets.size(); from = end) {
      end = from + 1;
      while (end < targets.size() && sameMap(fitted, targets.get(from), targets.get(end))) {
        end++;
      }
      List<Integer> together = targets.subList(from, end);
      LinearScorer part = part(fitted, together, maps);
      parts.add(
          intervals
              .map(known -> part.withIntervals(together.stream().map(known::apply).toList()))
              .orElse(part));
    }
    return parts.stream().reduce(LinearScorer::followedBy).orElseThrow();
  }

  private static boolean sameMap(FittedModel fitted, int one, int other) {
    return fitted.maps().isEmpty() || fitted.maps().get(one) == fitted.maps().get(other);
  }

  private static LinearScorer part(
      FittedModel fitted, List<Integer> targets, Map<MapDescription, FeatureMap> maps) {
    RidgeModel model = fitted.model();
    Optional<FeatureMap> map =
        fitted.maps().isEmpty()
            ? Optional.empty()
            : Optional.of(maps.computeIfAbsent(fitted.maps().get(targets.get(0)), FeatureMap::of));
    int d = map.map(FeatureMap::outputs).orElse(model.features().size());
    Matrix coefficients = Matrix.zeros(d, targets.size());
    double[] intercepts = new double[targets.size()];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < intercepts.length; i++) {
      int t = targets.get(i);
      coefficients.setColumn(i, Arrays.copyOf(model.coefficients().columnCopy(t), d));
      intercepts[i] = model.intercepts().get(t);
      names.add(model.targets().get(t));
    }
    LinearScorer scorer = LinearScorer.of(names, coefficients, Vec.owning(intercepts));
    return map.map(scorer::withMap).orElse(scorer);
  }
}
