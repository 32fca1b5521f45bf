package org.ridgeline.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.Check;

/** The columns of a stage in a schema: every check names the column. */
final class StageSchema {
  private final StructType schema;
  private final String stage;

  private StageSchema(StructType schema, String stage) {
    this.schema = schema;
    this.stage = stage;
  }

  /**
   * Starts the checks of a stage.
   *
   * @param stage its uid
   */
  static StageSchema of(StructType schema, String stage) {
    return new StageSchema(schema, stage);
  }

  /** Returns the column, whatever is in it. */
  StructField require(String column, String role) {
    List<String> names = Arrays.asList(schema.fieldNames());
    Check.that(
        names.contains(column),
        "%s: there is no %s column '%s'; the columns are %s",
        stage,
        role,
        column,
        String.join(", ", names));
    return schema.apply(column);
  }

  /** Returns a column of vectors. */
  StructField requireVector(String column, String role) {
    StructField field = require(column, role);
    Check.that(
        isVector(field.dataType()),
        "%s: the %s column '%s' must be a vector, was %s; a VectorAssembler makes one",
        stage,
        role,
        column,
        field.dataType().simpleString());
    return field;
  }

  /** Returns a column of numbers. */
  StructField requireNumber(String column, String role) {
    StructField field = require(column, role);
    Check.that(
        isNumber(field.dataType()),
        "%s: the %s column '%s' must hold numbers, was %s",
        stage,
        role,
        column,
        field.dataType().simpleString());
    return field;
  }

  /** Returns a label: a number, or an array or vector of them. */
  StructField requireLabel(String column) {
    StructField field = require(column, "label");
    return hasSeveralTargets(field.dataType()) ? field : requireNumber(column, "label");
  }

  /** Whether a label of this type stands for an array of targets. */
  static boolean hasSeveralTargets(DataType type) {
    return isVector(type) || (type instanceof ArrayType array && isNumber(array.elementType()));
  }

  /** Returns the schema with one more column. */
  StructType with(StructField added) {
    Check.that(
        !Arrays.asList(schema.fieldNames()).contains(added.name()),
        "%s: cannot add the column '%s': there is one of that name already",
        stage,
        added.name());
    return schema.add(added);
  }

  /** Returns the schema with a column of predictions. */
  StructType withPrediction(String column, boolean severalTargets) {
    DataType type =
        severalTargets
            ? DataTypes.createArrayType(DataTypes.DoubleType, false)
            : DataTypes.DoubleType;
    return with(new StructField(column, type, true, org.apache.spark.sql.types.Metadata.empty()));
  }

  static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  /** Returns the column of exactly this name, dots and all. */
  static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
