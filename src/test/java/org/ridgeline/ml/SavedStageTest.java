package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.FlippedBits;
import org.ridgeline.base.DataException;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.spark.SparkTest;

/** A stage is read as it was saved, or not at all. */
@Tag("spark")
class SavedStageTest {
  private static final int EACH = 20;

  @TempDir Path directory;

  @BeforeAll
  static void startSession() {
    SparkTest.session();
  }

  private static RidgeRegressionModel ridge(double slope) {
    RidgeModel model =
        new RidgeModel(
            List.of("x"), List.of("label"), Vec.of(0.1), Matrix.column(slope), Vec.of(0.5));
    return new RidgeRegressionModel("ridge_1", model, Targets.NUMBER);
  }

  private static RandomFeaturesModel map() {
    return new RandomFeaturesModel(
        "map_1",
        FeatureMap.random(MapSpec.of(MapKind.RFF, 4), InputScaling.of(Vec.of(0, 1), Vec.of(1, 2))));
  }

  private Path saved(RidgeRegressionModel model, String name) throws IOException {
    Path place = directory.resolve(name);
    model.save(place.toString());
    return place;
  }

  private static String refusal(Executable load) {
    return assertThrows(DataException.class, load).getMessage();
  }

  /** Of every file, that of the sums included, of models and of a stage without data. */
  @Test
  void everyFlippedBitIsNoticedInAnyStage() throws IOException {
    String ridge = saved(ridge(2), "ridge").toString();
    String map = directory.resolve("map").toString();
    String stage = directory.resolve("stage").toString();
    map().save(map);
    new RidgeRegressionCV().setNumFolds(3).save(stage);
    assertFlipsNoticed(ridge, 3, () -> RidgeRegressionModel.load(ridge));
    assertFlipsNoticed(map, 3, () -> RandomFeaturesModel.load(map));
    assertFlipsNoticed(stage, 2, () -> RidgeRegressionCV.load(stage));
    assertEquals(ridge(2).coefficients(), RidgeRegressionModel.load(ridge).coefficients());
  }

  private static void assertFlipsNoticed(String place, int files, Executable load)
      throws IOException {
    assertEquals(files, FlippedBits.files(Path.of(place)).size());
    FlippedBits.of(
        Path.of(place),
        EACH,
        7,
        file -> {
          String sentence = refusal(load);
          assertTrue(sentence.contains(file.getFileName().toString()), file + ": " + sentence);
        });
  }

  @Test
  void missingAndStrangeFilesAreRefusedByName() throws IOException {
    Path place = saved(ridge(2), "ridge");
    Path data;
    try (Stream<Path> files = Files.list(saved(ridge(3), "other").resolve("data"))) {
      data = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    Path strange = Files.copy(data, place.resolve("data").resolve("part-0-other.parquet"));
    assertEquals(
        "Cannot use the stage "
            + place
            + ": its file data/part-0-other.parquet is not the one that was written, by the sums in"
            + " _manifest.json",
        refusal(() -> RidgeRegressionModel.load(place.toString())));
    Files.delete(strange);
    RidgeRegressionModel.load(place.toString());
    Path kept = FlippedBits.files(place.resolve("metadata")).get(0);
    Files.delete(kept);
    assertEquals(
        "Cannot use the stage "
            + place
            + ": its file metadata/"
            + kept.getFileName()
            + " is missing",
        refusal(() -> RidgeRegressionModel.load(place.toString())));
  }

  @Test
  void aStageThatHasLostItsSumsIsRefused() throws IOException {
    Path place = saved(ridge(2), "ridge");
    Path stage = directory.resolve("stage");
    new RidgeRegressionCV().setNumFolds(3).save(stage.toString());
    Files.delete(place.resolve("_manifest.json"));
    Files.delete(stage.resolve("_manifest.json"));
    String what = ": its _manifest.json, which has the sums of its files, is missing";
    assertEquals(
        "Cannot use the stage " + place + what,
        refusal(() -> RidgeRegressionModel.load(place.toString())));
    assertEquals(
        "Cannot use the stage " + stage + what,
        refusal(() -> RidgeRegressionCV.load(stage.toString())));
  }

  /** It marks the end of a write; what was written is known by the sums. */
  @Test
  void theMarkOfSparkIsNotNeeded() throws IOException {
    Path place = saved(ridge(2), "ridge");
    Files.delete(place.resolve("metadata/_SUCCESS"));
    Files.delete(place.resolve("data/_SUCCESS"));
    assertEquals(2, RidgeRegressionModel.load(place.toString()).coefficients().apply(0));
  }

  @Test
  void theStagesOfAPipelineAreChecked() throws IOException {
    List<Transformer> stages = List.of(map().setOutputCol("z"), ridge(2).setFeaturesCol("z"));
    Path place = directory.resolve("pipeline");
    new PipelineModel("pipeline_1", stages).save(place.toString());
    FlippedBits.of(
        place.resolve("stages"),
        5,
        9,
        file -> { // Spark reads the metadata first, and may find them unreadable
          Executable load = () -> PipelineModel.load(place.toString());
          boolean isData = file.getParent().endsWith("data");
          Class<? extends Exception> expected = isData ? DataException.class : Exception.class;
          assertThrows(expected, load, file.toString());
        });
    assertEquals(2, PipelineModel.load(place.toString()).stages().length);
  }

  @Test
  void aStageThatIsSavedAgainIsReadAgain() throws IOException {
    Path place = saved(ridge(2), "ridge");
    ridge(5).write().overwrite().save(place.toString());
    assertEquals(5, RidgeRegressionModel.load(place.toString()).coefficients().apply(0));
  }
}
