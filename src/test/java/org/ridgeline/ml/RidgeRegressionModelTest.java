package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.spark.TargetMetrics;

class RidgeRegressionModelTest extends StageContract<RidgeRegressionModel> {
  private static final RidgeModel MODEL =
      new RidgeModel(
          List.of("x0", "x1", "x2"),
          List.of("label"),
          Vec.of(0.1),
          Matrix.column(3, -0.02, 1.0 / 3),
          Vec.of(0.5));

  @Override
  RidgeRegressionModel fresh() {
    return new RidgeRegressionModel("model" + System.nanoTime(), MODEL, Targets.NUMBER);
  }

  @Override
  RidgeRegressionModel withUid(String uid) {
    return new RidgeRegressionModel(uid, MODEL, Targets.NUMBER);
  }

  @Override
  RidgeRegressionModel configured() {
    return withUid("m")
        .setFeaturesCol("f")
        .setLabelCol("y")
        .setWeightCol("w")
        .setPredictionCol("p")
        .setFitIntercept(false)
        .setStandardization(false);
  }

  @Override
  RidgeRegressionModel working() {
    return withUid("m");
  }

  @Override
  Map<String, Object> defaults() {
    return Map.of(
        "featuresCol", "features",
        "labelCol", "label",
        "predictionCol", "prediction",
        "fitIntercept", true,
        "standardization", true);
  }

  @Override
  Map<StructType, String> refusals() {
    Map<StructType, String> refusals = new LinkedHashMap<>();
    refusals.put(new StructType(), "m: there is no features column 'features'; the columns are ");
    refusals.put(
        new StructType().add("features", DataTypes.StringType),
        "m: the features column 'features' must be a vector, was string");
    refusals.put(
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("prediction", DataTypes.DoubleType),
        "m: cannot add the column 'prediction': there is one of that name already");
    refusals.put(
        new StructType()
            .add(new org.apache.spark.ml.attribute.AttributeGroup("features", 4).toStructField()),
        "m: the column 'features' has vectors of 4 elements, not of 3");
    return refusals;
  }

  @Override
  RidgeRegressionModel load(String path) {
    return RidgeRegressionModel.load(path);
  }

  @Override
  String emptyData() {
    return "";
  }

  @Override
  String output() {
    return "prediction";
  }

  private static RidgeRegressionModel fitted(Dataset<Row> rows) {
    return new RidgeRegression().setLambda(2).fit(rows);
  }

  private static Dataset<Row> rows() {
    return MlRows.assembled(MlRows.numbers(40));
  }

