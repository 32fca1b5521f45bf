package org.ridgeline.report;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.features.MapDescription;
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

  /** Reads a file that lies beside {@code model.json}. */
  @FunctionalInterface
  public interface Files {
    /** Returns the content of the file of this name. */
    byte[] read(String name);
  }

  /**
   * The files that hold the weights of large maps, to be written beside {@code model.json}; mostly
   * none.
   */
  public static Map<String, byte[]> weightFiles(SavedModel saved) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int t = 0;
        t < (saved.sharesMap() ? Math.min(1, saved.maps().size()) : saved.maps().size());
        t++) {
      MapDescription map = saved.maps().get(t);
      weightsFile(map, t).ifPresent(name -> files.put(name, MapJson.weightsCsv(map)));
    }
    return files;
  }

  private static Optional<String> weightsFile(MapDescription map, int t) {
    return MapJson.needsFile(map)
        ? Optional.of("model-weights" + (t == 0 ? "" : "-" + t) + ".csv")
        : Optional.empty();
  }

  private static Object featureMap(SavedModel saved) {
    List<Object> maps = new ArrayList<>();
    for (int t = 0; t < saved.maps().size(); t++) {
      MapDescription map = saved.maps().get(t);
      if (t > 0 && saved.sharesMap()) {
        break;
      }
      maps.add(MapJson.of(map, weightsFile(map, t)));
    }
    return maps.isEmpty() ? null : saved.sharesMap() ? maps.get(0) : maps;
  }

  /**
   * Returns the file. The key {@code featureMap} is null, the map of all targets, or where they
   * chose different ones a list with the map of each.
   */
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
    root.put("featureMap", featureMap(saved));
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
   * @param files how to read what lies beside it
   * @throws IllegalArgumentException with one sentence, when it is not JSON, of another format, or
   *     its sizes, names and numbers do not fit together
   */
  public static SavedModel read(byte[] json, Files files) {
    JsonNode root = parse(json);
    String format = root.path("format").asText("");
    Check.that(
        format.equals(FORMAT),
        "Cannot use the model: its format is '%s', this version reads '%s'",
        format,
        FORMAT);
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
    int d = inputs.stream().mapToInt(input -> input.names().size()).sum();
    return new SavedModel(model, inputs, maps(root.path("featureMap"), d, targets.size(), files));
  }

  private static List<MapDescription> maps(JsonNode node, int d, int targets, Files files) {
    if (node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      return Collections.nCopies(targets, MapJson.read(node, d, files));
    }
    List<MapDescription> maps = new ArrayList<>();
    node.forEach(one -> maps.add(MapJson.read(one, d, files)));
    return maps;
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

  static List<JsonNode> elements(JsonNode parent, String key) {
    JsonNode array = parent.path(key);
    Check.that(array.isArray(), "Cannot use the model: '%s' is not a list", key);
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }

  private static List<String> texts(JsonNode parent, String key) {
    return elements(parent, key).stream().map(node -> text(node, key)).toList();
  }

  static String text(JsonNode node, String key) {
    Check.that(node.isTextual(), "Cannot use the model: '%s' is not text", key);
    return node.asText();
  }

  static double[] numbers(JsonNode array, String key, int size) {
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

  static void requireSize(String key, int expected, int found) {
    Check.that(
        expected == found,
        "Cannot use the model: '%s' has %d entries instead of %d",
        key,
        found,
        expected);
  }
}
