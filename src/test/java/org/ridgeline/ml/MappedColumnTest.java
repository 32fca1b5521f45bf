package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.spark.SparkTest;

/** Rows mapped in the aggregation against vectors that are read as they are. */
@Tag("spark")
class MappedColumnTest {
  private static Dataset<Row> rows() {
    return MlRows.assembled(MlRows.numbers(300));
  }

  private static Dataset<Row> mapped(String kind) {
    return new RandomFeaturesEstimator()
        .setKind(kind)
        .setWidth(12)
        .setOutputCol("z")
        .fit(rows())
        .transform(rows());
  }

  private static boolean isFused(Dataset<Row> rows) {
    return MappedColumn.find(rows, "z").isPresent();
  }

  private static RidgeRegression ridge() {
    return new RidgeRegression().setFeaturesCol("z").setStandardization(false).setLambda(0.3);
  }

  private static RidgeRegressionCV tuned() {
    return new RidgeRegressionCV().setFeaturesCol("z").setStandardization(false);
  }

  private static void assertSame(RidgeRegressionModel expected, RidgeRegressionModel model) {
    double size = Vectors.norm(expected.coefficients(), 2);
    for (int j = 0; j < expected.numFeatures(); j++) {
      assertEquals(expected.coefficients().apply(j), model.coefficients().apply(j), 1e-12 * size);
    }
    assertEquals(expected.intercept(), model.intercept(), 1e-12 * (1 + size));
    assertEquals(expected.featureNames(), model.featureNames());
    assertEquals(expected.lambda(), model.lambda(), 1e-12 * expected.lambda());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rff", "arccos1", "ntk", "nystrom"})
  void coefficientsAreThoseOfTheVectors(String kind) {
    Dataset<Row> fused = mapped(kind);
    Dataset<Row> cached = mapped(kind).cache();
    assertTrue(isFused(fused));
    assertFalse(isFused(cached));
    assertSame(ridge().fit(cached), ridge().fit(fused));
    cached.unpersist();
  }

  @Test
  void foldsAreThoseOfTheInputsEitherWay() {
    Dataset<Row> fused =
        new RandomFeatures().setWidth(10).setLengthScale(9).setOutputCol("z").transform(rows());
    Dataset<Row> cached = fused.select("*").cache();
    RidgeRegressionModel expected = tuned().fit(cached);
    RidgeRegressionModel model = tuned().fit(fused.select("features", "label", "z", "id"));
    assertSame(expected, model);
    List<Row> theirs = expected.summary().foldErrors().collectAsList();
    List<Row> ours = model.summary().foldErrors().collectAsList();
    assertEquals(theirs.size(), ours.size());
    for (int i = 0; i < ours.size(); i++) {
      double mse = theirs.get(i).getAs("mse");
      assertEquals(mse, ours.get(i).getAs("mse"), 1e-12 * mse);
    }
    cached.unpersist();
  }

  @Test
  void aColumnThatWasChangedIsReadAsItIs() {
    Dataset<Row> rows = mapped("rff");
    Dataset<Row> changed =
        rows.withColumn(
            "z",
            functions
                .udf(
                    (UDF1<Vector, Vector>) z -> Vectors.dense(z.toArray()[0], z.toArray()[1]),
                    SQLDataTypes.VectorType())
                .apply(functions.col("z"))
                .as("z", rows.schema().apply("z").metadata()));
    assertFalse(isFused(changed));
    Dataset<Row> doubled =
        rows.withColumn(
            "z",
            functions
                .udf(
                    (UDF1<Vector, Vector>)
                        z -> {
                          double[] twice = z.toArray().clone();
                          for (int j = 0; j < twice.length; j++) {
                            twice[j] *= 2;
                          }
                          return Vectors.dense(twice);
                        },
                    SQLDataTypes.VectorType())
                .apply(functions.col("z"))
                .as("z", rows.schema().apply("z").metadata()));
    assertFalse(isFused(doubled));
    RidgeRegressionModel plain = ridge().setLambda(0.25).fit(rows);
    RidgeRegressionModel half = ridge().setLambda(1).fit(doubled);
    double size = Vectors.norm(plain.coefficients(), 2);
    for (int j = 0; j < plain.numFeatures(); j++) {
      assertEquals(plain.coefficients().apply(j), 2 * half.coefficients().apply(j), 1e-11 * size);
    }
  }

  @Test
  void anotherColumnOfTheNameIsReadAsItIs() {
    Dataset<Row> rows = mapped("rff");
    Dataset<Row> swapped =
        rows.withColumn(
            "z", functions.col("features").as("z", rows.schema().apply("z").metadata()));
    assertFalse(isFused(swapped));
  }

  @Test
  void choicesAndFiltersInBetweenDoNotHinder() {
    Dataset<Row> rows = mapped("rff").where("id % 3 = 0").select("z", "label", "id").as("t");
    assertTrue(isFused(rows));
    Dataset<Row> cached = rows.cache();
    RidgeRegressionModel expected = ridge().fit(cached);
    cached.unpersist(true);
    assertSame(expected, ridge().fit(mapped("rff").where("id % 3 = 0")));
  }

  @Test
  void filtersOfTheMappedColumnAndOtherStepsDo() {
    Dataset<Row> rows = mapped("rff");
    assertFalse(isFused(rows.where("z is not null")));
    assertFalse(isFused(rows.withColumn("copy", functions.col("z"))));
    assertFalse(isFused(rows.orderBy("id")));
    assertFalse(isFused(rows.union(rows)));
    assertFalse(isFused(rows.limit(10)));
    assertFalse(isFused(SparkTest.session().createDataFrame(rows.toJavaRDD(), rows.schema())));
    assertFalse(MappedColumn.find(rows, "features").isPresent());
  }
}
