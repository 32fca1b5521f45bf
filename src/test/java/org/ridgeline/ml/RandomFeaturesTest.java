package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;

class RandomFeaturesTest extends StageContract<RandomFeatures> {
  @Override
  RandomFeatures fresh() {
    return new RandomFeatures();
  }

  @Override
  RandomFeatures withUid(String uid) {
    return new RandomFeatures(uid);
  }

  @Override
  RandomFeatures configured() {
    return new RandomFeatures()
        .setInputCol("x")
        .setOutputCol("z")
        .setKind("orf")
        .setWidth(16)
        .setLengthScale(2)
        .setSeed(5);
  }

  @Override
  RandomFeatures working() {
    return new RandomFeatures("map").setOutputCol("z").setWidth(8).setLengthScale(20);
  }

  @Override
  Map<String, Object> defaults() {
    return Map.of(
        "inputCol", "features", "kind", "rff", "width", 1024, "lengthScale", 1.0, "seed", 0L);
  }

  @Override
  Map<StructType, String> refusals() {
    return RefusedSchemas.ofMap("map");
  }

  @Override
  RandomFeatures load(String path) {
    return RandomFeatures.load(path);
  }

  @Override
  String emptyData() {
    return "";
  }

  @Override
  String output() {
    return "z";
  }

  @Override
  String input() {
    return "inputCol";
  }

  @Test
  void everyRowIsThatOfTheMap() {
    for (String kind : new String[] {"rff", "rff-cos", "laplace", "arccos1", "ntk"}) {
      RandomFeatures stage = new RandomFeatures().setOutputCol("z").setKind(kind).setWidth(22);
      MapSpec spec = MapSpec.of(MapKind.of(kind), 22).withSeed(3);
      FeatureMap map = FeatureMap.random(spec, InputScaling.none(3));
      Row row = stage.setSeed(3).transform(MlRows.assembled(MlRows.numbers(5))).head();
      double[] expected = new double[map.outputs()];
      map.newTask().apply(1, row.<Vector>getAs("features").toArray(), 3, expected, map.outputs());
      assertArrayEquals(expected, row.<Vector>getAs("z").toArray(), 0, kind);
    }
  }

  @Test
  void elementsAreNamed() {
    StructType schema = working().transformSchema(MlRows.assembled(MlRows.numbers(1)).schema());
    AttributeGroup group = AttributeGroup.fromStructField(schema.apply("z"));
    assertEquals(8, group.size());
    assertEquals("z7", group.getAttr(7).name().get());
  }

  @Test
  void vectorsOfUnknownLengthAreMapped() {
    Dataset<Row> rows =
        MlRows.assembled(MlRows.numbers(9))
            .withColumn(
                "features",
                org.apache
                    .spark
                    .sql
                    .functions
                    .col("features")
                    .as("features", org.apache.spark.sql.types.Metadata.empty()));
    RandomFeatures ntk = new RandomFeatures().setKind("ntk").setWidth(11).setOutputCol("z");
    assertEquals(
        -1, AttributeGroup.fromStructField(ntk.transform(rows).schema().apply("z")).size());
    assertEquals(10, ntk.transform(rows).head().<Vector>getAs("z").size());
  }

  @Test
  void nystromIsForTheEstimator() {
    RandomFeatures stage = new RandomFeatures("m").setKind("nystrom");
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> stage.transform(MlRows.assembled(MlRows.numbers(3))));
    assertEquals(
        "m: the centers of a nystrom map are rows of the data; use RandomFeaturesEstimator",
        refused.getMessage());
  }

  @Test
  void vectorsOfDifferentLengthsAreRefused() {
    Dataset<Row> rows =
        MlRows.assembled(MlRows.numbers(4))
            .select("features")
            .union(
                new org.apache.spark.ml.feature.VectorAssembler()
                    .setInputCols(new String[] {"x0", "x1"})
                    .setOutputCol("features")
                    .transform(MlRows.numbers(2))
                    .select("features"))
            .coalesce(1)
            .withColumn(
                "features",
                org.apache
                    .spark
                    .sql
                    .functions
                    .col("features")
                    .as("features", org.apache.spark.sql.types.Metadata.empty()));
    Exception failed =
        assertThrows(Exception.class, () -> working().transform(rows).select("z").collectAsList());
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertTrue(
        cause.getMessage().contains("Cannot map a vector of 2 elements: those before it had 3"),
        cause.getMessage());
  }
}
