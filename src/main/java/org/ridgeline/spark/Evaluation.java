package org.ridgeline.spark;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well a model predicts.
 *
 * @param targets the figures of each target
 * @param rowsDropped how many invalid rows were left out
 * @param unknownLevels how many rows have levels that the model does not know, by column
 * @param warnings one sentence for each column with invalid values
 */
public record Evaluation(
    List<TargetMetrics> targets,
    long rowsDropped,
    Map<String, Long> unknownLevels,
    List<String> warnings) {
  /** Copies the map and the lists. */
  public Evaluation {
    targets = List.copyOf(targets);
    unknownLevels = Collections.unmodifiableMap(new TreeMap<>(unknownLevels));
    warnings = List.copyOf(warnings);
  }
}