  @Test
  void predictIsTheFormula() {
    RidgeRegressionModel model = withUid("m");
    Vector x = Vectors.dense(1, 100, -1);
    assertEquals(0.1 + (3 - 2.0 - 1.0 / 3), model.predict(x), 1e-15);
    assertEquals(model.predict(x), model.predict(x.toSparse()));
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> model.predict(Vectors.dense(1)));
    assertEquals("Cannot predict: the model has 3 features, the vector 1", refused.getMessage());
  }

  @Test
  void aNullVectorGivesANullPrediction() {
    Dataset<Row> rows = rows().withColumn("features", functions.expr("if(id = 3, null, features)"));
    Dataset<Row> scored = withUid("m").transform(rows);
    assertEquals(1, scored.where("prediction is null").count());
    assertEquals(3, (int) scored.where("prediction is null").head().getAs("id"));
  }

  @Test
  void evaluateGivesTheErrorsOfThePredictions() {
    RidgeRegressionModel model = fitted(rows()).setWeightCol("w");
    TargetMetrics metrics = model.evaluate(rows()).targets().get(0);
    Row expected =
        model
            .transform(rows())
            .selectExpr(
                "sum(w * (label - prediction) * (label - prediction)) / sum(w)",
                "sum(w * abs(label - prediction)) / sum(w)")
            .head();
    assertEquals("label", metrics.target());
    assertEquals(40, metrics.n());
    assertEquals(expected.getDouble(0), metrics.mse(), 1e-12);
    assertEquals(expected.getDouble(1), metrics.mae(), 1e-12);
  }

  @Test
  void theSparkModelPredictsTheSame() {
    RidgeRegressionModel model = fitted(rows()).setPredictionCol("p");
    LinearRegressionModel stock = model.toSparkModel();
    assertEquals("p", stock.getPredictionCol());
    List<Row> theirs = stock.transform(rows()).select("p").collectAsList();
    List<Row> ours = model.transform(rows()).select("p").collectAsList();
    for (int i = 0; i < ours.size(); i++) {
      assertEquals(theirs.get(i).getDouble(0), ours.get(i).getDouble(0), 1e-11);
    }
  }

  @Test
  void severalTargetsAreThoseOfTheirOwnModels() {
    Dataset<Row> two = rows().withColumn("second", functions.expr("x0 + 0.01 * label * label"));
    Dataset<Row> rows = two.withColumn("both", functions.expr("array(label, second)"));
    RidgeRegression ridge = new RidgeRegression().setRegParam(0.1);
    RidgeRegressionModel both = ridge.setLabelCol("both").fit(rows);
    RidgeRegressionModel first = ridge.setLabelCol("label").fit(rows);
    RidgeRegressionModel second = ridge.setLabelCol("second").fit(rows);
    assertEquals(List.of("both[0]", "both[1]"), both.targetNames());
    assertEquals(2, both.coefficientMatrix().numRows());
    assertEquals(3, both.coefficientMatrix().numCols());
    for (int j = 0; j < 3; j++) {
      double b0 = first.coefficients().apply(j);
      double b1 = second.coefficients().apply(j);
      assertEquals(b0, both.coefficientMatrix().apply(0, j), 1e-12 * Math.abs(b0));
      assertEquals(b1, both.coefficientMatrix().apply(1, j), 1e-12 * Math.abs(b1));
    }
    assertEquals(first.lambda(), both.lambdaVector().apply(0), 1e-12 * first.lambda());
    assertEquals(second.intercept(), both.interceptVector().apply(1), 1e-11);
    Row scored = both.transform(rows).orderBy("id").head();
    Vector x = scored.getAs("features");
    assertEquals(both.predictAll(x).apply(1), (double) scored.getList(scored.length() - 1).get(1));
    assertEquals(2, both.evaluate(rows).targets().size());
    assertEquals(
        first.evaluate(rows).targets().get(0).mse(),
        both.evaluate(rows).targets().get(0).mse(),
        1e-12);
    assertEquals(2, both.summary().path().count());
  }

  @Test
  void aModelOfSeveralTargetsIsReadBack() throws java.io.IOException {
    Dataset<Row> rows = rows().withColumn("both", functions.expr("array(label, x0 + x1)"));
    RidgeRegressionModel both = new RidgeRegression().setLambda(1).setLabelCol("both").fit(rows);
    String path = directory.resolve("both").toString();
    both.save(path);
    RidgeRegressionModel read = RidgeRegressionModel.load(path);
    assertEquals(both.coefficientMatrix(), read.coefficientMatrix());
    assertEquals(both.targetNames(), read.targetNames());
    assertEquals(
        both.transform(rows).select("prediction").collectAsList(),
        read.transform(rows).select("prediction").collectAsList());
    IllegalStateException refused = assertThrows(IllegalStateException.class, read::coefficients);
    assertEquals(
        "Cannot give the coefficients of a model of 2 targets: use coefficientMatrix()",
        refused.getMessage());
  }

  @Test
  void aLoadedModelHasNoSummary() throws java.io.IOException {
    RidgeRegressionModel model = fitted(rows());
    String path = directory.resolve("m").toString();
    model.save(path);
    RidgeRegressionModel read = RidgeRegressionModel.load(path);
    assertFalse(read.hasSummary());
    assertEquals(
        "Cannot give a summary of model "
            + model.uid()
            + ": only the session that fitted it has one",
        assertThrows(IllegalStateException.class, read::summary).getMessage());
    assertArrayEquals(model.coefficients().toArray(), read.coefficients().toArray(), 0);
  }

  @Test
  void tablesUseTheNamesOfTheMetadata() {
    List<Row> table = fitted(rows()).summary().coefficients().select("feature").collectAsList();
    assertEquals("[[(intercept)], [x0], [x1], [x2]]", table.toString());
  }
}
