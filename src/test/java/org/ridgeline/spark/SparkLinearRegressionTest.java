package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.infer.CoefficientErrors;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningResult;
import org.ridgeline.select.TuningSpec;

/** Oracle: {@code LinearRegression} of the Spark on the class path, solver normal. */
@Tag("spark")
class SparkLinearRegressionTest {
  private static final int D = 6;

  @ParameterizedTest
  @CsvSource({
    "true, true, false", "true, true, true", "true, false, false", "true, false, true",
    "false, true, false", "false, true, true", "false, false, false", "false, false, true"
  })
  void sameCoefficientsUnderTheConversionOfLambda(
      boolean intercept, boolean standardize, boolean weighted) {
    Dataset<Row> rows =
        SparkTest.linear(400, D, 11)
            .withColumn("x1", functions.expr("x1 * 50 + 1000"))
            .withColumn("w", functions.expr("0.25 + abs(x0)"));
    double regParam = 0.3;
    LinearRegressionModel expected =
        new LinearRegression()
            .setSolver("normal")
            .setRegParam(regParam)
            .setLabelCol("y")
            .setFitIntercept(intercept)
            .setStandardization(standardize)
            .setWeightCol(weighted ? "w" : "")
            .fit(assembled(rows));

    PathCoefficients actual = fit(rows, intercept, standardize, weighted, regParam);

    double norm = org.apache.spark.ml.linalg.Vectors.norm(expected.coefficients(), 2);
    for (int j = 0; j < D; j++) {
      assertEquals(expected.coefficients().apply(j), actual.matrix().get(j, 0), 1e-8 * norm);
    }
    assertEquals(
        expected.intercept(),
        actual.intercepts().get(0),
        1e-8 * Math.max(1, Math.abs(expected.intercept())));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void sameStandardErrorsWithoutPenalty(boolean intercept) {
    Dataset<Row> rows =
        SparkTest.linear(300, D, 12).withColumn("x1", functions.expr("x1 * 50 + 1000"));
    double[] expected =
        new LinearRegression()
            .setSolver("normal")
            .setRegParam(0)
            .setLabelCol("y")
            .setFitIntercept(intercept)
            .fit(assembled(rows))
            .summary()
            .coefficientStandardErrors();
    ColumnRoles columns =
        ColumnRoles.of("y").withFeatures(List.of("x*")).withFolds(FoldRule.single());
    RidgeSpec ridge = RidgeSpec.standard().with(intercept ? Intercept.FREE : Intercept.NONE);
    TuningSpec spec = new TuningSpec(ridge, LambdaRequest.of(LambdaConvention.SUM, 0), Rule.GIVEN);
    TuningResult tuned =
        Tuning.run(SparkTest.collect(rows, columns).moments(), spec, FoldExecutor.inParallel(1));
    CoefficientErrors errors =
        CoefficientErrors.of(tuned.system(), tuned.problem(), tuned.target(0).path(), 0);
    for (int j = 0; j < D; j++) {
      assertEquals(expected[j], errors.standardError().get(j), 1e-8 * expected[j]);
    }
    if (intercept) {
      assertEquals(expected[D], errors.interceptStandardError(), 1e-8 * expected[D]);
    }
  }

  private static PathCoefficients fit(
      Dataset<Row> rows,
      boolean intercept,
      boolean standardize,
      boolean weighted,
      double regParam) {
    ColumnRoles columns =
        ColumnRoles.of("y").withFeatures(List.of("x*")).withFolds(FoldRule.single());
    FoldedMoments moments =
        SparkTest.collect(rows, weighted ? columns.withWeight("w") : columns).moments();
    RidgeSpec ridge =
        RidgeSpec.standard()
            .with(intercept ? Intercept.FREE : Intercept.NONE)
            .with(standardize ? Scaling.POPULATION : Scaling.NONE);
    TuningSpec spec =
        new TuningSpec(ridge, LambdaRequest.of(LambdaConvention.SPARK, regParam), Rule.GIVEN);
    return Tuning.run(moments, spec, FoldExecutor.inParallel(1)).target(0).path().coefficients();
  }

  private static Dataset<Row> assembled(Dataset<Row> rows) {
    String[] inputs = new String[D];
    for (int j = 0; j < D; j++) {
      inputs[j] = "x" + j;
    }
    return new VectorAssembler().setInputCols(inputs).setOutputCol("features").transform(rows);
  }
}
