package org.ridgeline.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;

/** A folder of rows in folds, and what must be foretold from them. See forecast/README.md. */
final class ForecastCase {
  /** The folder of more cases, where there is one. */
  private static final String MORE = "ridgeline.forecasts";

  private final Path folder;
  private final JsonNode expected;

  private ForecastCase(Path folder) throws IOException {
    this.folder = folder;
    this.expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
  }

  /** All cases carried with the tests, and those of the folder named by a system property. */
  static List<ForecastCase> all() throws IOException {
    List<ForecastCase> cases = new ArrayList<>(in(Path.of("src/test/resources/forecast")));
    String more = System.getProperty(MORE);
    if (more != null) {
      cases.addAll(in(Path.of(more)));
    }
    return cases;
  }

  /** The carried case of this name. */
  static ForecastCase of(String name) throws IOException {
    return new ForecastCase(Path.of("src/test/resources/forecast", name));
  }

  private static List<ForecastCase> in(Path parent) throws IOException {
    List<ForecastCase> cases = new ArrayList<>();
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path each : folders.filter(f -> Files.exists(f.resolve("data.csv"))).sorted().toList()) {
        cases.add(new ForecastCase(each));
      }
    }
    return cases;
  }

  JsonNode expected() {
    return expected;
  }

  Vec lambdas() {
    return vec(expected.get("lambdas"));
  }

  RidgeSpec spec() {
    return new RidgeSpec(
        Intercept.FREE,
        Scaling.valueOf(expected.get("standardize").asText().toUpperCase(Locale.ROOT)),
        SolverKind.AUTO);
  }

  FoldedMoments moments() throws IOException {
    TreeMap<Integer, MomentsAccumulator> folds = new TreeMap<>();
    RowBlock block = null;
    for (String line : Files.readAllLines(folder.resolve("data.csv"))) {
      if (line.startsWith("fold")) {
        continue;
      }
      double[] row = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
      double[] values = Arrays.copyOfRange(row, 1, row.length);
      block = block == null ? new RowBlock(1, values.length) : block;
      block.append(values, 1);
      folds
          .computeIfAbsent((int) row[0], f -> new MomentsAccumulator(values.length - 1, 1))
          .addInPlace(block);
    }
    return FoldedMoments.of(
        folds.keySet().stream().map(String::valueOf).toList(),
        folds.values().stream().map(MomentsAccumulator::snapshot).toList());
  }

  LearningForecast forecast() throws IOException {
    return LearningForecast.of(moments(), spec(), List.of(lambdas())).get(0);
  }

  static Vec vec(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> array.get(i).isNull() ? Double.NaN : array.get(i).asDouble());
    return Vec.owning(values);
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
