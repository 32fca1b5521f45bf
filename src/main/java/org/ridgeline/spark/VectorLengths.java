package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;

/**
 * The lengths of array and vector columns, from their metadata, else from the first rows, and which
 * of the vectors have few nonzeros there.
 */
final class VectorLengths {
  private static final int PEEKED_ROWS = 100;
  private static final String LIBSVM_KEY = "numFeatures";

  /** Of shorter vectors it does not matter. */
  private static final int LONG = 64;

  /** A row is added up faster by its nonzeros if these are one in so many of its values. */
  private static final int FEW = 16;

  private final Map<String, Integer> lengths = new HashMap<>();
  private final Set<String> sparse = new HashSet<>();

  private VectorLengths() {}

  /** Whether this column is an array or a vector. */
  boolean has(String column) {
    return lengths.containsKey(column);
  }

  /** The length of a column. */
  int of(String column) {
    return lengths.get(column);
  }

  /** The columns of vectors that have few nonzeros. */
  Set<String> sparse() {
    return sparse;
  }

  /** What is to be known of each array or vector column among {@code fields}. */
  static VectorLengths of(Dataset<Row> rows, List<StructField> fields, PassMeter meter) {
    VectorLengths result = new VectorLengths();
    List<StructField> unknown = new ArrayList<>();
    for (StructField field : fields) {
      boolean isVector = ColumnType.isVector(field.dataType());
      if (isVector || field.dataType() instanceof ArrayType) {
        Optional<Integer> known = isVector ? fromMetadata(field) : Optional.empty();
        known.ifPresent(length -> result.lengths.put(field.name(), length));
        if (known.isEmpty() || known.get() >= LONG) {
          unknown.add(field);
        }
      }
    }
    if (!unknown.isEmpty()) {
      InternalRow[] first = meter.prePass("first rows of array columns", () -> peek(rows, unknown));
      for (int i = 0; i < unknown.size(); i++) {
        result.learn(unknown.get(i), first, i);
      }
    }
    return result;
  }

  private void learn(StructField field, InternalRow[] first, int ordinal) {
    int length = lengths.computeIfAbsent(field.name(), name -> length(first, ordinal, field));
    if (ColumnType.isVector(field.dataType()) && length >= LONG) {
      long nonzeros = 0;
      long vectors = 0;
      for (InternalRow row : first) {
        if (!row.isNullAt(ordinal)) {
          double[] values = row.getStruct(ordinal, 4).getArray(3).toDoubleArray();
          nonzeros += Arrays.stream(values).filter(value -> value != 0).count();
          vectors++;
        }
      }
      if (vectors > 0 && nonzeros * FEW <= vectors * length) {
        sparse.add(field.name());
      }
    }
  }

  private static Optional<Integer> fromMetadata(StructField field) {
    int size = AttributeGroup.fromStructField(field).size();
    if (size >= 0) {
      return Optional.of(size);
    }
    return field.metadata().contains(LIBSVM_KEY)
        ? Optional.of((int) field.metadata().getLong(LIBSVM_KEY))
        : Optional.empty();
  }

  /** The names of a vector's elements, empty text where there is none. */
  static Optional<List<String>> attributeNames(StructField field) {
    if (!ColumnType.isVector(field.dataType())) {
      return Optional.empty();
    }
    scala.Option<Attribute[]> attributes = AttributeGroup.fromStructField(field).attributes();
    return attributes.isEmpty()
        ? Optional.empty()
        : Optional.of(Arrays.stream(attributes.get()).map(VectorLengths::nameOf).toList());
  }

  private static String nameOf(Attribute attribute) {
    return attribute.name().isDefined() ? attribute.name().get() : "";
  }

  private static InternalRow[] peek(Dataset<Row> rows, List<StructField> fields) {
    List<String> names = fields.stream().map(StructField::name).toList();
    InternalRow[] first =
        SelectedRows.of(rows, names).queryExecution().executedPlan().executeTake(PEEKED_ROWS);
    if (first.length == 0) {
      throw new DataException("the input has no rows");
    }
    return first;
  }

  private static int length(InternalRow[] rows, int ordinal, StructField field) {
    for (InternalRow row : rows) {
      if (!row.isNullAt(ordinal)) {
        return ColumnType.isVector(field.dataType())
            ? vectorLength(row.getStruct(ordinal, 4))
            : row.getArray(ordinal).numElements();
      }
    }
    throw new DataException(
        String.format(
            "cannot learn the length of column %s: it is null in the first %d rows",
            Names.quoted(field.name()), rows.length));
  }

  private static int vectorLength(InternalRow vector) {
    return vector.getByte(0) == 0 ? vector.getInt(1) : vector.getArray(3).numElements();
  }
}
