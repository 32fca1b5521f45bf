package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.base.DataException;

/** What fits give; oracle: {@code LinearRegression} of the Spark on the class path. */
@Tag("spark")
class FitTest {
  private static Dataset<Row> rows() {
    return MlRows.assembled(MlRows.numbers(120));
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, false", "true, true, true", "true, false, false", "true, false, true",
    "false, true, false", "false, true, true", "false, false, false", "false, false, true"
  })
  void regParamIsThatOfSpark(boolean intercept, boolean standardize, boolean weighted) {
    LinearRegression theirs =
        new LinearRegression()
            .setSolver("normal")
            .setRegParam(0.2)
            .setFitIntercept(intercept)
            .setStandardization(standardize);
    RidgeRegression ours =
        new RidgeRegression()
            .setRegParam(0.2)
            .setFitIntercept(intercept)
            .setStandardization(standardize);
    if (weighted) {
      theirs.setWeightCol("w");
      ours.setWeightCol("w");
    }
    LinearRegressionModel expected = theirs.fit(rows());
    RidgeRegressionModel model = ours.fit(rows());
    for (int j = 0; j < 3; j++) {
      double b = expected.coefficients().apply(j);
      assertEquals(b, model.coefficients().apply(j), 1e-8 * Math.abs(b));
    }
    double size = Math.max(1, Math.abs(expected.intercept()));
    assertEquals(expected.intercept(), model.intercept(), 1e-8 * size);
  }

  @ParameterizedTest
  @CsvSource({"-990", "-500", "500", "990"})
  void theSizeOfAFeatureDoesNotMatter(int k) {
    double size = Math.scalb(1.0, k);
    Dataset<Row> numbers = MlRows.numbers(120);
    Dataset<Row> scaled =
        MlRows.assembled(numbers.withColumn("x1", numbers.col("x1").multiply(size)));
    RidgeRegressionCV ridge =
        new RidgeRegressionCV().setSelect("cv-min").setFoldCol("g").setWeightCol("w");
    RidgeRegressionModel expected = ridge.fit(rows());
    RidgeRegressionModel model = ridge.fit(scaled);
    for (int j = 0; j < 3; j++) {
      double b = expected.coefficients().apply(j) / (j == 1 ? size : 1);
      assertEquals(b, model.coefficients().apply(j), 0);
    }
    assertEquals(expected.intercept(), model.intercept(), 0);
    assertEquals(
        expected.transform(rows()).select("prediction").collectAsList(),
        model.transform(scaled).select("prediction").collectAsList());
    Dataset<Row> heavy = scaled.withColumn("w", functions.lit(1e300));
    String refused = assertThrows(DataException.class, () -> ridge.fit(heavy)).getMessage();
    assertTrue(refused.contains("the weights in column \"w\" sum to 1.20e+302"), refused);
    RidgeRegression raw = new RidgeRegression().setLambda(1).setStandardization(false);
    if (Math.abs(k) > 600) {
      String named = assertThrows(DataException.class, () -> raw.fit(scaled)).getMessage();
      assertTrue(named.contains("column \"x1\""), named);
    }
  }

  @Test
  void lambdaWinsOverRegParamAndBothOverSelect() {
    RidgeRegression ridge = new RidgeRegression().setLambda(3).setRegParam(0.5).setSelect("aic");
    assertEquals(3, ridge.fit(rows()).lambda());
    ridge.clear(ridge.lambda());
    RidgeRegressionModel model = ridge.fit(rows());
    assertEquals(0.5, model.summary().lambdas(0).get("spark"), 1e-12);
    ridge.clear(ridge.regParam());
    Dataset<Row> path = ridge.fit(rows()).summary().path();
    assertTrue(path.count() >= 100);
    assertTrue((boolean) path.orderBy("aic").head().getAs("selected"));
  }

  @Test
  void aGivenGridIsUsedAsGiven() {
    RidgeRegressionModel model =
        new RidgeRegression().setSelect("loo").setLambdas(new double[] {1, 100, 10}).fit(rows());
    Dataset<Row> path = model.summary().path();
    assertEquals("[[1.0], [100.0], [10.0]]", path.select("lambda").collectAsList().toString());
    assertEquals(0, path.where("loo_mse is null").count());
    double best = path.orderBy("loo_mse").select("lambda").head().getDouble(0);
    assertEquals(best, model.lambda());
  }

  @Test
  void rulesWithFoldsAreForTheOtherStage() {
    RidgeRegression ridge = new RidgeRegression("r").setSelect("cv-1se");
    Exception refused = assertThrows(IllegalArgumentException.class, () -> ridge.fit(rows()));
    assertEquals(
        "r: cannot choose lambda by cv-1se without folds; use RidgeRegressionCV",
        refused.getMessage());
  }

  @Test
  void aFoldColumnAndAGroupColumnContradictEachOther() {
    RidgeRegressionCV ridge = new RidgeRegressionCV().setFoldCol("g").setGroupCol("id");
    Exception refused = assertThrows(IllegalArgumentException.class, () -> ridge.fit(rows()));
    assertEquals(
        "Cannot make folds: foldCol 'g' gives them, so groupCol 'id' has no place",
        refused.getMessage());
  }

  @Test
  void foldErrorsAreThoseOfModelsTrainedWithoutTheFold() {
    double lambda = 5;
    RidgeRegressionModel model =
        new RidgeRegressionCV().setFoldCol("g").setLambdas(new double[] {lambda}).fit(rows());
    List<Row> errors = model.summary().foldErrors().orderBy("fold").collectAsList();
    assertEquals(4, errors.size());
    for (Row error : errors) {
      String fold = error.getAs("fold");
      RidgeRegressionModel rest =
          new RidgeRegression().setLambda(lambda).fit(rows().where("g <> " + fold));
      double mse = rest.evaluate(rows().where("g = " + fold)).targets().get(0).mse();
      assertEquals(mse, error.getAs("mse"), 1e-10 * mse);
    }
    Row path = model.summary().path().head();
    double mean = errors.stream().mapToDouble(row -> (double) row.getAs("mse")).sum() / 4;
    assertEquals(mean, path.getAs("cv_mse"), 1e-12 * mean);
  }

  @Test
  void invalidRowsAreRefusedByTheNameOfTheFeature() {
    Dataset<Row> broken =
        MlRows.assembler()
            .setHandleInvalid("keep")
            .transform(
                MlRows.numbers(40)
                    .withColumn("x1", functions.expr("if(id = 5, double('NaN'), x1)")));
    Exception refused =
        assertThrows(DataException.class, () -> new RidgeRegression().setLambda(1).fit(broken));
    assertTrue(refused.getMessage().contains("x1"), refused.getMessage());
  }

  @Test
  void crossValidatorTunesRegParam() {
    RidgeRegression ridge = new RidgeRegression();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(ridge.lambda(), new double[] {0.1, 1e6}).build();
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {MlRows.assembler(), ridge});
    CrossValidatorModel validated =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new RegressionEvaluator())
            .setNumFolds(2)
            .setSeed(1)
            .fit(MlRows.numbers(60));
    double[] errors = validated.avgMetrics();
    assertTrue(errors[0] < errors[1], errors[0] + " " + errors[1]);
  }

  @Test
  void trainValidationSplitTunesRegParam() {
    RidgeRegression ridge = new RidgeRegression();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(ridge.regParam(), new double[] {0.001, 1e6}).build();
    TrainValidationSplitModel validated =
        new TrainValidationSplit()
            .setEstimator(ridge)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new RegressionEvaluator())
            .setSeed(1)
            .fit(rows());
    double[] errors = validated.validationMetrics();
    assertTrue(errors[0] < errors[1], errors[0] + " " + errors[1]);
    RidgeRegressionModel best = (RidgeRegressionModel) validated.bestModel();
    assertEquals(0.001, best.summary().lambdas(0).get("spark"), 1e-12);
  }
}
