package org.ridgeline.report;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.linalg.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;

/** {@code model.json}: plain numbers and names, nothing that could run when it is read. */
public final class ModelJson {
  /** The value of the key {@code format}. */
  public static final String FORMAT = "ridgeline-model/1";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ModelJson() {}

  /** Returns the file. */
  public static byte[] of(SavedModel saved) {
    RidgeModel model = saved.model();
    List<Vec> coefficients = new ArrayList<>();
    for (int t = 0; t < model.targets().size(); t++) {
      coefficients.add(Vec.owning(model.coefficients().columnCopy(t)));
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("features", model.features());
    root.put("targets", model.targets());
    root.put("intercept", model.intercepts());
    root.put("coefficients", coefficients);
    root.put("lambda", model.lambdas());
    root.put("featureMap", null);
    root.put("inputs", saved.inputs().stream().map(ModelJson::input).toList());
    return JsonText.compact(root);
  }

  private static Map<String, Object> input(SavedModel.Input input) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", input.column());
    map.put("kind", input.kind());
    map.put("names", input.names());
    map.put("levels", input.levels());
    return map;
  }

  /**
   * Reads a file back.
   *
   * @throws IllegalArgumentException with one sentence, when it is not JSON, of another format, or
   *     its sizes, names and numbers do not fit together
   */
  public static SavedModel read(byte[] json) {
    JsonNode root = parse(json);
    String format = root.path("format").asText("");
    Check.that(
        format.equals(FORMAT),
        "Cannot use the model: its format is '%s', this version reads '%s'",
        format,
        FORMAT);
    Check.that(
        root.path("featureMap").isNull(),
        "Cannot use the model: it has a feature map, which this version does not know");
    List<String> features = texts(root, "features");
    List<String> targets = texts(root, "targets");
    List<JsonNode> rows = elements(root, "coefficients");
    requireSize("coefficients", targets.size(), rows.size());
    Matrix coefficients = Matrix.zeros(features.size(), targets.size());
    for (int t = 0; t < rows.size(); t++) {
      double[] column = numbers(rows.get(t), "coefficients", features.size());
      System.arraycopy(column, 0, coefficients.data(), t * features.size(), column.length);
    }
    RidgeModel model =
        new RidgeModel(
            features,
            targets,
            Vec.owning(numbers(root.path("intercept"), "intercept", targets.size())),
            coefficients,
            Vec.owning(numbers(root.path("lambda"), "lambda", targets.size())));
    List<SavedModel.Input> inputs = new ArrayList<>();
    for (JsonNode input : elements(root, "inputs")) {
      inputs.add(
          new SavedModel.Input(
              text(input.path("column"), "column"),
              text(input.path("kind"), "kind"),
              texts(input, "names"),
              texts(input, "levels")));
    }
    return new SavedModel(model, inputs);
  }

  private static JsonNode parse(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot use the model: it is not JSON: " + e.getMessage().lines().findFirst().orElse(""),
          e);
    }
  }

  private static List<JsonNode> elements(JsonNode parent, String key) {
    JsonNode array = parent.path(key);
    Check.that(array.isArray(), "Cannot use the model: '%s' is not a list", key);
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }

  private static List<String> texts(JsonNode parent, String key) {
    return elements(parent, key).stream().map(node -> text(node, key)).toList();
  }

  private static String text(JsonNode node, String key) {
    Check.that(node.isTextual(), "Cannot use the model: '%s' is not text", key);
    return node.asText();
  }

  private static double[] numbers(JsonNode array, String key, int size) {
    Check.that(array.isArray(), "Cannot use the model: '%s' is not a list of numbers", key);
    requireSize(key, size, array.size());
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      Check.that(
          array.get(i).isNumber(),
          "Cannot use the model: '%s' has an entry that is no number",
          key);
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static void requireSize(String key, int expected, int found) {
    Check.that(
        expected == found,
        "Cannot use the model: '%s' has %d entries instead of %d",
        key,
        found,
        expected);
  }
}
