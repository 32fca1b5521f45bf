package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RandomFeaturesEstimatorTest extends StageContract<RandomFeaturesEstimator> {
  @Override
  RandomFeaturesEstimator fresh() {
    return new RandomFeaturesEstimator();
  }

  @Override
  RandomFeaturesEstimator withUid(String uid) {
    return new RandomFeaturesEstimator(uid);
  }

  @Override
  RandomFeaturesEstimator configured() {
    return new RandomFeaturesEstimator()
        .setInputCol("x")
        .setOutputCol("z")
        .setKind("nystrom")
        .setKernel("matern32")
        .setWidth(16)
        .setLengthScale(2)
        .setStandardization(false)
        .setClip(4)
        .setSeed(5);
  }

  @Override
  RandomFeaturesEstimator working() {
    return new RandomFeaturesEstimator("map").setOutputCol("z").setWidth(6).setClip(3);
  }

  @Override
  Map<String, Object> defaults() {
    return Map.of(
        "inputCol",
        "features",
        "kind",
        "rff",
        "width",
        1024,
        "seed",
        0L,
        "kernel",
        "rbf",
        "standardization",
        true);
  }

  @Override
  Map<StructType, String> refusals() {
    return RefusedSchemas.ofMap("map");
  }

  @Override
  RandomFeaturesEstimator load(String path) {
    return RandomFeaturesEstimator.load(path);
  }

  @Override
  String emptyData() {
    return "the input has no valid rows";
  }

  @Override
  String output() {
    return "z";
  }

  @Override
  String input() {
    return "inputCol";
  }

  private static Dataset<Row> rows() {
    return MlRows.assembled(MlRows.numbers(50));
  }

  @Test
  void scalesAreThoseOfTheInputs() {
    RandomFeaturesModel model = working().fit(rows());
    double[] means = new StandardScaler().setInputCol("features").fit(rows()).mean().toArray();
    double[] deviations = new StandardScaler().setInputCol("features").fit(rows()).std().toArray();
    for (int j = 0; j < 3; j++) {
      assertEquals(means[j], model.center().apply(j), 1e-12 * Math.abs(means[j]));
      double population = deviations[j] * Math.sqrt(49.0 / 50);
      assertEquals(population, model.scale().apply(j), 1e-12 * population);
    }
  }

  @Test
  void theLengthScaleIsTheMedianDistanceUnlessGiven() {
    RandomFeaturesModel learned = working().fit(rows());
    List<double[]> x =
        rows().collectAsList().stream()
            .map(row -> row.<Vector>getAs("features").toArray())
            .peek(row -> standardize(learned, row))
            .toList();
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      for (int j = 0; j < i; j++) {
        distances.add(Math.sqrt(Vectors.sqdist(Vectors.dense(x.get(i)), Vectors.dense(x.get(j)))));
      }
    }
    Collections.sort(distances);
    int pairs = distances.size();
    double median = (distances.get((pairs - 1) / 2) + distances.get(pairs / 2)) / 2;
    assertEquals(median, learned.lengthScale(), 1e-12);
    assertEquals(7, working().setLengthScale(7).fit(rows()).lengthScale());
  }

  private static void standardize(RandomFeaturesModel model, double[] row) {
    for (int j = 0; j < row.length; j++) {
      double value = (row[j] - model.center().apply(j)) / model.scale().apply(j);
      row[j] = Math.max(-3, Math.min(3, value));
    }
  }

  @Test
  void nystromHasAsManyCentersAsThereAreRows() {
    RandomFeaturesModel model =
        working().setKind("nystrom").setWidth(80).setLengthScale(1).fit(rows());
    assertEquals(50, model.numFeatures());
    assertEquals("nystrom", model.kind());
  }

  @Test
  void clippingNeedsDeviations() {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class, () -> working().setStandardization(false).fit(rows()));
    assertEquals(
        "map: cannot clip at 3.0 standard deviations without standardization",
        refused.getMessage());
  }
}
