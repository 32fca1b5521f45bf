package org.ridgeline.spark;

import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.InputColumn;

/** Which types of columns can be read as which inputs. */
final class ColumnType {
  private ColumnType() {}

  /**
   * How the numbers of a column are read; null for the levels of texts.
   *
   * @throws DataException when a column of this type cannot be such an input
   */
  static NumberCell cell(InputColumn input, DataType type, NearNumber.Purpose purpose) {
    Optional<NumberCell> cell =
        switch (input.kind()) {
          case NUMBER -> NumberCell.of(type);
          case ARRAY ->
              type instanceof ArrayType array
                  ? NumberCell.of(array.elementType())
                  : elementOf(type);
          case VECTOR -> elementOf(type);
          case CATEGORY ->
              input.levelType().equals(Optional.of(InputColumn.LevelType.WHOLE))
                  ? NumberCell.of(type)
                  : levelCell(type);
        };
    if (input.kind() == InputColumn.Kind.CATEGORY && type instanceof StringType) {
      return null;
    }
    return cell.orElseThrow(
        () ->
            purpose == NearNumber.Purpose.MODEL
                    && input.kind() == InputColumn.Kind.NUMBER
                    && type instanceof StringType
                ? new DataException(
                    String.format(
                        "cannot use column %s, which is %s: it is of numbers in the model",
                        Names.quoted(input.column()), type.simpleString()))
                : wrongType(input.column(), input.kind(), type));
  }

  private static Optional<NumberCell> elementOf(DataType type) {
    return isVector(type) ? NumberCell.of(DataTypes.DoubleType) : Optional.empty();
  }

  private static Optional<NumberCell> levelCell(DataType type) {
    return NumberCell.of(type).filter(c -> c.isIntegral() || type instanceof BooleanType);
  }

  /**
   * What the levels of a categorical column are.
   *
   * @throws DataException when its values cannot be levels
   */
  static InputColumn.LevelType levelType(StructField field) {
    DataType type = field.dataType();
    if (type instanceof StringType) {
      return InputColumn.LevelType.TEXT;
    } else if (levelCell(type).isEmpty()) {
      throw wrongType(field.name(), InputColumn.Kind.CATEGORY, type);
    }
    return type instanceof BooleanType
        ? InputColumn.LevelType.BOOLEAN
        : InputColumn.LevelType.WHOLE;
  }

  private static DataException wrongType(String name, InputColumn.Kind kind, DataType type) {
    String rule =
        switch (kind) {
          case NUMBER ->
              type instanceof StringType
                  ? "a feature must be a number"
                  : "a feature must be a number, a boolean, an array of numbers or a vector";
          case ARRAY -> "it must be an array of numbers";
          case VECTOR -> "it must be a vector";
          case CATEGORY -> "a category must be text, a whole number or a boolean";
        };
    String sentence =
        String.format(
            "cannot use column %s, which is %s: %s", Names.quoted(name), type.simpleString(), rule);
    return kind == InputColumn.Kind.NUMBER && type instanceof StringType
        ? new DataException(
            sentence, Remedy.of("name it in %s to use its levels", Option.CATEGORICAL))
        : new DataException(sentence);
  }

  /** Whether this is the vector type of Spark ML. */
  static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }
}
