package org.ridgeline.ml;

import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;

/** Parameters of map stages as the checked values that the core works with. */
final class MapParams {
  private static final int WIDTH = 1024;

  private MapParams() {}

  /** Sets the defaults of the columns. */
  static void setColumnDefaults(HasInputOutput<?> stage) {
    stage.setDefault(stage.inputCol(), "features");
    stage.setDefault(stage.outputCol(), stage.uid() + "__output");
  }

  /** Sets the defaults of the columns and the map, without a length scale. */
  static void setDefaults(HasMap<?> stage) {
    setColumnDefaults(stage);
    stage.setDefault(stage.kind(), MapKind.RFF.label());
    stage.setDefault(stage.width(), WIDTH);
    stage.setDefault(stage.seed(), 0L);
  }

  /**
   * Returns the map of a stage, of length scale 1.
   *
   * @throws IllegalArgumentException when there is no such map
   */
  static MapSpec spec(HasMap<?> stage) {
    return MapSpec.of(MapKind.of(stage.getKind()), stage.getWidth()).withSeed(stage.getSeed());
  }

  /**
   * Returns the column that a map adds to a schema, both columns checked.
   *
   * @param map the map
   * @param inputs d, where the map itself knows it
   */
  static StructField output(
      HasInputOutput<?> stage, StructType schema, MapSpec map, OptionalInt inputs) {
    StageSchema columns = StageSchema.of(schema, stage.uid());
    StructField input = columns.requireVector(stage.getInputCol(), "input");
    OptionalInt size = MlAttributes.size(input);
    if (inputs.isPresent()) {
      MlAttributes.requireSize(input, inputs.getAsInt(), stage.uid());
      size = inputs;
    }
    StructField output = MlAttributes.mapped(map, size, input.name(), stage.getOutputCol());
    columns.with(output);
    return output;
  }

  /** Returns the rows with the column of mapped features. */
  static Dataset<Row> transform(
      HasInputOutput<?> stage, Dataset<?> rows, StructField output, MapFunction map) {
    return rows.withColumn(output.name(), map.column(stage.getInputCol(), output));
  }
}
