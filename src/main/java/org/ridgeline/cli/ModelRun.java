package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapDescription;
import org.ridgeline.infer.Intervals;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.report.ModelJson;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.spark.LinearScorer;
import org.ridgeline.spark.UnseenLevel;
import org.ridgeline.store.RunStore;

/** The model of a finished run. */
final class ModelRun {
  private ModelRun() {}

  /**
   * Reads {@code --model}.
   *
   * @throws DataException when it is not there or not sound
   */
  static FittedModel read(RunContext context) {
    return read(context, context.settings().required(Setting.MODEL));
  }

  /**
   * Reads the model of a run.
   *
   * @throws DataException when it is not there or not sound
   */
  static FittedModel read(RunContext context, String directory) {
    byte[] json = RunStore.read(directory, "model.json", context.hadoop());
    try {
      return ModelJson.read(json, name -> RunStore.read(directory, plain(name), context.hadoop()));
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + " (model.json in " + directory + ")", e);
    }
  }

  /** A name of ours, so that a model cannot make us read anything else. */
  private static String plain(String name) {
    Check.that(
        name.matches("[A-Za-z][A-Za-z0-9-]*[.]csv"),
        "Cannot use the model: its 'weightsFile' must be a CSV file beside it, was '%s'",
        name);
    return name;
  }

  /** The model of all targets. */
  static LinearScorer scorer(FittedModel saved) {
    return scorer(saved, all(saved));
  }

  /** The model of all targets with intervals. */
  static LinearScorer scorer(FittedModel saved, IntFunction<Intervals> intervals) {
    return scorer(saved, all(saved), Optional.of(intervals));
  }

  private static List<Integer> all(FittedModel saved) {
    return IntStream.range(0, saved.model().targets().size()).boxed().toList();
  }

  /** The model of the targets at these positions; those that share a map are scored together. */
  static LinearScorer scorer(FittedModel saved, List<Integer> targets) {
    return scorer(saved, targets, Optional.empty());
  }

  private static LinearScorer scorer(
      FittedModel saved, List<Integer> targets, Optional<IntFunction<Intervals>> intervals) {
    Map<MapDescription, FeatureMap> maps = new HashMap<>();
    List<LinearScorer> parts = new ArrayList<>();
    int end;
    for (int from = 0; from < targets.size(); from = end) {
      end = from + 1;
      while (end < targets.size() && sameMap(saved, targets.get(from), targets.get(end))) {
        end++;
      }
      List<Integer> together = targets.subList(from, end);
      LinearScorer part = part(saved, together, maps);
      parts.add(
          intervals
              .map(known -> part.withIntervals(together.stream().map(known::apply).toList()))
              .orElse(part));
    }
    return parts.stream().reduce(LinearScorer::followedBy).orElseThrow();
  }

  private static boolean sameMap(FittedModel saved, int one, int other) {
    return saved.maps().isEmpty() || saved.maps().get(one) == saved.maps().get(other);
  }

  private static LinearScorer part(
      FittedModel saved, List<Integer> targets, Map<MapDescription, FeatureMap> maps) {
    RidgeModel model = saved.model();
    Optional<FeatureMap> map =
        saved.maps().isEmpty()
            ? Optional.empty()
            : Optional.of(maps.computeIfAbsent(saved.maps().get(targets.get(0)), FeatureMap::of));
    int d = map.map(FeatureMap::outputs).orElse(model.features().size());
    Matrix coefficients = Matrix.zeros(d, targets.size());
    double[] intercepts = new double[targets.size()];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < intercepts.length; i++) {
      int t = targets.get(i);
      System.arraycopy(model.coefficients().columnCopy(t), 0, coefficients.data(), i * d, d);
      intercepts[i] = model.intercepts().get(t);
      names.add(model.targets().get(t));
    }
    LinearScorer scorer = LinearScorer.of(names, coefficients, Vec.owning(intercepts));
    return map.map(scorer::withMap).orElse(scorer);
  }

  /** What {@code --unseen} says. */
  static UnseenLevel unseen(Settings settings) {
    String word = settings.choice(Setting.UNSEEN, List.of("error", "zero"));
    return word.equals("zero") ? UnseenLevel.ZERO : UnseenLevel.ERROR;
  }
}
