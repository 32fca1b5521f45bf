package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;

/**
 * What every stage must do, whichever it is.
 *
 * @param <S> the stage
 */
@Tag("spark")
abstract class StageContract<S extends PipelineStage & MLWritable> {
  @TempDir Path directory;
  private Dataset<Row> rows;

  /** The stage as it is made. */
  abstract S fresh();

  /** A stage with this uid. */
  abstract S withUid(String uid);

  /** A stage of which every parameter is set to something else than its default. */
  abstract S configured();

  /** A stage that works on columns {@code features} and {@code label} of 3 features. */
  abstract S working();

  /** The defaults by name, of parameters that have one. */
  abstract Map<String, Object> defaults();

  /** For wrong inputs, what is said of them. */
  abstract Map<StructType, String> refusals();

  /** Reads a saved stage. */
  abstract S load(String path);

  /** What is said of data without rows; empty when that is no error. */
  abstract String emptyData();

  /** The column that the stage, or its model, adds. */
  abstract String output();

  @BeforeEach
  void makeRows() {
    rows = MlRows.assembled(MlRows.numbers(40));
  }

  /** The stage, or its model. */
  private static Transformer transformer(PipelineStage stage, Dataset<Row> rows) {
    return stage instanceof Estimator<?> estimator ? estimator.fit(rows) : (Transformer) stage;
  }

  /** What is added to the rows, in the order of {@code id}, as bits. */
  private List<List<Long>> added(Transformer transformer, Dataset<Row> to) {
    List<List<Long>> bits = new ArrayList<>();
    for (Row row : transformer.transform(to).orderBy("id").select(output()).collectAsList()) {
      bits.add(bits(row.get(0)));
    }
    return bits;
  }

  private static List<Long> bits(Object cell) {
    double[] values =
        cell instanceof Vector vector ? vector.toArray() : new double[] {(double) cell};
    return Arrays.stream(values).mapToObj(Double::doubleToRawLongBits).toList();
  }

  @Test
  void parametersHaveTheirDefaultsAndNoOthers() {
    S stage = fresh();
    for (Param<?> param : stage.params()) {
      assertFalse(stage.isSet(param), param.name());
      Object expected =
          param.name().equals("outputCol")
              ? stage.uid() + "__output"
              : defaults().get(param.name());
      assertEquals(expected != null, stage.hasDefault(param), param.name());
      if (expected != null) {
        assertEquals(text(expected), text(stage.getOrDefault(param)), param.name());
      }
    }
    defaults().keySet().forEach(name -> assertTrue(stage.hasParam(name), name));
  }

  @Test
  void everyParameterIsExplainedAndHasASetter() throws NoSuchMethodException {
    S stage = configured();
    for (Param<?> param : stage.params()) {
      assertTrue(stage.explainParams().contains(param.name() + ": "), param.name());
      assertTrue(stage.isSet(param), param.name() + " has no setter that was called");
      String name = Character.toUpperCase(param.name().charAt(0)) + param.name().substring(1);
      stage.getClass().getMethod("get" + name);
    }
  }

  @Test
  void theConstructorTakesAUid() {
    assertEquals("mine", withUid("mine").uid());
    assertTrue(!fresh().uid().equals(fresh().uid()));
  }

  @Test
  void aCopyHasTheParametersAndTheExtraOnes() {
    S stage = configured();
    Param<Object> column = stage.getParam(input());
    PipelineStage copy = stage.copy(new ParamMap().put(column, "other"));
    assertNotSame(stage, copy);
    assertEquals(stage.getClass(), copy.getClass());
    assertEquals(stage.uid(), copy.uid());
    assertEquals("other", copy.getOrDefault(copy.getParam(column.name())));
    for (Param<?> param : stage.params()) {
      if (!param.name().equals(column.name())) {
        assertEquals(stage.getOrDefault(param), copy.getOrDefault(copy.getParam(param.name())));
      }
    }
  }

  /** The parameter that names the vector column. */
  String input() {
    return "featuresCol";
  }

  @Test
  void wrongColumnsAreRefusedByName() {
    refusals()
        .forEach(
            (schema, message) -> {
              Exception refused =
                  assertThrows(
                      IllegalArgumentException.class,
                      () -> working().transformSchema(schema),
                      () -> schema.simpleString() + " should say: " + message);
              assertTrue(refused.getMessage().contains(message), refused.getMessage());
            });
  }

  @Test
  void theSchemaIsThatOfTheRows() {
    Transformer transformer = transformer(working(), rows);
    StructType told = transformer.transformSchema(rows.schema());
    StructType found = transformer.transform(rows).schema();
    assertEquals(found.fieldNames().length, told.fieldNames().length);
    assertEquals(found.apply(output()).dataType(), told.apply(output()).dataType());
    assertEquals(found.apply(output()).metadata(), told.apply(output()).metadata());
  }

  @Test
  void aPipelineGivesTheSame() {
    Dataset<Row> numbers = MlRows.numbers(40);
    VectorAssembler assembler = MlRows.assembler();
    PipelineModel piped =
        new Pipeline().setStages(new PipelineStage[] {assembler, working()}).fit(numbers);
    assertEquals(added(transformer(working(), rows), rows), added(piped, numbers));
  }

