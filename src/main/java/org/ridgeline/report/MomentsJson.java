package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.base.Check;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.FoldOrder;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.MapDescription;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.WeightKind;

/**
 * {@code moments.json}: what the columns, folds and maps of stored moments are, and which files
 * beside it hold the numbers.
 */
public final class MomentsJson {
  /** The value of the key {@code format}. */
  public static final String FORMAT = "ridgeline-moments/1";

  private static final String WHAT = "moments";

  private MomentsJson() {}

  /**
   * A file of moments.
   *
   * @param name of the file, beside {@code moments.json}
   * @param bytes its size
   * @param sha256 of its bytes, in hexadecimal
   */
  public record Binary(String name, long bytes, String sha256) {}

  /** Reads the files beside {@code moments.json}. */
  public interface Files extends FilesBeside {
    /** Returns the moments in this file, after checking its size and sum. */
    FoldedMoments moments(Binary file);
  }

  /** Returns the name of the file of moments {@code i}. */
  public static String binaryName(int i) {
    return i == 0 ? "moments.bin" : "moments-" + i + ".bin";
  }

  /** Returns the files that hold the weights of large maps, to be written beside; mostly none. */
  public static Map<String, byte[]> weightFiles(MomentsSet saved) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<MapDescription> maps = saved.maps().map(MomentsSet.Maps::widest).orElse(List.of());
    for (int i = 0; i < maps.size(); i++) {
      MapDescription map = maps.get(i);
      weightsFile(map, i).ifPresent(name -> files.put(name, MapJson.weightsCsv(map)));
    }
    return files;
  }

  private static Optional<String> weightsFile(MapDescription map, int i) {
    return MapJson.needsFile(map)
        ? Optional.of("moments-weights" + (i == 0 ? "" : "-" + i) + ".csv")
        : Optional.empty();
  }

  /**
   * Returns the file.
   *
   * @param binaries the files of moments as they were written, one for each sum
   */
  public static byte[] of(MomentsSet saved, List<Binary> binaries) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.putAll(describe(saved));
    root.put("maps", saved.maps().map(MomentsJson::maps).orElse(null));
    root.put("files", binaries.stream().map(MomentsJson::binary).toList());
    return JsonText.pretty(root);
  }

  /** Returns the keys that say what the moments are of, without maps and files. */
  public static Map<String, Object> describe(MomentsSet saved) {
    MomentsSet.Columns columns = saved.columns();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("labels", columns.labels());
    root.put("features", columns.features());
    root.put("weight", columns.weight());
    root.put("weightKind", Words.of(columns.weightKind()));
    root.put("intercept", columns.intercept() == Intercept.FREE);
    root.put("n", saved.rows());
    root.put("folds", folds(saved));
    root.put("sources", saved.sources().stream().map(MomentsJson::source).toList());
    root.put("inputs", columns.inputs().stream().map(ModelJson::input).toList());
    return root;
  }

  private static Map<String, Object> folds(MomentsSet saved) {
    FoldedMoments moments = saved.moments();
    List<String> values = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    double[] weights = new double[moments.folds()];
    for (int f = 0; f < weights.length; f++) {
      values.add(moments.label(f));
      rows.add(moments.fold(f).rows());
      weights[f] = moments.fold(f).weightSum();
    }
    Map<String, Object> folds = new LinkedHashMap<>();
    folds.put("rule", Words.of(saved.folds().kind()));
    folds.put("column", saved.folds().column());
    folds.put("seed", saved.folds().seed());
    folds.put("order", Words.of(saved.order()));
    folds.put("values", values);
    folds.put("n", rows);
    folds.put("weightSum", Vec.owning(weights));
    return folds;
  }

  private static Map<String, Object> source(MomentsSet.Source source) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("input", source.input());
    map.put("where", source.where());
    map.put("options", source.options());
    map.put("n", source.rows());
    map.put("rowsDropped", source.rowsDropped());
    map.put("skipped", source.skipped());
    map.put("warnings", source.warnings());
    return map;
  }

  private static Map<String, Object> maps(MomentsSet.Maps maps) {
    List<Object> widest = new ArrayList<>();
    for (int i = 0; i < maps.widest().size(); i++) {
      MapDescription map = maps.widest().get(i);
      widest.add(MapJson.of(map, weightsFile(map, i)));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("widths", maps.widths());
    map.put("standardize", maps.standardize());
    map.put("median", maps.median());
    map.put("widest", widest);
    return map;
  }

  private static Map<String, Object> binary(Binary file) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", file.name());
    map.put("bytes", file.bytes());
    map.put("sha256", file.sha256());
    return map;
  }

  /**
   * Reads a file back, and the moments beside it.
   *
   * @throws IllegalArgumentException with one sentence, when it is not JSON, of another format, or
   *     does not fit the moments
   */
  public static MomentsSet read(byte[] json, Files files) {
    CheckedJson root = CheckedJson.parse(json, WHAT, FORMAT);
    MomentsSet.Columns columns =
        new MomentsSet.Columns(
            root.at("labels").texts(),
            ModelJson.inputs(root.at("inputs")),
            root.at("weight").optionalText(),
            root.at("weightKind").word(WeightKind.class),
            root.at("intercept").flag() ? Intercept.FREE : Intercept.NONE);
    CheckedJson folds = root.at("folds");
    List<FoldedMoments> sums = new ArrayList<>();
    for (CheckedJson file : root.at("files").elements()) {
      sums.add(
          files.moments(
              new Binary(
                  file.at("name").text(), file.at("bytes").whole(), file.at("sha256").text())));
    }
    CheckedJson maps = root.at("maps");
    return new MomentsSet(
        columns,
        foldRule(folds, sums),
        folds.at("order").word(FoldOrder.class),
        maps.isNull()
            ? Optional.empty()
            : Optional.of(maps(maps, columns.features().size(), files)),
        root.at("sources").elements().stream().map(MomentsJson::source).toList(),
        sums);
  }

  private static FoldRule foldRule(CheckedJson folds, List<FoldedMoments> sums) {
    FoldRule.Kind kind = folds.at("rule").word(FoldRule.Kind.class);
    int count = kind.hasFixedCount() && !sums.isEmpty() ? sums.get(0).folds() : 1;
    return new FoldRule(kind, folds.at("column").optionalText(), count, folds.at("seed").whole());
  }

  private static MomentsSet.Maps maps(CheckedJson maps, int d, Files files) {
    CheckedJson median = maps.at("median");
    return new MomentsSet.Maps(
        maps.at("widest").elements().stream().map(map -> MapJson.read(map, d, files)).toList(),
        maps.at("widths").elements().stream().map(CheckedJson::size32).toList(),
        maps.at("standardize").text(),
        median.isNull() ? OptionalDouble.empty() : OptionalDouble.of(median.number()));
  }

  private static MomentsSet.Source source(CheckedJson source) {
    Map<String, String> options = new LinkedHashMap<>();
    CheckedJson pairs = source.at("options");
    pairs.requireObject();
    pairs.node().fieldNames().forEachRemaining(key -> options.put(key, pairs.at(key).text()));
    return new MomentsSet.Source(
        source.at("input").text(),
        source.at("where").optionalText(),
        options,
        source.at("n").whole(),
        source.at("rowsDropped").whole(),
        source.at("skipped").texts(),
        source.at("warnings").texts());
  }

  /** Requires that a file name is one of ours, so that nothing else is read. */
  public static void requirePlain(String name) {
    Check.that(
        name.matches("[A-Za-z][A-Za-z0-9-]{0,60}[.](csv|bin)"),
        "Cannot use the moments: the file '%s' is not one beside moments.json",
        name);
  }
}
