package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Explained;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.UsageException;

/** A remedy names what the user of a stage can call. */
@Tag("spark")
class SettersTest {
  private static String worded(Params stage, Option.Use use) {
    DataException failure = new DataException("it failed", Remedy.of("use %s", use));
    RuntimeException told =
        assertThrows(
            DataException.class,
            () ->
                Setters.run(
                    stage,
                    () -> {
                      throw failure;
                    }));
    assertSame(failure, told.getCause());
    return told.getMessage();
  }

  private static Dataset<Row> rows(int n) {
    return MlRows.assembled(MlRows.numbers(n));
  }

  private static <T extends RuntimeException & Explained> void assertRefused(
      Class<T> type, String message, Runnable fit) {
    T refused = assertThrows(type, fit::run);
    assertEquals(message, refused.getMessage());
    assertEquals(type, refused.getCause().getClass());
  }

  @Test
  void optionsAreSettersOfTheStage() {
    RidgeRegressionCV stage = new RidgeRegressionCV();
    assertEquals("it failed; use setNumFolds(3)", worded(stage, Option.FOLDS.to(3)));
    assertEquals("it failed; use setGroupCol(\"a\")", worded(stage, Option.ID_COL.to("a")));
    assertEquals("it failed; use setSelect(\"gcv\")", worded(stage, Option.SELECT.to("gcv")));
    assertEquals(
        "it failed; use setStandardization(true)",
        worded(stage, Option.STANDARDIZE.to("population")));
    assertEquals(
        "it failed; use setStandardization(false)", worded(stage, Option.STANDARDIZE.to("none")));
    assertEquals(
        "it failed; use setLengthScale(2.5)",
        worded(new RandomFeaturesEstimator(), Option.LENGTH_SCALE.to(2.5)));
  }

  @Test
  void whatTheStageHasNoSetterForKeepsItsWords() {
    RidgeRegression stage = new RidgeRegression();
    assertEquals("it failed; use on-invalid drop", worded(stage, Option.ON_INVALID.to("drop")));
    assertEquals("it failed; use folds 3", worded(stage, Option.FOLDS.to(3)));
    assertEquals(
        "it failed; use spark.driver.memory=3g", worded(stage, Option.DRIVER_MEMORY.to("3g")));
  }

  @Test
  void exceptionsWithoutRemedyPassAsTheyAre() {
    SingularException failure = new SingularException("it failed");
    assertSame(
        failure,
        assertThrows(
            SingularException.class,
            () ->
                Setters.run(
                    new RidgeRegression(),
                    () -> {
                      throw failure;
                    })));
  }

  @Test
  void emptyFoldAndTooManyFoldsAreToldWithSetters() {
    assertRefused(
        DataException.class,
        "there are 2 rows for 5 folds; use fewer folds (setNumFolds)",
        () -> new RidgeRegressionCV().fit(rows(2)));
    Dataset<Row> oneGroup = rows(9).withColumn("one", functions.lit(1));
    assertRefused(
        DataException.class,
        "fold 1 of 2 has no rows; use a seed other than 0 (setSeed), fewer folds"
            + " (setNumFolds), or choose the folds by setFoldCol",
        () -> new RidgeRegressionCV().setNumFolds(2).setGroupCol("one").fit(oneGroup));
  }

  @Test
  void undefinedCriterionIsToldWithSetters() {
    assertRefused(
        UsageException.class,
        "Cannot choose lambda: the criterion is undefined on the whole grid, because no degrees of"
            + " freedom are left; use larger lambdas or setSelect(\"cv-min\")",
        () -> new RidgeRegression().setSelect("aic").setLambdas(new double[] {0}).fit(rows(4)));
  }

  @Test
  void equalInputsAreToldWithSetters() {
    Dataset<Row> one = rows(1);
    Dataset<Row> equal = one.union(one);
    assertRefused(
        DataException.class,
        "cannot choose a length scale: the inputs of all rows are equal, too small or too large; give one by"
            + " setLengthScale",
        () -> new RandomFeaturesEstimator().fit(equal));
  }
}
