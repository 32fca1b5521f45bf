package org.ridgeline.spark;

import java.util.List;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.plan.AggregationPlan;

/**
 * The result of the pass over the data.
 *
 * @param mapped the moments of every fold, checked: no fold is empty, no label constant. One for
 *     each feature map, in order; without maps one, of the rows themselves
 * @param rowsDropped how many invalid rows were left out
 * @param warnings one sentence for each column with invalid values
 * @param plan how the moments came together
 * @param partitions in how many partitions the data were read
 * @param passes how often the data were read
 * @param sample of the rows as they were read
 */
public record Collected(
    List<FoldedMoments> mapped,
    long rowsDropped,
    List<String> warnings,
    AggregationPlan plan,
    int partitions,
    int passes,
    SampledRows sample) {
  /** Copies the lists. */
  public Collected {
    mapped = List.copyOf(mapped);
    warnings = List.copyOf(warnings);
  }

  /** The moments of every fold of a run without feature maps. */
  public FoldedMoments moments() {
    return mapped.get(0);
  }
}
