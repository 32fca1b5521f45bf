package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.UsageException;

/**
 * Files of libsvm, as {@code label} and {@code features} with a {@link MalformedColumn} for lines
 * that are not of the format, or name a feature that the data do not have. How many features there
 * are is what {@code numFeatures} says, or the largest index, which takes a pass over the files.
 * Spark's own reader fails at the first such line, without a place.
 */
final class LibsvmInput {
  /** The option of Spark's reader. */
  static final String WIDTH = "numFeatures";

  private static final String TYPE = "vectorType";
  private static final String VALUE = "value";
  private static final String PARSED = "_parsed";
  private static final String MALFORMED = "_malformed";
  private static final StructType PARTS =
      new StructType()
          .add("label", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType())
          .add(MALFORMED, DataTypes.StringType);

  private LibsvmInput() {}

  /**
   * Opens the files.
   *
   * @param options of Spark's reader, whose names are compared without case
   * @throws DataException when there are no lines, or none of the format
   */
  static Dataset<Row> open(SparkSession session, InputPlace place, Map<String, String> options) {
    requireOptions(options);
    Dataset<Row> text = session.read().format("text").options(options).load(place.loaded());
    ListedFiles.requireCompressed(text);
    UserDefinedFunction isBlank =
        functions.udf((UDF1<String, Boolean>) LibsvmLine::isBlank, DataTypes.BooleanType);
    Dataset<Row> lines = text.where(functions.not(isBlank.apply(text.col(VALUE))));
    int width =
        Optional.ofNullable(options.get(WIDTH))
            .map(Integer::parseInt)
            .orElseGet(() -> largestIndex(place, lines));
    boolean isDense = Optional.ofNullable(options.get(TYPE)).equals(Optional.of("dense"));
    UserDefinedFunction parse =
        functions.udf((UDF1<String, Row>) line -> row(line, width, isDense), PARTS);
    Dataset<Row> parsed = lines.withColumn(PARSED, parse.apply(lines.col(VALUE)));
    List<Column> columns = new ArrayList<>();
    columns.add(parsed.col(PARSED).getField("label").as("label"));
    columns.add(
        parsed
            .col(PARSED)
            .getField("features")
            .as("features", new MetadataBuilder().putLong(WIDTH, width).build()));
    columns.add(
        parsed
            .col(PARSED)
            .getField(MALFORMED)
            .as(MALFORMED, MalformedColumn.mark(InvalidTally.Problem.LINE)));
    for (StructField field : text.schema().fields()) {
      if (!field.name().equals(VALUE)) {
        columns.add(parsed.col("`" + field.name() + "`")); // of partition folders
      }
    }
    return parsed.select(columns.toArray(Column[]::new));
  }

  /**
   * Checks the options of this format.
   *
   * @param options whose names are compared without case
   * @throws UsageException when one has a value that does not go
   */
  static void requireOptions(Map<String, String> options) {
    Optional.ofNullable(options.get(WIDTH))
        .ifPresent(
            width ->
                Check.that(
                    width.matches("[1-9][0-9]{0,8}"), "it must be a whole number, at least 1"));
    Optional.ofNullable(options.get(TYPE))
        .ifPresent(
            type ->
                Check.that(
                    type.equals("dense") || type.equals("sparse"),
                    "the types are sparse and dense"));
  }

  /** A line as a row; one that cannot be read is kept with the reason. */
  private static Row row(String text, int width, boolean isDense) {
    try {
      LibsvmLine line = LibsvmLine.of(text);
      if (line.width() <= width) {
        Vector features = line.features(width);
        return RowFactory.create(line.label(), isDense ? features.toDense() : features, null);
      }
      return RowFactory.create(
          null, null, String.format("index %d > %s=%d: %s", line.width(), WIDTH, width, text));
    } catch (LibsvmLine.Malformed malformed) {
      return RowFactory.create(null, null, malformed.getMessage() + ": " + text);
    }
  }

  private static int largestIndex(InputPlace place, Dataset<Row> lines) {
    UserDefinedFunction width =
        functions.udf((UDF1<String, Integer>) LibsvmInput::width, DataTypes.IntegerType);
    Row most =
        lines
            .select(width.apply(lines.col(VALUE)).as("width"))
            .agg(functions.max("width"), functions.count(functions.lit(1)))
            .head();
    if (most.getLong(1) == 0) {
      throw new DataException("there are no rows in " + Names.quoted(place.path()));
    } else if (most.isNullAt(0) || most.getInt(0) == 0) {
      String what =
          String.format(
              "no line of %s names a feature as LABEL INDEX:VALUE", Names.quoted(place.path()));
      throw new DataException(
          why(lines.head().getString(0)).map(w -> what + ": " + w).orElse(what));
    }
    return most.getInt(0);
  }

  /** What is wrong with a line, if anything is. */
  private static Optional<String> why(String line) {
    try {
      LibsvmLine.of(line);
      return Optional.empty();
    } catch (LibsvmLine.Malformed malformed) {
      return Optional.of(malformed.getMessage());
    }
  }

  /** How many features a line needs; null when it cannot be read. */
  private static Integer width(String text) {
    try {
      return LibsvmLine.of(text).width();
    } catch (LibsvmLine.Malformed malformed) {
      return null;
    }
  }
}