  @Test
  void sparseVectorsGiveTheSame() {
    Dataset<Row> sparse =
        rows.withColumn(
            "features",
            functions
                .udf((UDF1<Vector, Vector>) Vector::toSparse, SQLDataTypes.VectorType())
                .apply(functions.col("features"))
                .as("features", rows.schema().apply("features").metadata()));
    Transformer dense = transformer(working(), rows);
    assertEquals(added(dense, rows), added(dense, sparse));
    assertEquals(added(dense, rows), added(transformer(working(), sparse), rows));
  }

  @Test
  void emptyPartitionsDoNotMatter() {
    Dataset<Row> scattered = rows.repartition(7, functions.expr("id % 2"));
    Transformer transformer = transformer(working(), scattered);
    assertEquals(40, added(transformer, scattered).size());
    List<List<Long>> whole = added(transformer(working(), rows), rows);
    List<List<Long>> found = added(transformer, rows);
    for (int i = 0; i < whole.size(); i++) {
      double expected = Double.longBitsToDouble(whole.get(i).get(0));
      assertEquals(expected, Double.longBitsToDouble(found.get(i).get(0)), 1e-12);
    }
  }

  @Test
  void dataWithoutRows() {
    Dataset<Row> none = rows.where("id < 0");
    if (emptyData().isEmpty()) {
      assertEquals(List.of(), added(transformer(working(), none), none));
    } else {
      Exception refused = assertThrows(RuntimeException.class, () -> transformer(working(), none));
      assertEquals(emptyData(), refused.getMessage());
    }
    assertEquals(List.of(), added(transformer(working(), rows), none));
  }

  @Test
  void aStageIsReadBackWithItsParameters() throws IOException {
    S stage = configured();
    String path = directory.resolve("stage").toString();
    stage.write().overwrite().save(path);
    S read = load(path);
    assertEquals(stage.uid(), read.uid());
    for (Param<?> param : stage.params()) {
      assertEquals(
          text(stage.getOrDefault(param)), text(read.getOrDefault(read.getParam(param.name()))));
    }
  }

  private static String text(Object value) {
    if (value instanceof String[] texts) {
      return Arrays.toString(texts);
    }
    return value instanceof double[] array ? Arrays.toString(array) : String.valueOf(value);
  }

  @Test
  void aModelIsReadBackBitForBit() throws Exception {
    Transformer transformer = transformer(working(), rows);
    String path = directory.resolve("model").toString();
    ((MLWritable) transformer).save(path);
    Object reader = transformer.getClass().getMethod("read").invoke(null);
    Transformer read = (Transformer) ((org.apache.spark.ml.util.MLReader<?>) reader).load(path);
    assertEquals(added(transformer, rows), added(read, rows));
    assertEquals(transformer.uid(), read.uid());
    assertNoJavaObjects(path);
  }

  /** Nothing in the files has the first bytes of a Java object stream. */
  private static void assertNoJavaObjects(String path) throws IOException {
    try (var files = Files.walk(Path.of(path))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        assertFalse(
            bytes.length > 1 && (bytes[0] & 0xFF) == 0xAC && (bytes[1] & 0xFF) == 0xED,
            file.toString());
      }
    }
  }

  @Test
  void aPipelineModelIsReadBackBitForBit() throws IOException {
    Dataset<Row> numbers = MlRows.numbers(40);
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {MlRows.assembler(), working()}).fit(numbers);
    String path = directory.resolve("pipeline").toString();
    fitted.save(path);
    assertEquals(added(fitted, numbers), added(PipelineModel.load(path), numbers));
  }

  @Test
  void anUnfittedPipelineIsReadBack() throws IOException {
    Dataset<Row> numbers = MlRows.numbers(40);
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {MlRows.assembler(), working()});
    String path = directory.resolve("unfitted").toString();
    pipeline.save(path);
    assertEquals(
        added(pipeline.fit(numbers), numbers), added(Pipeline.load(path).fit(numbers), numbers));
  }

  @Test
  void anotherClassIsNotReadInItsPlace() throws IOException {
    String path = directory.resolve("assembler").toString();
    MlRows.assembler().save(path);
    Exception refused = assertThrows(IllegalArgumentException.class, () -> load(path));
    assertTrue(refused.getMessage().contains(fresh().getClass().getName()), refused.getMessage());
  }

  @Test
  void stageAndModelSurviveKryo() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    Transformer transformer = transformer(working(), rows);
    assertEquals(added(transformer, rows), added(throughKryo(kryo, transformer), rows));
    S stage = configured();
    PipelineStage copy = throughKryo(kryo, stage);
    for (Param<?> param : stage.params()) {
      assertEquals(
          text(stage.getOrDefault(param)), text(copy.getOrDefault(copy.getParam(param.name()))));
    }
  }

  private static <T> T throughKryo(SerializerInstance kryo, T value) {
    ByteBuffer bytes = kryo.serialize(value, ClassTag.apply(Object.class));
    return kryo.deserialize(bytes, ClassTag.apply(Object.class));
  }
}
