package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.Kernel;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The {@code featureMap} of {@code model.json}: all that it takes to compute the features, weights
 * included, in the notation of the package {@code features}.
 *
 * <p>{@code weights} and, for Nystrom, {@code centers} are coordinates x units: a list for each
 * coordinate. More than a million numbers go to the file named by {@code weightsFile}, a CSV with a
 * line for each unit.
 */
final class MapJson {
  /** The most weights that are kept in the JSON itself. */
  private static final int MOST_NUMBERS = 1_000_000;

  private MapJson() {}

  static boolean needsFile(MapDescription map) {
    int inputs = map.scaling().inputs();
    return (long) map.spec().coordinates(inputs) * map.spec().units(inputs) > MOST_NUMBERS;
  }

  /**
   * Returns the map as a value for JSON.
   *
   * @param weightsFile the file beside it that holds the weights, if one does
   */
  static Map<String, Object> of(MapDescription map, Optional<String> weightsFile) {
    MapSpec spec = map.spec();
    boolean nystrom = spec.kind() == MapKind.NYSTROM;
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("kind", spec.kind().label());
    value.put("kernel", spec.kernel().label());
    value.put("width", spec.width());
    value.put("lengthScale", spec.kind().hasLengthScale() ? spec.lengthScale() : null);
    value.put("bias", spec.bias());
    value.put("seed", spec.seed());
    value.put("center", map.scaling().center());
    value.put("scale", map.scaling().scale());
    value.put("clip", map.scaling().clip());
    value.put("jitter", map.jitter());
    Object numbers = weightsFile.isPresent() ? null : rows(map.weights());
    value.put("weights", nystrom ? null : numbers);
    value.put("centres", nystrom ? numbers : null);
    value.put("weightsFile", weightsFile);
    value.put("offsets", map.offsets());
    return value;
  }

  private static List<Vec> rows(Matrix weights) {
    List<Vec> rows = new ArrayList<>();
    for (int i = 0; i < weights.rows(); i++) {
      double[] row = new double[weights.columns()];
      for (int j = 0; j < row.length; j++) {
        row[j] = weights.get(i, j);
      }
      rows.add(Vec.owning(row));
    }
    return rows;
  }

  /** Returns the file of weights: a line for each unit, a column for each coordinate. */
  static byte[] weightsCsv(MapDescription map) {
    Matrix weights = map.weights();
    CsvText csv = new CsvText();
    for (int i = 0; i < weights.rows(); i++) {
      csv.text("w" + i);
    }
    csv.end();
    for (int j = 0; j < weights.columns(); j++) {
      for (int i = 0; i < weights.rows(); i++) {
        csv.number(weights.get(i, j));
      }
      csv.end();
    }
    return csv.bytes();
  }

  /**
   * Reads a map back, its weights as they were.
   *
   * @param inputs d
   * @param files reads the files beside
   */
  static MapDescription read(CheckedJson map, int inputs, FilesBeside files) {
    map.requireObject();
    MapKind kind = MapKind.of(map.at("kind").text());
    MapSpec spec =
        new MapSpec(
            kind,
            Kernel.of(map.at("kernel").text()),
            map.at("width").size32(),
            kind.hasLengthScale() ? map.at("lengthScale").number() : 1,
            map.at("bias").size32(),
            map.at("seed").whole());
    InputScaling plain =
        InputScaling.of(
            Vec.owning(map.at("center").numbers(inputs)),
            Vec.owning(map.at("scale").numbers(inputs)));
    InputScaling scaling =
        map.at("clip").isNull() ? plain : plain.clippedAt(map.at("clip").number());
    CheckedJson numbers = map.at(kind == MapKind.NYSTROM ? "centres" : "weights");
    CheckedJson file = map.at("weightsFile");
    int p = spec.coordinates(inputs);
    int units = spec.units(inputs);
    Matrix weights =
        file.isText()
            ? weights(p, units, file, files.read(file.text()))
            : weights(p, units, numbers);
    if (kind == MapKind.NYSTROM) {
      return MapDescription.nystrom(spec, scaling, weights, map.at("jitter").number());
    }
    CheckedJson offsets = map.at("offsets");
    Vec shifts = Vec.owning(offsets.numbers(offsets.size()));
    return MapDescription.explicit(spec, scaling, weights, shifts);
  }

  /** Sizes are checked before anything of these sizes is made. */
  private static Matrix weights(int p, int units, CheckedJson numbers) {
    List<CheckedJson> rows = numbers.elements();
    numbers.requireSize(p, rows.size());
    rows.forEach(row -> row.requireSize(units, row.size()));
    Matrix weights = Matrix.zeros(p, units);
    for (int i = 0; i < p; i++) {
      double[] row = rows.get(i).numbers(units);
      for (int j = 0; j < row.length; j++) {
        weights.set(i, j, row[j]);
      }
    }
    return weights;
  }

  private static Matrix weights(int p, int units, CheckedJson file, byte[] csv) {
    List<String> lines = new String(csv, java.nio.charset.StandardCharsets.UTF_8).lines().toList();
    file.requireSize(units + 1, lines.size());
    Matrix weights = Matrix.zeros(p, units);
    for (int j = 0; j < units; j++) {
      String[] cells = lines.get(j + 1).split(",", -1);
      file.requireSize(p, cells.length);
      for (int i = 0; i < cells.length; i++) {
        weights.set(i, j, parse(cells[i], file));
      }
    }
    return weights;
  }

  private static double parse(String cell, CheckedJson file) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Cannot use the " + file.what() + ": 'weightsFile' has an entry that is no number", e);
    }
  }
}
