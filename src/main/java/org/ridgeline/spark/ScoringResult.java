package org.ridgeline.spark;

import java.util.List;

/**
 * The result of writing predictions.
 *
 * @param rowsDropped how many invalid rows were left out
 * @param warnings one sentence for each column with invalid values
 */
public record ScoringResult(long rowsDropped, List<String> warnings) {
  /** Copies the list. */
  public ScoringResult {
    warnings = List.copyOf(warnings);
  }
}
