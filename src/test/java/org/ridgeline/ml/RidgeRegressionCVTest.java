package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.spark.SparkTest;

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
        .setCv("forward")
        .setGap(1)
        .setWindow(2)
        .setRepeats(3)
        .setNested(true)
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
    defaults.put("cv", "kfold");
    defaults.put("window", 0);
    defaults.put("repeats", 10);
    defaults.put("nested", false);
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

  @Test
  void fewRowsOfManyColumnsAreSolvedByTheDual() {
    Rows rows = Rows.normal(611, 40, 1000, 1);
    List<Row> table = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double[] x = new double[rows.inputs()];
      for (int j = 0; j < x.length; j++) {
        x[j] = rows.x(i, j);
      }
      table.add(RowFactory.create(Vectors.dense(x), rows.y(i, 0)));
    }
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType(), false)
            .add("label", DataTypes.DoubleType);
    RidgeRegressionModel model =
        new RidgeRegressionCV()
            .setNumFolds(3)
            .setLambdas(new double[] {10, 1000})
            .fit(SparkTest.session().createDataFrame(table, schema));
    assertEquals("dual", model.summary().solver());
    RidgeProblem primal = RidgeProblem.of(rows.moments(), RidgeSpec.standard());
    double[] expected =
        EigenSystem.of(primal)
            .solve(List.of(Vec.of(model.summary().lambdas(0).get("sum"))))
            .get(0)
            .matrix()
            .columnCopy(0);
    assertArrayEquals(expected, model.coefficients().toArray(), 1e-12);
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
