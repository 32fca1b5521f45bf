package org.ridgeline.spark;

import java.util.List;

/**
 * What writing predictions brought.
 *
 * @param rowsDropped how many invalid rows were left out
 * @param warnings one sentence for each column with invalid values
 */
public record Scored(long rowsDropped, List<String> warnings) {
  /** Copies the list. */
  public Scored {
    warnings = List.copyOf(warnings);
  }
}
