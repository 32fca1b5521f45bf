package org.ridgeline.spark;

import java.util.Collections;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Predicate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.ridgeline.natives.NativeLibraries;
import org.ridgeline.plan.Workload;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * The data as chunks of numbers, opened once: column batches straight from the scan where it has
 * them, Spark's internal rows otherwise. A task reads several splits, one after the other. Nothing
 * runs before an action on what {@link #map} returns.
 */
final class RowSource {
  private static final int MOST_GENERATED = 1_000;

  private final JavaRDD<ColumnarBatch> batches; // null when rows are used
  private final JavaRDD<InternalRow> rows;
  private final Design design;
  private final int tasks;
  private final int[] ordinals;
  private final Expression filter;
  private final Seq<Attribute> filterInput;

  private RowSource(Design design, IntUnaryOperator tasks, ColumnarScan scan) {
    this.design = design;
    this.batches = scan.scan().executeColumnar().toJavaRDD();
    this.rows = null;
    this.tasks = tasks.applyAsInt(splits());
    this.ordinals = scan.ordinals();
    this.filter = scan.filter().orElse(null);
    this.filterInput = scan.scan().output().toSeq();
  }

  private RowSource(Design design, IntUnaryOperator tasks, QueryExecution query) {
    this.design = design;
    this.batches = null;
    this.rows = query.toRdd().toJavaRDD();
    this.tasks = tasks.applyAsInt(splits());
    this.ordinals = IntStream.range(0, design.columns().size()).toArray();
    this.filter = null;
    this.filterInput = null;
  }

  /** How a source may read. */
  enum Access {
    /** Column batches where there are any. */
    FASTEST,
    /** Rows always: what the fast way is tested against. */
    ROWS
  }

  /** Opens the columns of {@code design}. */
  static RowSource of(org.apache.spark.sql.Dataset<Row> rows, Design design) {
    return of(rows, design, Access.FASTEST);
  }

  static RowSource of(org.apache.spark.sql.Dataset<Row> rows, Design design, Access access) {
    Dataset<Row> selected = SelectedRows.of(rows, design.columns());
    return readSettings(rows, design, access).during(() -> open(selected, design, access));
  }

  private static RowSource open(Dataset<Row> rows, Design design, Access access) {
    QueryExecution query = rows.queryExecution();
    Optional<ColumnarScan> scan =
        access == Access.ROWS ? Optional.empty() : ColumnarScan.find(query.executedPlan());
    int slots = ConfiguredMachine.of(rows.sparkSession()).slots();
    long bytes = InputSplits.bytes(query.analyzed());
    int folds = design.knownFolds().orElse(Workload.GUESSED_FOLDS);
    IntUnaryOperator tasks =
        splits -> InputSplits.tasks(splits, bytes, design.width(), folds, slots);
    return scan.isPresent()
        ? new RowSource(design, tasks, scan.get())
        : new RowSource(design, tasks, query);
  }

  /**
   * The settings under which a plan is made: splits by size alone, and the vectorized reader for
   * any number of columns, which Spark turns off above {@code spark.sql.codegen.maxFields}.
   * Parquet's vectored reads fetch in other threads, whose bytes Spark's metrics miss; on a local
   * disk they gain nothing, so there they are off.
   *
   * <p>Rows, of text or that Spark makes of batches, pass through code that it generates for each
   * column, whose compilation takes memory with the square of their number: 10,000 columns do not
   * fit in 3 GB. Above {@link #MOST_GENERATED} it generates none.
   */
  static ConfScope readSettings(
      org.apache.spark.sql.Dataset<Row> rows, Design design, Access access) {
    ConfScope scope = ConfScope.on(rows.sparkSession());
    boolean areBatches = access == Access.FASTEST && !InputSplits.isText(rows);
    boolean isGenerated = areBatches || rows.columns().length <= MOST_GENERATED;
    scope.with(
        "spark.sql.codegen.maxFields",
        Integer.toString(isGenerated ? Integer.MAX_VALUE : MOST_GENERATED));
    LogicalPlan plan = SelectedRows.classic(rows).queryExecution().analyzed();
    if (InputSplits.isLocal(plan)) {
      scope.withDefault("parquet.hadoop.vectored.io.enabled", "false");
    }
    long bytes = InputSplits.bytes(plan);
    if (bytes > 0) {
      int count = InputSplits.count(bytes, design.width(), design.knownFolds().orElse(1));
      scope.withDefault(InputSplits.SETTING, Integer.toString(count));
    }
    return scope;
  }

  /** Whether column batches are read. */
  boolean isColumnar() {
    return batches != null;
  }

  /** Where the data are read. */
  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(isColumnar() ? batches.context() : rows.context());
  }

  /** The number of splits. */
  int splits() {
    return isColumnar() ? batches.getNumPartitions() : rows.getNumPartitions();
  }

  /** The number of tasks that read them. */
  int tasks() {
    return tasks;
  }

  /** Runs {@code task} on the chunks of the splits of each task. */
  <T> JavaRDD<T> map(ChunkTask<T> task) {
    Design columns = design;
    int[] positions = ordinals;
    Expression condition = filter;
    Seq<Attribute> input = filterInput;
    if (isColumnar()) {
      return grouped(batches)
          .mapPartitionsWithIndex(
              (number, splits) -> {
                NativeLibraries.install();
                BasePredicate predicate =
                    condition == null ? null : Predicate.create(condition, input);
                return task.run(number, new BatchChunks(columns, positions, predicate, splits));
              },
              true);
    }
    return grouped(rows)
        .mapPartitionsWithIndex(
            (number, splits) -> {
              NativeLibraries.install();
              return task.run(number, new RowChunks(columns, positions, splits));
            },
            true);
  }

  private <T> JavaRDD<Split<T>> grouped(JavaRDD<T> source) {
    JavaRDD<Split<T>> splits =
        source.mapPartitionsWithIndex(
            (number, elements) -> Collections.singleton(new Split<>(number, elements)).iterator(),
            true);
    if (tasks == splits.getNumPartitions()) {
      return splits;
    }
    return JavaRDD.fromRDD(
        splits.rdd().coalesce(tasks, false, Option.apply(new SplitGroups()), null),
        splits.classTag());
  }
}
