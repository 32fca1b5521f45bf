package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.infer.Intervals;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * A linear model of m targets: {@code prediction = a + B' x}, or {@code a + B' z(x)} with a feature
 * map.
 */
public final class LinearScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> targets;
  private final Matrix coefficients;
  private final Vec intercepts;
  private final FeatureMap map; // null: the inputs themselves are scored
  private final ArrayList<Intervals> intervals; // one for each target, or none
  private final LinearScorer next; // null: no further targets

  private LinearScorer(
      ArrayList<String> targets,
      Matrix coefficients,
      Vec intercepts,
      FeatureMap map,
      ArrayList<Intervals> intervals,
      LinearScorer next) {
    this.targets = targets;
    this.coefficients = coefficients;
    this.intercepts = intercepts;
    this.map = map;
    this.intervals = intervals;
    this.next = next;
  }

  /**
   * Creates a scorer.
   *
   * @param targets the names of the targets
   * @param coefficients d x m
   * @param intercepts one for each target
   */
  public static LinearScorer of(List<String> targets, Matrix coefficients, Vec intercepts) {
    Check.that(
        targets.size() == coefficients.columns() && targets.size() == intercepts.size(),
        "Cannot make a model of %d targets with %d columns of coefficients and %d intercepts",
        targets.size(),
        coefficients.columns(),
        intercepts.size());
    return new LinearScorer(
        new ArrayList<>(targets), coefficients, intercepts, null, new ArrayList<>(), null);
  }

  /** The names of the targets. */
  public List<String> targets() {
    List<String> names = new ArrayList<>(targets);
    if (next != null) {
      names.addAll(next.targets());
    }
    return List.copyOf(names);
  }

  /** Returns the model that scores the targets of {@code other} after its own, each by its map. */
  public LinearScorer followedBy(LinearScorer other) {
    Check.that(
        inputs() == other.inputs() && hasIntervals() == other.hasIntervals(),
        "Cannot score %d and %d inputs together, or only some with intervals",
        inputs(),
        other.inputs());
    LinearScorer rest = next == null ? other : next.followedBy(other);
    return new LinearScorer(targets, coefficients, intercepts, map, intervals, rest);
  }

  /**
   * Returns the model that scores the features of {@code map}: its coefficients are those of the
   * features.
   *
   * @throws IllegalArgumentException when the numbers of features differ
   */
  public LinearScorer withMap(FeatureMap other) {
    Check.that(
        other.outputs() == coefficients.rows(),
        "Cannot score %d features of a map with %d coefficients",
        other.outputs(),
        coefficients.rows());
    return new LinearScorer(targets, coefficients, intercepts, other, intervals, next);
  }

  /**
   * Returns the model that gives intervals, too.
   *
   * @param these of each of its own targets, of the features that it scores
   */
  public LinearScorer withIntervals(List<? extends Intervals> these) {
    Check.that(
        these.size() == targets.size()
            && these.stream().allMatch(known -> known.inputs() == coefficients.rows()),
        "Cannot give intervals of %d targets and %d features by those of %d others",
        targets.size(),
        coefficients.rows(),
        these.size());
    return new LinearScorer(targets, coefficients, intercepts, map, new ArrayList<>(these), next);
  }

  /** Whether rows get intervals. */
  boolean hasIntervals() {
    return !intervals.isEmpty();
  }

  /** d, the number of inputs of a row as it is read. */
  int inputs() {
    return map == null ? coefficients.rows() : map.inputs();
  }

  /** Returns what one thread needs to score. */
  ScoringTask newTask() {
    Optional<ChunkMapper> mapper = Optional.ofNullable(map).map(known -> new ChunkMapper(known));
    Optional<ScoringTask> rest = Optional.ofNullable(next).map(LinearScorer::newTask);
    return new ScoringTask(coefficients, intercepts, mapper, intervals, rest);
  }
}
