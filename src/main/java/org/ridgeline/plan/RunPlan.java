package org.ridgeline.plan;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ridgeline.base.Remedy;

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
 * @param seconds how long it takes, where that was asked for and the number of rows can be told
 * @param solverThreads how many systems the driver solves at once
 * @param aggregation how the moments come together
 * @param fits whether everything fits
 * @param advice what would make it fit; empty when it fits
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
    List<Remedy> advice) {
  /** Copies the list. */
  public RunPlan {
    advice = List.copyOf(advice);
  }

  /** Returns the same with a predicted time. */
  RunPlan withSeconds(OptionalDouble expected) {
    return new RunPlan(
        n,
        d,
        width,
        passes,
        driverBytes,
        executorBytesPerTask,
        resultBytes,
        expected,
        solverThreads,
        aggregation,
        fits,
        advice);
  }

  /** Returns the plan of a run that fits, in a line. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "Planned: %d pass%s%s; %s on the driver, %s for a task, %s of results",
        passes,
        passes == 1 ? "" : "es",
        seconds.isPresent()
            ? " and about " + Amounts.seconds(seconds.getAsDouble()) + " from here"
            : "",
        Amounts.bytes(driverBytes),
        Amounts.bytes(executorBytesPerTask),
        Amounts.bytes(resultBytes));
  }
}
