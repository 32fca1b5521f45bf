package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;

/** {@code report.json} and {@code model.json}. */
class JsonTest {
  private static final FilesBeside NO_FILES =
      name -> {
        throw new AssertionError("read " + name);
      };

  private static FittedModel model() {
    RidgeModel model =
        new RidgeModel(
            List.of("x", "c=b"),
            List.of("y", "z"),
            Vec.of(0.1, -3),
            Matrix.owning(2, 2, new double[] {1e-300, 2, 1.0 / 3, 4}),
            Vec.of(0, 2.5));
    return new FittedModel(
        model,
        List.of(
            new InputColumn("x", InputColumn.Kind.NUMBER, List.of("x"), List.of()),
            new InputColumn("c", InputColumn.Kind.CATEGORY, List.of("c=b"), List.of("a", "b"))),
        List.of());
  }

  @Test
  void modelsReadBackExactly() {
    assertEquals(model(), ModelJson.read(ModelJson.of(model(), Specs.STANDARD), NO_FILES));
  }

  @Test
  void modelHasTheKeysOfItsFormat() throws IOException {
    JsonNode root = new ObjectMapper().readTree(ModelJson.of(model(), Specs.STANDARD));
    List<String> keys = new ArrayList<>();
    root.fieldNames().forEachRemaining(keys::add);
    assertEquals(
        List.of(
            "format",
            "features",
            "targets",
            "intercept",
            "coefficients",
            "lambda",
            "featureMap",
            "inputs",
            "spec"),
        keys);
    assertEquals("[0.3333333333333333,4.0]", root.at("/coefficients/1").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model/1|model/2|its format is 'ridgeline-model/2', this version reads 'ridgeline-model/1'",
        "[0.0,2.5]|[0.0]|'lambda' has 1 entries instead of 2",
        "[0.0,2.5]|[0.0,1e999]|a lambda is Infinity",
        "[0.1,-3.0]|[0.1,\"NaN\"]|'intercept' has an entry that is no number",
        "\"y\",\"z\"|\"y\",\"y\"|a target occurs twice",
        "[\"x\"]|[\"w\"]|its inputs make 2 features, its coefficients are for 2, or they differ in name",
        "null|{}|'kind' is not text",
        "\"targets\":|\"features\":|it is not JSON: Duplicate field 'features'"
      })
  void unsoundModelsAreRefused(String sound, String broken, String reason) {
    String json = new String(ModelJson.of(model(), Specs.STANDARD), StandardCharsets.UTF_8);
    byte[] bytes = json.replace(sound, broken).getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "Cannot use the model: " + reason,
        assertThrows(IllegalArgumentException.class, () -> ModelJson.read(bytes, NO_FILES))
            .getMessage());
  }

  @Test
  void reportHasTheNumbersOfTheRun() throws IOException {
    RunReport run = TinyRun.report(2);
    JsonNode root = new ObjectMapper().readTree(ReportJson.of(run));
    TargetResult target = run.targets().get(0);
    assertEquals(8, root.at("/data/n").asInt());
    assertEquals(2, root.at("/data/d").asInt());
    assertEquals("t (string)", root.at("/data/skipped/0").asText());
    assertEquals(2, root.at("/data/rowsDropped").asInt());
    assertEquals("tiny.csv", root.at("/options/input").asText());
    assertEquals(true, root.at("/options/where").isNull());
    JsonNode y = root.at("/targets/y");
    double lambda = target.tuned().lambda();
    assertEquals(lambda, y.at("/lambda/sum").asDouble(), 0.0);
    assertEquals(lambda / 8, y.at("/lambda/mean").asDouble(), 0.0);
    assertEquals(lambda, y.at("/lambda/lm.ridge").asDouble(), 0.0);
    assertEquals("cv-min", y.at("/selectedBy").asText());
    int chosen = target.tuned().selection().chosen();
    assertEquals(
        target.tuned().scores().orElseThrow().mean(chosen), y.at("/cv/mse").asDouble(), 0.0);
    assertEquals(target.trainMse(chosen), y.at("/train/mse").asDouble(), 0.0);
    assertEquals(1.25, root.at("/numerics/digitsLost").asDouble(), 0.0);
    assertEquals(321, root.at("/cost/bytesRead").asInt());
    assertEquals(0.5, root.at("/cost/seconds/solve").asDouble(), 0.0);
    assertEquals("A warning", root.at("/warnings/0").asText());
  }

  @Test
  void valuesThatAreNotThereAreNull() {
    assertEquals(
        "{\"a\":null}\n",
        new String(JsonText.compact(Map.of("a", Optional.empty())), StandardCharsets.UTF_8));
    assertEquals(
        "[null,1,2.0E-5,null,\"t\"]\n",
        new String(
            JsonText.compact(
                List.of(Double.NaN, OptionalInt.of(1), 2e-5, OptionalInt.empty(), "t")),
            StandardCharsets.UTF_8));
  }
}
