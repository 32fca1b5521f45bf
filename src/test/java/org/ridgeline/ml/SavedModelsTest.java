package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.spark.SparkTest;

/** What earlier versions saved is read, and predicts the same bits; see {@link SavedModels}. */
@Tag("spark")
class SavedModelsTest {
  private static final String FIRST = "src/test/resources/saved-models/0.1.0/";

  @BeforeAll
  static void startSession() {
    SparkTest.session();
  }

  @Test
  void ridgeModelOfTheFirstVersion() {
    RidgeRegressionModel model = RidgeRegressionModel.load(FIRST + "ridge");
    assertEquals(List.of("x0", "x1", "x2"), model.featureNames());
    assertEquals(0.5, model.lambda());
    assertEquals(0.1 + (3 - 2.0 - 1.0 / 3), model.predict(Vectors.dense(1, 100, -1)), 0);
    assertEquals("w", model.getWeightCol());
  }

  @Test
  void modelOfSeveralTargetsOfTheFirstVersion() {
    RidgeRegressionModel model = RidgeRegressionModel.load(FIRST + "several");
    assertEquals(Vectors.dense(1.5, -2.25), model.predictAll(Vectors.dense(1, 0.5)));
  }

  @Test
  void stageOfTheFirstVersion() {
    RidgeRegressionCV stage = RidgeRegressionCV.load(FIRST + "stage");
    assertEquals("cv-1se", stage.getSelect());
    assertEquals(3, stage.getNumFolds());
    assertEquals(10, stage.getLambdas()[1]);
  }

  @Test
  void pipelineOfTheFirstVersion() {
    PipelineModel model = PipelineModel.load(FIRST + "pipeline");
    Row row = model.transform(MlRows.assembled(MlRows.numbers(3))).orderBy("id").head();
    assertEquals(SavedModels.EXPECTED, row.getAs("prediction"), 1e-14);
    assertEquals(4, row.<Vector>getAs("mapped").size());
  }

  @Test
  void serversFindEveryStage() {
    List<String> found = new ArrayList<>();
    for (Class<?> service : List.of(Estimator.class, Transformer.class)) {
      ServiceLoader.load(service).stream()
          .forEach(provider -> found.add(provider.type().getName()));
    }
    for (Class<?> stage :
        List.of(
            RidgeRegression.class,
            RidgeRegressionCV.class,
            RidgeRegressionModel.class,
            RandomFeatures.class,
            RandomFeaturesEstimator.class,
            RandomFeaturesModel.class)) {
      assertTrue(found.contains(stage.getName()), stage.getName());
    }
    for (Param<?> param : new RidgeRegressionModel().params()) {
      assertTrue(!param.doc().isEmpty());
    }
    assertEquals(0, new RidgeRegressionModel().numFeatures());
    assertEquals(2, new RandomFeaturesModel().numFeatures());
  }
}
