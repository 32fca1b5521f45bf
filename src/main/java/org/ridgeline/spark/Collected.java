package org.ridgeline.spark;

import java.util.List;
import org.ridgeline.moments.FoldedMoments;

/**
 * What the pass over the data brings back.
 *
 * @param moments the moments of every fold, checked: no fold is empty, no label constant
 * @param rowsDropped how many invalid rows were left out
 * @param warnings one sentence for each column with invalid values
 * @param plan how the moments came together
 * @param partitions in how many partitions the data were read
 */
public record Collected(
    FoldedMoments moments,
    long rowsDropped,
    List<String> warnings,
    AggregationPlan plan,
    int partitions) {
  /** Copies the list. */
  public Collected {
    warnings = List.copyOf(warnings);
  }
}
