package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;
import org.ridgeline.ml.RandomFeatures;
import org.ridgeline.ml.RidgeRegression;
import org.ridgeline.ml.RidgeRegressionCV;
import org.ridgeline.ml.RidgeRegressionModel;
import org.ridgeline.spark.SparkTest;

/** The stages of {@code ml} against the commands, on the same Parquet files. */
@Tag("spark")
class MlAgreesWithCommandTest {
  private static final int ROWS = 3_000;

  @TempDir Path directory;
  private String data;
  private String run;

  @BeforeEach
  void writeData() {
    data = directory.resolve("data.parquet").toString();
    run = directory.resolve("run").toString();
    SparkTest.session()
        .range(0, ROWS, 1, 3)
        .selectExpr(
            "sin(id) as a",
            "cos(3 * id) + id % 7 as b",
            "id % 11 as c",
            "1 + id % 2 as w",
            "sin(id) * 2 + (id % 11) / 5 + cos(id * id) as y")
        .write()
        .parquet(data);
  }

  private static VectorAssembler assembler() {
    return new VectorAssembler()
        .setInputCols(new String[] {"a", "b", "c"})
        .setOutputCol("features");
  }

  private static RidgeRegressionModel last(PipelineModel model) {
    return (RidgeRegressionModel) model.stages()[model.stages().length - 1];
  }

  private JsonNode tune(String... more) throws Exception {
    return train("tune", run, more);
  }

