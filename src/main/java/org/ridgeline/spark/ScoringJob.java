package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.natives.NativeLibraries;

/**
 * Predictions for new rows: their own columns, then {@code prediction}, or {@code prediction_NAME}
 * for each of several targets, with intervals also {@code .._lower} and {@code .._upper}. One pass;
 * rows keep their order within a partition.
 */
public final class ScoringJob {
  private final Design design;
  private final OnInvalid onInvalid;

  private ScoringJob(Design design, OnInvalid onInvalid) {
    this.design = design;
    this.onInvalid = onInvalid;
  }

  /** Where a task finds the model: in its closure, or once in each executor. */
  private interface ScorerSource extends Serializable {
    LinearScorer scorer();
  }

  /** What happens to a task's tally. */
  private interface TallySink extends Consumer<InvalidTally>, Serializable {}

  /** A pass that reads by {@code design}, which needs no labels. */
  public static ScoringJob of(Design design, OnInvalid onInvalid) {
    return new ScoringJob(design, onInvalid);
  }

  /**
   * The scored rows, not computed yet. Invalid rows are left out, or make the action fail with a
   * {@link DataException} as the cause.
   */
  public Dataset<Row> score(Dataset<Row> rows, LinearScorer scorer) {
    TallySink sink = onInvalid == OnInvalid.ERROR ? InvalidTally::throwIfAny : tally -> {};
    return scored(rows, scorer, () -> scorer, sink);
  }

  /**
   * Writes the scored rows to a new directory.
   *
   * @throws DataException when there are invalid rows and they are errors: what was written is then
   *     incomplete, and the caller must discard it
   */
  public ScoringResult write(
      Dataset<Row> rows,
      LinearScorer scorer,
      String directory,
      OutputFormat format,
      PassMeter meter) {
    CollectionAccumulator<InvalidTally> tallies =
        rows.sparkSession().sparkContext().collectionAccumulator("invalid rows");
    TallySink sink = tallies::add;
    Broadcast<LinearScorer> sent =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()).broadcast(scorer);
    try {
      Dataset<Row> scored = scored(rows, scorer, sent::value, sink);
      meter.dataPass("predictions", () -> save(scored, directory, format));
    } finally {
      sent.destroy();
    }
    List<InvalidTally> sorted = new ArrayList<>(tallies.value());
    sorted.sort(Comparator.comparingInt(InvalidTally::partition));
    InvalidTally invalid = new InvalidTally();
    sorted.forEach(invalid::merge);
    if (onInvalid == OnInvalid.ERROR) {
      invalid.throwIfAny();
    }
    return new ScoringResult(invalid.rows(), invalid.unknownLevels(), invalid.warnings());
  }

  private static Void save(Dataset<Row> scored, String directory, OutputFormat format) {
    return SparkCall.write(
        "cannot write the predictions as " + format.sparkName(),
        () -> {
          scored
              .write()
              .mode(SaveMode.ErrorIfExists)
              .option("header", "true")
              .option("escape", "\"") // as R, pandas and RFC 4180 have it
              .format(format.sparkName())
              .save(directory);
          return null;
        });
  }

  private Dataset<Row> scored(
      Dataset<Row> rows, LinearScorer scorer, ScorerSource source, TallySink sink) {
    Check.that(
        scorer.inputs() == design.inputs(),
        "Cannot score rows of %d features with a model of %d",
        design.inputs(),
        scorer.inputs());
    StructType schema = schema(rows.schema(), columns(scorer));
    List<String> names = Arrays.asList(rows.schema().fieldNames());
    int[] ordinals = design.columns().stream().mapToInt(names::indexOf).toArray();
    JavaRDD<InternalRow> input = open(rows);
    Design columns = design;
    JavaRDD<InternalRow> output =
        input.mapPartitionsWithIndex(
            (partition, iterator) -> {
              NativeLibraries.install();
              return new ScoredRows(columns, ordinals, source.scorer(), partition, iterator, sink);
            },
            true);
    Dataset<Row> scored =
        SelectedRows.session(rows).internalCreateDataFrame(output.rdd(), schema, false);
    StructType own = MalformedColumn.without(schema);
    return own.size() == schema.size()
        ? scored
        : SelectedRows.of(scored, Arrays.asList(own.fieldNames()));
  }

  private JavaRDD<InternalRow> open(Dataset<Row> rows) {
    Dataset<Row> all = SelectedRows.of(rows, Arrays.asList(rows.schema().fieldNames()));
    return SparkCall.run(
        "cannot read the rows to predict",
        () ->
            RowSource.readSettings(rows, design, RowSource.Access.ROWS)
                .during(() -> SelectedRows.classic(all).queryExecution().toRdd().toJavaRDD()));
  }

  /** The columns that are added, in order. */
  private static List<String> columns(LinearScorer scorer) {
    List<String> columns = new ArrayList<>();
    List<String> targets = scorer.targets();
    for (String target : targets) {
      String name = targets.size() == 1 ? "prediction" : "prediction_" + target;
      columns.add(name);
      if (scorer.hasIntervals()) {
        columns.add(name + "_lower");
        columns.add(name + "_upper");
      }
    }
    return columns;
  }

  private static StructType schema(StructType input, List<String> columns) {
    StructType schema = input;
    for (String name : columns) {
      for (String taken : schema.fieldNames()) {
        if (taken.equalsIgnoreCase(name)) {
          throw new DataException(
              String.format(
                  "the input already has a column %s; rename it before predicting",
                  Names.quoted(taken)));
        }
      }
      schema = schema.add(name, DataTypes.DoubleType, false);
    }
    return schema;
  }
}
