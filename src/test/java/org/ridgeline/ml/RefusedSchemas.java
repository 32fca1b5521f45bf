package org.ridgeline.ml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Schemas that a stage refuses, with its sentence. */
final class RefusedSchemas {
  private static final StructType FEATURES =
      new StructType().add("features", SQLDataTypes.VectorType());

  private RefusedSchemas() {}

  static Map<StructType, String> ofRidge() {
    Map<StructType, String> refusals = new LinkedHashMap<>();
    refusals.put(
        new StructType().add("label", DataTypes.DoubleType),
        ": there is no features column 'features'; the columns are label");
    refusals.put(
        new StructType().add("features", DataTypes.DoubleType).add("label", DataTypes.DoubleType),
        ": the features column 'features' must be a vector, was double; a VectorAssembler makes");
    refusals.put(FEATURES, ": there is no label column 'label'; the columns are features");
    refusals.put(
        FEATURES.add("label", DataTypes.StringType),
        ": the label column 'label' must hold numbers, was string");
    refusals.put(
        FEATURES.add("label", DataTypes.DoubleType).add("prediction", DataTypes.DoubleType),
        ": cannot add the column 'prediction': there is one of that name already");
    return refusals;
  }

  static Map<StructType, String> ofMap(String uid) {
    Map<StructType, String> refusals = new LinkedHashMap<>();
    refusals.put(
        new StructType().add("x", DataTypes.DoubleType),
        uid + ": there is no input column 'features'; the columns are x");
    refusals.put(
        new StructType().add("features", DataTypes.DoubleType),
        uid + ": the input column 'features' must be a vector, was double; a VectorAssembler");
    refusals.put(
        new StructType().add("features", SQLDataTypes.VectorType()).add("z", DataTypes.DoubleType),
        uid + ": cannot add the column 'z': there is one of that name already");
    return refusals;
  }
}
