package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;

class RandomFeaturesModelTest extends StageContract<RandomFeaturesModel> {
  private static final FeatureMap MAP =
      FeatureMap.random(
          MapSpec.of(MapKind.RFF, 8).withSeed(2).withLengthScale(1.5),
          InputScaling.of(Vec.of(0, 1000, 0), Vec.of(1, 50, 2)).clippedAt(2));

  @Override
  RandomFeaturesModel fresh() {
    return new RandomFeaturesModel("map" + System.nanoTime(), MAP);
  }

  @Override
  RandomFeaturesModel withUid(String uid) {
    return new RandomFeaturesModel(uid, MAP);
  }

  @Override
  RandomFeaturesModel configured() {
    return withUid("map").setInputCol("x").setOutputCol("z");
  }

  @Override
  RandomFeaturesModel working() {
    return withUid("map").setOutputCol("z");
  }

  @Override
  Map<String, Object> defaults() {
    return Map.of("inputCol", "features");
  }

  @Override
  Map<StructType, String> refusals() {
    Map<StructType, String> refusals = RefusedSchemas.ofMap("map");
    refusals.put(
        new StructType().add(new AttributeGroup("features", 4).toStructField()),
        "map: the column 'features' has vectors of 4 elements, not of 3");
    return refusals;
  }

  @Override
  RandomFeaturesModel load(String path) {
    return RandomFeaturesModel.load(path);
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
  void everyKindIsReadBackBitForBit() throws IOException {
    Dataset<Row> rows = MlRows.assembled(MlRows.numbers(30));
    for (String kind : List.of("nystrom", "rff-cos", "arccos2", "ntk")) {
      RandomFeaturesModel model =
          new RandomFeaturesEstimator().setKind(kind).setWidth(10).setOutputCol("z").fit(rows);
      String path = directory.resolve(kind).toString();
      model.save(path);
      assertEquals(
          model.transform(rows).select("z").collectAsList(),
          RandomFeaturesModel.load(path).transform(rows).select("z").collectAsList(),
          kind);
    }
  }

  @Test
  void writtenOutWeightsAreReadBack() throws IOException {
    Dataset<Row> rows = MlRows.assembled(MlRows.numbers(30));
    FeatureMap explicit = FeatureMap.of(MAP.description().writtenOut());
    RandomFeaturesModel model = new RandomFeaturesModel("m", explicit).setOutputCol("z");
    String path = directory.resolve("m").toString();
    model.save(path);
    List<Row> expected = working().transform(rows).select("z").collectAsList();
    assertEquals(
        expected, RandomFeaturesModel.load(path).transform(rows).select("z").collectAsList());
  }
}
