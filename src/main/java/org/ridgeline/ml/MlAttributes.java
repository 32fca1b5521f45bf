package org.ridgeline.ml;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;

/**
 * What the metadata of vector columns say: sizes and names ({@code ml_attr}) and, of mapped
 * columns, which map made them from which column.
 */
final class MlAttributes {
  private static final String MAP = "ridgeline_map";
  private static final String INPUT = "inputCol";

  private MlAttributes() {}

  /** Returns the size of the vectors, if the metadata have it. */
  static OptionalInt size(StructField field) {
    int size = AttributeGroup.fromStructField(field).size();
    return size < 0 ? OptionalInt.empty() : OptionalInt.of(size);
  }

  /** Refuses a vector column whose metadata have another size. */
  static void requireSize(StructField field, int expected, String stage) {
    OptionalInt size = size(field);
    Check.that(
        size.orElse(expected) == expected,
        "%s: the column '%s' has vectors of %d elements, not of %d",
        stage,
        field.name(),
        size.orElse(expected),
        expected);
  }

  /** Returns a label column as the one that these targets are read from. */
  static InputColumn label(StructField field, List<String> targets) {
    if (!StageSchema.hasSeveralTargets(field.dataType())) {
      return InputColumn.number(field.name());
    }
    InputColumn.Kind kind =
        StageSchema.isVector(field.dataType()) ? InputColumn.Kind.VECTOR : InputColumn.Kind.ARRAY;
    return new InputColumn(field.name(), kind, targets, List.of());
  }

  /**
   * Returns a mapped column: the names {@code z0, z1, ..} of its elements, the map, the column it
   * reads.
   *
   * @param inputs d, where it is known: the number of features of ntk depends on it
   */
  static StructField mapped(MapSpec map, OptionalInt inputs, String input, String output) {
    MetadataBuilder builder = new MetadataBuilder();
    if (inputs.isPresent() || map.kind() != MapKind.NTK) {
      builder.withMetadata(names(output, map.outputs(inputs.orElse(1))));
    }
    Metadata description =
        new MetadataBuilder()
            .putString(INPUT, input)
            .putString("kind", map.kind().label())
            .putString("kernel", map.kernel().label())
            .putLong("width", map.width())
            .putDouble("lengthScale", map.lengthScale())
            .putLong("bias", map.bias())
            .putLong("seed", map.seed())
            .build();
    return new StructField(
        output, SQLDataTypes.VectorType(), true, builder.putMetadata(MAP, description).build());
  }

  private static Metadata names(String column, int size) {
    Attribute[] attributes =
        FittedModel.mappedNames(size).stream()
            .map(name -> NumericAttribute.defaultAttr().withName(name))
            .toArray(Attribute[]::new);
    return new AttributeGroup(column, attributes).toMetadata();
  }

  /** Whether a column was once made by one of our maps; it may have been changed since. */
  static boolean isMapped(StructField field) {
    return field.metadata().contains(MAP);
  }

  /** Returns the column that a mapped column was made from. */
  static Optional<String> mappedFrom(StructField field) {
    return isMapped(field)
        ? Optional.of(field.metadata().getMetadata(MAP).getString(INPUT))
        : Optional.empty();
  }
}