  private JsonNode train(String command, String out, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(command, "--input", data, "--label", "y"));
    words.addAll(List.of("--features", "a,b,c", "--out", out));
    words.addAll(List.of(more));
    CliRun tuned = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, tuned.code(), tuned.err());
    return new ObjectMapper().readTree(Path.of(out, "model.json").toFile());
  }

  private RidgeRegressionModel fit(PipelineStage... stages) {
    Dataset<Row> rows = SparkTest.session().read().parquet(data);
    return last(new Pipeline().setStages(stages).fit(rows));
  }

  private void assertSame(JsonNode expected, RidgeRegressionModel model) throws Exception {
    assertEquals(expected.at("/coefficients/0").size(), model.numFeatures());
    for (int j = 0; j < model.numFeatures(); j++) {
      assertEquals(
          expected.at("/coefficients/0/" + j).asDouble(), model.coefficients().apply(j), 0);
    }
    assertEquals(expected.at("/intercept/0").asDouble(), model.intercept(), 0);
    assertEquals(expected.at("/lambda/0").asDouble(), model.lambda(), 0);
    assertSameTable("path.csv", model.summary().path());
    assertSameTable("coefficients.csv", model.summary().coefficients());
  }

  @Test
  void thePipelineGivesTheBitsOfTune() throws Exception {
    JsonNode expected = tune("--weight", "w", "--folds", "4", "--seed", "9");
    RidgeRegressionCV ridge =
        new RidgeRegressionCV().setLabelCol("y").setWeightCol("w").setNumFolds(4).setSeed(9);
    Dataset<Row> rows = SparkTest.session().read().parquet(data);
    RidgeRegressionModel model =
        last(new Pipeline().setStages(new PipelineStage[] {assembler(), ridge}).fit(rows));
    for (int j = 0; j < 3; j++) {
      assertEquals(
          expected.at("/coefficients/0/" + j).asDouble(), model.coefficients().apply(j), 0);
    }
    assertEquals(expected.at("/intercept/0").asDouble(), model.intercept(), 0);
    assertEquals(expected.at("/lambda/0").asDouble(), model.lambda(), 0);
    assertSameTable("path.csv", model.summary().path());
    assertSameTable("coefficients.csv", model.summary().coefficients());
  }

  @Test
  void aMapAndARidgeGiveTheBitsOfTuneWithThatMap() throws Exception {
    JsonNode expected =
        tune(
            "--map",
            "rff",
            "--width",
            "40",
            "--length-scale",
            "2",
            "--standardize",
            "none",
            "--seed",
            "3",
            "--lambdas",
            "0.001,0.1,10");
    RandomFeatures map =
        new RandomFeatures().setWidth(40).setLengthScale(2).setSeed(3).setOutputCol("z");
    RidgeRegressionCV ridge =
        new RidgeRegressionCV()
            .setLabelCol("y")
            .setFeaturesCol("z")
            .setStandardization(false)
            .setSeed(3)
            .setLambdas(new double[] {0.001, 0.1, 10});
    Dataset<Row> rows = SparkTest.session().read().parquet(data);
    RidgeRegressionModel model =
        last(new Pipeline().setStages(new PipelineStage[] {assembler(), map, ridge}).fit(rows));
    for (int j = 0; j < 40; j++) {
      assertEquals(
          expected.at("/coefficients/0/" + j).asDouble(), model.coefficients().apply(j), 0);
    }
    assertSameTable("path.csv", model.summary().path());
  }

  @Test
  void aPriorIsThatOfTheCommand() throws Exception {
    String earlier = directory.resolve("earlier").toString();
    train("fit", earlier, "--where", "c < 4", "--lambda", "2");
    JsonNode expected = tune("--prior", earlier, "--lambdas", "0.5,1,4", "--seed", "2");
    RidgeRegressionCV ridge =
        new RidgeRegressionCV()
            .setLabelCol("y")
            .setSeed(2)
            .setLambdas(new double[] {0.5, 1, 4})
            .setPrior(earlier);
    assertSame(expected, fit(assembler(), ridge));
    RidgeRegressionCV plain = ridge.copy(ParamMap.empty()).setPrior("");
    double other = fit(assembler(), plain).coefficients().apply(0);
    assertNotEquals(expected.at("/coefficients/0/0").asDouble(), other);
  }

  @Test
  void penaltiesByNameAreThoseOfTheCommand() throws Exception {
    JsonNode expected =
        train("fit", run, "--penalty", "?=3", "--penalty", "b=0", "--lambda", "1000");
    RidgeRegression ridge =
        new RidgeRegression()
            .setLabelCol("y")
            .setLambda(1000)
            .setPenalty(new String[] {"?=3", "b=0"});
    assertSame(expected, fit(assembler(), ridge));
  }

  @Test
  void exactResidualsAndRefinementsAreThoseOfTheCommand() throws Exception {
    JsonNode expected = tune("--exact-residuals", "--refinements", "2", "--weight", "w");
    RidgeRegressionCV ridge =
        new RidgeRegressionCV()
            .setLabelCol("y")
            .setWeightCol("w")
            .setExactResiduals(true)
            .setRefinements(2);
    assertSame(expected, fit(assembler(), ridge));
  }

  @Test
  void exactResidualsOfAMapAreThoseOfTheCommand() throws Exception {
    JsonNode expected =
        tune(
            "--map",
            "rff",
            "--width",
            "16",
            "--length-scale",
            "2",
            "--standardize",
            "none",
            "--exact-residuals",
            "--lambdas",
            "0.001,0.1,10");
    RandomFeatures map = new RandomFeatures().setWidth(16).setLengthScale(2).setOutputCol("z");
    RidgeRegressionCV ridge =
        new RidgeRegressionCV()
            .setLabelCol("y")
            .setFeaturesCol("z")
            .setStandardization(false)
            .setExactResiduals(true)
            .setLambdas(new double[] {0.001, 0.1, 10});
    RidgeRegressionModel model = fit(assembler(), map, ridge);
    for (int j = 0; j < 16; j++) {
      assertEquals(
          expected.at("/coefficients/0/" + j).asDouble(), model.coefficients().apply(j), 0);
    }
    assertSameTable("path.csv", model.summary().path());
  }

  @Test
  void whatIsForColumnsOfTheDataIsRefusedAfterAMap() throws Exception {
    String earlier = directory.resolve("earlier").toString();
    train("fit", earlier, "--lambda", "2");
    RandomFeatures map = new RandomFeatures().setWidth(16).setLengthScale(2).setOutputCol("z");
    RidgeRegressionCV ridge =
        new RidgeRegressionCV().setLabelCol("y").setFeaturesCol("z").setStandardization(false);
    for (RidgeRegressionCV stage :
        List.of(
            ridge.copy(ParamMap.empty()).setPrior(earlier),
            ridge.copy(ParamMap.empty()).setRefinements(1),
            ridge.copy(ParamMap.empty()).setPenalty(new String[] {"z0=0"}))) {
      Exception refused =
          assertThrows(IllegalArgumentException.class, () -> fit(assembler(), map, stage));
      assertEquals(
          "Cannot use a penalty by names, a prior, refinements or the tsqr solver with a feature"
              + " map: they are for the columns of the data",
          refused.getMessage());
    }
  }

  @Test
  void priorsAndPenaltiesThatCannotBeUsedAreNamedByTheStageToo() {
    RidgeRegression ridge = new RidgeRegression().setLabelCol("y").setLambda(1);
    String nowhere = directory.resolve("nowhere").toString();
    Exception missing =
        assertThrows(
            DataException.class,
            () -> fit(assembler(), ridge.copy(ParamMap.empty()).setPrior(nowhere)));
    assertTrue(missing.getMessage().contains(nowhere), missing.getMessage());
    Exception unknown =
        assertThrows(
            DataException.class,
            () -> fit(assembler(), ridge.copy(ParamMap.empty()).setPenalty(new String[] {"d=0"})));
    assertTrue(
        unknown.getMessage().contains("\"d\" matches no usable column"), unknown.getMessage());
    Exception unread =
        assertThrows(
            IllegalArgumentException.class,
            () -> fit(assembler(), ridge.copy(ParamMap.empty()).setPenalty(new String[] {"a"})));
    assertEquals("Cannot read the penalty 'a': it must be GLOB=FACTOR", unread.getMessage());
  }

  /** Every column of the table has the cells of the column of that name in the run's file. */
  private void assertSameTable(String file, Dataset<Row> table) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(run, file));
    List<String> header = List.of(lines.get(0).split(",", -1));
    List<Row> rows = table.collectAsList();
    assertEquals(lines.size() - 1, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      for (String name : table.columns()) {
        Object found = rows.get(i).getAs(name);
        String cell = cells[header.indexOf(name)];
        Object expected =
            cell.isEmpty() ? null : found instanceof Double ? Double.valueOf(cell) : cell;
        assertEquals(expected, found instanceof Boolean ? found.toString() : found, name);
      }
    }
  }

  @Test
  void thePipelineReadsItsInputOnce() throws Exception {
    SparkSession session = SparkTest.session();
    Dataset<Row> rows = session.read().parquet(data);
    AtomicInteger jobs = new AtomicInteger();
    AtomicLong records = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            records.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
          }
        };
    session.sparkContext().listenerBus().waitUntilEmpty(10_000);
    session.sparkContext().addSparkListener(listener);
    RidgeRegressionCV ridge = new RidgeRegressionCV().setLabelCol("y");
    new Pipeline().setStages(new PipelineStage[] {assembler(), ridge}).fit(rows);
    session.sparkContext().listenerBus().waitUntilEmpty(10_000);
    session.sparkContext().removeSparkListener(listener);
    assertEquals(1, jobs.get());
    assertEquals(ROWS, records.get());
  }
}
