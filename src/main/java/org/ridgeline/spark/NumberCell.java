package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/** Reads a number of one of Spark's types as a double; booleans are 0 and 1. */
final class NumberCell implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The types that count as numbers. */
  enum Type {
    DOUBLE,
    FLOAT,
    LONG,
    INT,
    SHORT,
    BYTE,
    BOOLEAN,
    DECIMAL,
    /** No value is known; whatever turns up is no number. */
    NOTHING
  }

  private final Type type;
  private final int precision;
  private final int scale;

  private NumberCell(Type type, int precision, int scale) {
    this.type = type;
    this.precision = precision;
    this.scale = scale;
  }

  /** The reader for this type, if it counts as a number. */
  static Optional<NumberCell> of(DataType type) {
    if (type instanceof DecimalType decimal) {
      return Optional.of(new NumberCell(Type.DECIMAL, decimal.precision(), decimal.scale()));
    }
    return primitive(type).map(found -> new NumberCell(found, 0, 0));
  }

  /** The reader of an {@link EmptyColumn}. */
  static NumberCell ofNothing() {
    return new NumberCell(Type.NOTHING, 0, 0);
  }

  private static Optional<Type> primitive(DataType type) {
    if (type instanceof DoubleType) {
      return Optional.of(Type.DOUBLE);
    } else if (type instanceof FloatType) {
      return Optional.of(Type.FLOAT);
    } else if (type instanceof LongType) {
      return Optional.of(Type.LONG);
    } else if (type instanceof IntegerType) {
      return Optional.of(Type.INT);
    } else if (type instanceof ShortType) {
      return Optional.of(Type.SHORT);
    } else if (type instanceof ByteType) {
      return Optional.of(Type.BYTE);
    } else if (type instanceof BooleanType) {
      return Optional.of(Type.BOOLEAN);
    }
    return Optional.empty();
  }

  /** The type that is read. */
  Type type() {
    return type;
  }

  /** Whether all values are whole numbers. */
  boolean isIntegral() {
    return switch (type) {
      case LONG, INT, SHORT, BYTE -> true;
      default -> false;
    };
  }

  /** The value at {@code ordinal}, which must not be null. */
  double read(SpecializedGetters cells, int ordinal) {
    return switch (type) {
      case DOUBLE -> cells.getDouble(ordinal);
      case FLOAT -> cells.getFloat(ordinal);
      case LONG -> cells.getLong(ordinal);
      case INT -> cells.getInt(ordinal);
      case SHORT -> cells.getShort(ordinal);
      case BYTE -> cells.getByte(ordinal);
      case BOOLEAN -> cells.getBoolean(ordinal) ? 1 : 0;
      case DECIMAL -> cells.getDecimal(ordinal, precision, scale).toDouble();
      case NOTHING -> Double.NaN;
    };
  }

  /** The whole number at {@code ordinal}: of an integral type or a boolean. */
  long readLong(SpecializedGetters cells, int ordinal) {
    return switch (type) {
      case LONG -> cells.getLong(ordinal);
      case INT -> cells.getInt(ordinal);
      case SHORT -> cells.getShort(ordinal);
      case BYTE -> cells.getByte(ordinal);
      case BOOLEAN -> cells.getBoolean(ordinal) ? 1 : 0;
      default -> throw new IllegalStateException("Cannot read " + type + " as a whole number");
    };
  }
}
