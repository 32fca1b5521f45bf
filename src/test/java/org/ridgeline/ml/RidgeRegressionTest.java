package org.ridgeline.ml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

class RidgeRegressionTest extends StageContract<RidgeRegression> {
  private static final StructType FEATURES =
      new StructType().add("features", SQLDataTypes.VectorType());

  @Override
  RidgeRegression fresh() {
    return new RidgeRegression();
  }

  @Override
  RidgeRegression withUid(String uid) {
    return new RidgeRegression(uid);
  }

  @Override
  RidgeRegression configured() {
    return new RidgeRegression()
        .setFeaturesCol("f")
        .setLabelCol("y")
        .setWeightCol("w")
        .setPredictionCol("p")
        .setFitIntercept(false)
        .setStandardization(false)
        .setLambda(2)
        .setRegParam(0.5)
        .setSelect("bic")
        .setLambdas(new double[] {1, 2})
        .setPenalty(new String[] {"f[0]=0"})
        .setPrior("run")
        .setExactResiduals(true)
        .setRefinements(2);
  }

  @Override
  RidgeRegression working() {
    return new RidgeRegression().setLambda(0.5);
  }

  @Override
  Map<String, Object> defaults() {
    return Map.of(
        "featuresCol", "features",
        "labelCol", "label",
        "predictionCol", "prediction",
        "fitIntercept", true,
        "standardization", true,
        "select", "gcv");
  }

  static Map<StructType, String> refusedSchemas() {
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

  @Override
  Map<StructType, String> refusals() {
    return refusedSchemas();
  }

  @Override
  RidgeRegression load(String path) {
    return RidgeRegression.load(path);
  }

  @Override
  String emptyData() {
    return "the input has no rows";
  }

  @Override
  String output() {
    return "prediction";
  }
}
