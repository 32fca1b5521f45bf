package org.ridgeline.spark;

import java.util.Optional;
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
import scala.collection.immutable.Seq;

/**
 * The data as chunks of numbers, opened once: column batches straight from the scan where it has
 * them, Spark's internal rows otherwise. Nothing runs before an action on what {@link #map}
 * returns.
 */
final class RowSource {
  private final JavaRDD<ColumnarBatch> batches; // null when rows are used
  private final JavaRDD<InternalRow> rows;
  private final Design design;
  private final int[] ordinals;
  private final Expression filter;
  private final Seq<Attribute> filterInput;

  private RowSource(Design design, ColumnarScan scan) {
    this.design = design;
    this.batches = scan.scan().executeColumnar().toJavaRDD();
    this.rows = null;
    this.ordinals = scan.ordinals();
    this.filter = scan.filter().orElse(null);
    this.filterInput = scan.scan().output().toSeq();
  }

  private RowSource(Design design, QueryExecution query) {
    this.design = design;
    this.batches = null;
    this.rows = query.toRdd().toJavaRDD();
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
    return readSettings(rows, design).during(() -> open(selected.queryExecution(), design, access));
  }

  private static RowSource open(QueryExecution query, Design design, Access access) {
    Optional<ColumnarScan> scan =
        access == Access.ROWS ? Optional.empty() : ColumnarScan.find(query.executedPlan());
    return scan.isPresent() ? new RowSource(design, scan.get()) : new RowSource(design, query);
  }

  /**
   * The settings under which a plan is made: splits by size alone, and the vectorized reader for
   * any number of columns, which Spark turns off above {@code spark.sql.codegen.maxFields}.
   * Parquet's vectored reads fetch in other threads, whose bytes Spark's metrics miss; on a local
   * disk they gain nothing, so there they are off.
   */
  static ConfScope readSettings(org.apache.spark.sql.Dataset<Row> rows, Design design) {
    ConfScope scope = ConfScope.on(rows.sparkSession());
    scope.with("spark.sql.codegen.maxFields", Integer.toString(Integer.MAX_VALUE));
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

  /** The number of partitions. */
  int partitions() {
    return isColumnar() ? batches.getNumPartitions() : rows.getNumPartitions();
  }

  /** Runs {@code task} on the chunks of each partition. */
  <T> JavaRDD<T> map(ChunkTask<T> task) {
    Design columns = design;
    int[] positions = ordinals;
    Expression condition = filter;
    Seq<Attribute> input = filterInput;
    if (isColumnar()) {
      return batches.mapPartitionsWithIndex(
          (partition, iterator) -> {
            NativeLibraries.install();
            BasePredicate predicate = condition == null ? null : Predicate.create(condition, input);
            return task.run(
                partition, new BatchChunks(columns, positions, predicate, partition, iterator));
          },
          true);
    }
    return rows.mapPartitionsWithIndex(
        (partition, iterator) -> {
          NativeLibraries.install();
          return task.run(partition, new RowChunks(columns, positions, partition, iterator));
        },
        true);
  }
}
