package org.ridgeline.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.features.MapDescription;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;

/** {@code model.json}: plain numbers and names, nothing that could run when it is read. */
public final class ModelJson {
  /** The value of the key {@code format}. */
  public static final String FORMAT = "ridgeline-model/1";

  private ModelJson() {}

  /**
   * Returns the files that hold the weights of large maps and of penalties, to be written beside
   * {@code model.json}; mostly none.
   */
  public static Map<String, byte[]> filesBeside(FittedModel saved, ResolvedSpec spec) {
    Map<String, byte[]> files = new LinkedHashMap<>(SpecJson.files(spec));
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

  private static Object featureMap(FittedModel saved) {
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
  public static byte[] of(FittedModel saved, ResolvedSpec spec) {
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
    root.put("spec", SpecJson.of(spec));
    return JsonText.compact(root);
  }

  static Map<String, Object> input(InputColumn input) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", input.column());
    map.put("kind", Words.of(input.kind()));
    map.put("names", input.names());
    map.put("levels", input.levels());
    input.levelType().ifPresent(type -> map.put("levelType", Words.of(type)));
    return map;
  }

  /**
   * Reads a file back.
   *
   * @param files reads the files beside it
   * @throws IllegalArgumentException with one sentence, when it is not JSON, of another format, or
   *     its sizes, names and numbers do not fit together
   */
  public static FittedModel read(byte[] json, FilesBeside files) {
    CheckedJson root = CheckedJson.parse(json, "model", FORMAT);
    List<String> features = root.at("features").texts();
    List<String> targets = root.at("targets").texts();
    List<CheckedJson> rows = root.at("coefficients").elements();
    root.at("coefficients").requireSize(targets.size(), rows.size());
    Matrix coefficients = Matrix.zeros(features.size(), targets.size());
    for (int t = 0; t < rows.size(); t++) {
      coefficients.setColumn(t, rows.get(t).numbers(features.size()));
    }
    RidgeModel model =
        new RidgeModel(
            features,
            targets,
            Vec.owning(root.at("intercept").numbers(targets.size())),
            coefficients,
            Vec.owning(root.at("lambda").numbers(targets.size())));
    List<InputColumn> inputs = inputs(root.at("inputs"));
    int d = inputs.stream().mapToInt(input -> input.names().size()).sum();
    return new FittedModel(model, inputs, maps(root.at("featureMap"), d, targets.size(), files));
  }

  /**
   * Reads what decided the fit.
   *
   * @throws IllegalArgumentException with one sentence, when it is not there or not sound
   */
  public static ResolvedSpec readSpec(byte[] json, FilesBeside files) {
    return SpecJson.read(CheckedJson.parse(json, "model", FORMAT).at("spec"), files);
  }

  static List<InputColumn> inputs(CheckedJson list) {
    List<InputColumn> inputs = new ArrayList<>();
    for (CheckedJson input : list.elements()) {
      inputs.add(
          new InputColumn(
              input.at("column").text(),
              input.at("kind").word(InputColumn.Kind.class),
              input.at("names").texts(),
              input.at("levels").texts(),
              input.at("levelType").isThere()
                  ? Optional.of(input.at("levelType").word(InputColumn.LevelType.class))
                  : Optional.empty()));
    }
    return inputs;
  }

  private static List<MapDescription> maps(
      CheckedJson value, int d, int targets, FilesBeside files) {
    if (value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      return Collections.nCopies(targets, MapJson.read(value, d, files));
    }
    return value.elements().stream().map(one -> MapJson.read(one, d, files)).toList();
  }
}
