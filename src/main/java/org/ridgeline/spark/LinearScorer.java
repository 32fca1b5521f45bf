package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.linalg.Check;
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

  private LinearScorer(
      ArrayList<String> targets, Matrix coefficients, Vec intercepts, FeatureMap map) {
    this.targets = targets;
    this.coefficients = coefficients;
    this.intercepts = intercepts;
    this.map = map;
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
    return new LinearScorer(new ArrayList<>(targets), coefficients, intercepts, null);
  }

  /** The names of the targets. */
  public List<String> targets() {
    return List.copyOf(targets);
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
    return new LinearScorer(targets, coefficients, intercepts, other);
  }

  /** d, the number of inputs of a row as it is read. */
  int inputs() {
    return map == null ? coefficients.rows() : map.inputs();
  }

  /** Returns what one thread needs to score. */
  ScoringTask newTask() {
    Optional<ChunkMapper> mapper = Optional.ofNullable(map).map(known -> new ChunkMapper(known));
    return new ScoringTask(coefficients, intercepts, mapper);
  }
}
