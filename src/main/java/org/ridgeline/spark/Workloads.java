package org.ridgeline.spark;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.ridgeline.plan.Workload;

/**
 * The {@link Workload} of a pass over rows, from their files and schema; of the rows nothing is
 * read.
 */
public final class Workloads {
  private Workloads() {}

  /** Returns the size of a run over these rows with so many lambdas. */
  public static Workload of(Dataset<Row> rows, Design design, int lambdas) {
    int folds = design.knownFolds().orElse(Workload.GUESSED_FOLDS);
    LogicalPlan plan = SelectedRows.classic(rows).queryExecution().analyzed();
    long bytes = InputSplits.bytes(plan);
    int slots = ConfiguredMachine.of(rows.sparkSession()).slots();
    int splits = bytes > 0 ? InputSplits.count(bytes, design.width(), folds) : Integer.MAX_VALUE;
    int tasks = InputSplits.tasks(splits, bytes, design.width(), folds, slots);
    return new Workload(
        OptionalLong.empty(),
        design.inputs(),
        design.targets(),
        folds,
        lambdas,
        tasks,
        Optional.empty(),
        new Workload.Reading(bytes, RowEstimate.of(plan), InputSplits.isText(rows)),
        Workload.Extras.NONE);
  }
}
