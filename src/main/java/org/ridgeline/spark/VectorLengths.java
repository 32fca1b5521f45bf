package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;

/** The lengths of array and vector columns: from their metadata, else from the first rows. */
final class VectorLengths {
  private static final int PEEKED_ROWS = 100;
  private static final String LIBSVM_KEY = "numFeatures";

  private VectorLengths() {}

  /** The length of each array or vector column among {@code fields}, by name. */
  static Map<String, Integer> of(Dataset<Row> rows, List<StructField> fields, PassMeter meter) {
    Map<String, Integer> lengths = new HashMap<>();
    List<StructField> unknown = new ArrayList<>();
    for (StructField field : fields) {
      boolean isVector = ColumnType.isVector(field.dataType());
      if (isVector || field.dataType() instanceof ArrayType) {
        Optional<Integer> known = isVector ? fromMetadata(field) : Optional.empty();
        known.ifPresentOrElse(n -> lengths.put(field.name(), n), () -> unknown.add(field));
      }
    }
    if (!unknown.isEmpty()) {
      lengths.putAll(meter.prePass("length of array columns", () -> peek(rows, unknown)));
    }
    return lengths;
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

  private static Map<String, Integer> peek(Dataset<Row> rows, List<StructField> fields) {
    List<String> names = fields.stream().map(StructField::name).toList();
    InternalRow[] first =
        SelectedRows.of(rows, names).queryExecution().executedPlan().executeTake(PEEKED_ROWS);
    if (first.length == 0) {
      throw new DataException("the input has no rows");
    }
    Map<String, Integer> lengths = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      lengths.put(names.get(i), length(first, i, fields.get(i)));
    }
    return lengths;
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
