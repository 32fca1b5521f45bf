package org.ridgeline.plan;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a run will cost, and whether it fits.
 *
 * @param n the number of rows, where it is known
 * @param d the number of features
 * @param width D, the number of features of a map, where there is one
 * @param passes how often the data are read
 * @param driverBytes the most that the driver's arrays take at once
 * @param executorBytesPerTask the most that one task's arrays take
 * @param resultBytes what the tasks of the pass send to the driver
 * @param seconds how long it takes, where that was asked for
 * @param solverThreads how many systems the driver solves at once
 * @param aggregation how the moments come together
 * @param fits whether everything fits
 * @param advice the flags that would make it fit; empty when it fits
 */
public record RunPlan(
    OptionalLong n,
    int d,
    OptionalInt width,
    int passes,
    long driverBytes,
    long executorBytesPerTask,
    long resultBytes,
    OptionalDouble seconds,
    int solverThreads,
    AggregationPlan aggregation,
    boolean fits,
    List<String> advice) {
  /** Copies the list. */
  public RunPlan {
    advice = List.copyOf(advice);
  }

  /** The same, taking so long. */
  RunPlan withSeconds(double expected) {
    return new RunPlan(
        n,
        d,
        width,
        passes,
        driverBytes,
        executorBytesPerTask,
        resultBytes,
        OptionalDouble.of(expected),
        solverThreads,
        aggregation,
        fits,
        advice);
  }
}
