package org.ridgeline.ml;

import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.linalg.Check;
import org.ridgeline.spark.InputColumn;

/** What the metadata of vector columns say: sizes and names ({@code ml_attr}). */
final class MlAttributes {
  private MlAttributes() {}

  /** Refuses a vector column whose metadata tell another size. */
  static void requireSize(StructField field, int expected, String stage) {
    int size = AttributeGroup.fromStructField(field).size();
    Check.that(
        size < 0 || size == expected,
        "%s: the features column '%s' has %d features, the model %d",
        stage,
        field.name(),
        size,
        expected);
  }

  /** A label column as the one that these targets are read from. */
  static InputColumn label(StructField field, List<String> targets) {
    if (!StageSchema.hasSeveralTargets(field.dataType())) {
      return InputColumn.number(field.name());
    }
    InputColumn.Kind kind =
        StageSchema.isVector(field.dataType()) ? InputColumn.Kind.VECTOR : InputColumn.Kind.ARRAY;
    return new InputColumn(field.name(), kind, targets, List.of());
  }
}
