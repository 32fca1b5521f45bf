package org.ridgeline.ml;

import java.util.Map;
import org.apache.spark.sql.types.StructType;

class RidgeRegressionTest extends StageContract<RidgeRegression> {
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
        "featuresCol",
        "features",
        "labelCol",
        "label",
        "predictionCol",
        "prediction",
        "fitIntercept",
        true,
        "standardization",
        true,
        "select",
        "gcv",
        "penalty",
        new String[0],
        "prior",
        "",
        "exactResiduals",
        false,
        "refinements",
        0);
  }

  @Override
  Map<StructType, String> refusals() {
    return RefusedSchemas.ofRidge();
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
