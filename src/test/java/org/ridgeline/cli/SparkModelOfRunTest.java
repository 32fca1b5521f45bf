package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.FlippedBits;
import org.ridgeline.base.DataException;
import org.ridgeline.ml.RidgeRegressionModel;
import org.ridgeline.spark.SparkTest;

/** {@code RUN/model}: the stages that it holds predict what {@code predict} does. */
@Tag("spark")
class SparkModelOfRunTest {
  @TempDir Path directory;
  private String data;
  private String run;

  @BeforeEach
  void writeData() {
    data = directory.resolve("data.parquet").toString();
    run = directory.resolve("run").toString();
    SparkTest.session()
        .range(0, 200, 1, 2)
        .selectExpr(
            "id",
            "sin(id) as a",
            "cos(3 * id) as b",
            "if(id % 3 = 0, 'q', 'p') as c",
            "sin(8 * sin(id)) + (id % 3) / 5 as y",
            "sin(id) - 2 * cos(3 * id) as z")
        .write()
        .parquet(data);
  }

  private void train(String... more) {
    List<String> words = new ArrayList<>(List.of("tune", "--input", data, "--out", run));
    words.addAll(List.of(more));
    CliRun trained = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, trained.code(), trained.err());
  }

  /** Predictions of the command, by id. */
  private List<Row> predicted(String columns) {
    String out = directory.resolve("scored").toString();
    CliRun scored = CliRun.of("predict", "--model", run, "--input", data, "--out", out);
    assertEquals(0, scored.code(), scored.err());
    return SparkTest.session()
        .read()
        .parquet(out)
        .orderBy("id")
        .selectExpr(columns.split(";"))
        .collectAsList();
  }

  private Dataset<Row> vectors(String... inputs) {
    Dataset<Row> rows =
        SparkTest.session().read().parquet(data).selectExpr("*", "double(c = 'q') as `c=q`");
    return new VectorAssembler().setInputCols(inputs).setOutputCol("features").transform(rows);
  }

  private String model() {
    return Path.of(run, "model").toString();
  }

  private static void assertSame(List<Row> expected, List<Row> found, int targets) {
    assertSame(expected, found, targets, 1e-12);
  }

  private static void assertSame(
      List<Row> expected, List<Row> found, int targets, double tolerance) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      for (int t = 0; t < targets; t++) {
        double ours =
            targets == 1 ? found.get(i).getDouble(0) : (double) found.get(i).getList(0).get(t);
        assertEquals(expected.get(i).getDouble(t), ours, tolerance);
      }
    }
  }

  private static List<Row> scored(Transformer model, Dataset<Row> rows) {
    return model.transform(rows).orderBy("id").select("prediction").collectAsList();
  }

  @Test
  void aPlainRunIsARidgeModelOfItsFeatures() {
    train("--label", "y", "--features", "a,b", "--categorical", "c");
    RidgeRegressionModel model = RidgeRegressionModel.load(model());
    assertEquals(List.of("a", "b", "c=q"), model.featureNames());
    assertEquals("y", model.getLabelCol());
    assertSame(predicted("prediction"), scored(model, vectors("a", "b", "c=q")), 1);
  }

  @Test
  void aModelThatIsNotThatOfItsRunIsRefused() throws IOException {
    train("--label", "y", "--features", "a,b");
    assertEquals(3, FlippedBits.files(Path.of(model())).size());
    FlippedBits.of(Path.of(model()), 20, 3, file -> assertRefused(file, () -> load(model())));
    load(model());
    Path first = Files.move(Path.of(run), directory.resolve("first"));
    train("--label", "z", "--features", "a,b");
    Path second = Files.move(Path.of(model()), directory.resolve("second"));
    Files.move(first.resolve("model"), Path.of(model()));
    assertThrows(DataException.class, () -> load(model()));
    load(second.toString()); // sound for itself
  }

  private static void load(String path) {
    RidgeRegressionModel.load(path);
  }

  private static void assertRefused(Path file, Executable load) {
    String sentence = assertThrows(DataException.class, load, file.toString()).getMessage();
    assertTrue(sentence.contains(file.getFileName().toString()), sentence);
  }

  /** The files of Spark's own stages have sums in the manifest of the run alone. */
  @Test
  void aPipelineThatIsNotThatOfItsRunIsRefused() throws IOException {
    train("--label", "y", "--features", "a,b", "--map", "rff", "--width", "8", "--lambda", "1");
    FlippedBits.removeChecksums(Path.of(model()));
    Path metadata = FlippedBits.files(Path.of(model(), "metadata")).get(0);
    String sound = Files.readString(metadata);
    Files.writeString(metadata, sound.replaceFirst("\"timestamp\":1", "\"timestamp\":2"));
    assertRefused(metadata, () -> PipelineModel.load(model()));
    Files.writeString(metadata, sound);
    FlippedBits.of( // Spark reads the metadata first, and may find them unreadable
        Path.of(model()),
        5,
        4,
        file -> assertThrows(Exception.class, () -> PipelineModel.load(model()), file.toString()));
    assertEquals(2, PipelineModel.load(model()).stages().length);
  }

  @Test
  void severalTargetsArePredictedAsAnArray() {
    train("--label", "y", "--label", "z", "--features", "a,b");
    RidgeRegressionModel model = RidgeRegressionModel.load(model());
    assertEquals(List.of("y", "z"), model.targetNames());
    assertSame(predicted("prediction_y;prediction_z"), scored(model, vectors("a", "b")), 2);
  }

  @Test
  void aMapRunIsAPipelineOfMapAndRidge() {
    train(
        "--label",
        "y",
        "--features",
        "a,b",
        "--map",
        "rff",
        "--width",
        "8,32",
        "--lambdas",
        "0.1,10");
    PipelineModel model = PipelineModel.load(model());
    assertSame(predicted("prediction"), scored(model, vectors("a", "b")), 1);
  }

  @Test
  void targetsWithMapsOfTheirOwnAreReadBack() {
    train(
        "--label",
        "y",
        "--label",
        "z",
        "--features",
        "a,b",
        "--map",
        "rff",
        "--width",
        "32,64",
        "--length-scale",
        "0.4,30",
        "--clip",
        "2");
    PipelineModel model = PipelineModel.load(model());
    assertEquals(4, model.stages().length, "the targets have chosen the same map");
    assertSame(predicted("prediction_y;prediction_z"), scored(model, vectors("a", "b")), 2);
  }

  @Test
  void nystromRunsAreReadBack() { // nearly equal centers: L^-1 amplifies the rounding of k_m(x)
    train(
        "--label",
        "y",
        "--features",
        "a,b",
        "--map",
        "nystrom",
        "--width",
        "20",
        "--lambdas",
        "0.1,10");
    assertSame(
        predicted("prediction"), scored(PipelineModel.load(model()), vectors("a", "b")), 1, 1e-9);
  }
}
