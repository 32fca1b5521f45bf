package org.ridgeline.spark;

import java.util.List;

/**
 * How well a model predicts.
 *
 * @param targets the figures of each target
 * @param rowsDropped how many invalid rows were left out
 * @param warnings one sentence for each column with invalid values
 */
public record Evaluation(List<TargetMetrics> targets, long rowsDropped, List<String> warnings) {
  /** Copies the lists. */
  public Evaluation {
    targets = List.copyOf(targets);
    warnings = List.copyOf(warnings);
  }
}
