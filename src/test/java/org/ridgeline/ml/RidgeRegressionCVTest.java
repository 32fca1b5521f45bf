package org.ridgeline.ml;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

class RidgeRegressionCVTest extends StageContract<RidgeRegressionCV> {
  @Override
  RidgeRegressionCV fresh() {
    return new RidgeRegressionCV();
  }

  @Override
  RidgeRegressionCV withUid(String uid) {
    return new RidgeRegressionCV(uid);
  }

  @Override
  RidgeRegressionCV configured() {
    return new RidgeRegressionCV()
        .setFeaturesCol("f")
        .setLabelCol("y")
        .setWeightCol("w")
        .setPredictionCol("p")
        .setFitIntercept(false)
        .setStandardization(false)
        .setNumFolds(3)
        .setFoldCol("fold")
        .setGroupCol("g")
        .setSeed(11)
        .setSelect("bic")
        .setLambdas(new double[] {1, 2})
        .setPenalty(new String[] {"f[0]=0"})
        .setPrior("run")
        .setExactResiduals(true)
        .setRefinements(2);
  }

  @Override
  RidgeRegressionCV working() {
    return new RidgeRegressionCV().setNumFolds(3).setGroupCol("id");
  }

  @Override
  Map<String, Object> defaults() {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("featuresCol", "features");
    defaults.put("labelCol", "label");
    defaults.put("predictionCol", "prediction");
    defaults.put("fitIntercept", true);
    defaults.put("standardization", true);
    defaults.put("select", "cv-min");
    defaults.put("numFolds", 5);
    defaults.put("seed", 0L);
    defaults.put("penalty", new String[0]);
    defaults.put("prior", "");
    defaults.put("exactResiduals", false);
    defaults.put("refinements", 0);
    return defaults;
  }

  @Override
  Map<StructType, String> refusals() {
    return RefusedSchemas.ofRidge();
  }

  @Override
  RidgeRegressionCV load(String path) {
    return RidgeRegressionCV.load(path);
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
