package org.ridgeline.spark;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The column in which a reader of text keeps the rows that it could not take apart: null in every
 * good row. It travels with the data, marked by its metadata, so that each pass can count and
 * refuse such rows; it is no column of the user's.
 */
final class MalformedColumn {
  private static final String KEY = "ridgeline.malformed";

  private MalformedColumn() {}

  /** The field of such a column. */
  static StructField field(String name, InvalidTally.Problem problem) {
    return new StructField(name, DataTypes.StringType, true, mark(problem));
  }

  /**
   * The metadata that mark such a column.
   *
   * @param problem what is wrong with its rows
   */
  static Metadata mark(InvalidTally.Problem problem) {
    return new MetadataBuilder().putString(KEY, problem.name()).build();
  }

  private static boolean is(StructField field) {
    return field.metadata().contains(KEY);
  }

  /** The name of the column, where the data have one. */
  static Optional<String> of(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(MalformedColumn::is)
        .map(StructField::name)
        .findFirst();
  }

  /** What is wrong with the rows in the column. */
  static InvalidTally.Problem problem(StructField field) {
    return InvalidTally.Problem.valueOf(field.metadata().getString(KEY));
  }

  /** The user's own columns. */
  static StructType without(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields()).filter(f -> !is(f)).toArray(StructField[]::new));
  }

  /** The rows that could be read. */
  static Dataset<Row> wellFormed(Dataset<Row> rows) {
    Optional<String> name = of(rows.schema());
    return name.isEmpty() ? rows : rows.where(rows.col(name.get()).isNull());
  }
}
