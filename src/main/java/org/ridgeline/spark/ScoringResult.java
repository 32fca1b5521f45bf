package org.ridgeline.spark;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of writing predictions.
 *
 * @param rowsDropped how many invalid rows were left out
 * @param unknownLevels how many rows have levels that the model does not know, by column
 * @param warnings one sentence for each column with invalid values
 */
public record ScoringResult(
    long rowsDropped, Map<String, Long> unknownLevels, List<String> warnings) {
  /** Copies the map and the list. */
  public ScoringResult {
    unknownLevels = Collections.unmodifiableMap(new TreeMap<>(unknownLevels));
    warnings = List.copyOf(warnings);
  }
}
