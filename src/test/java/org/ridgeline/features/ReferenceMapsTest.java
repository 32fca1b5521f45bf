package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.PathCoefficients;

/**
 * Maps with explicit weights, kernels, kernel ridge and Nystrom against values computed with 240
 * bits: see cases/README.md. There, cosines stand before all sines and neurons before all
 * gradients.
 */
class ReferenceMapsTest {
  private static final Path FOLDER = Path.of("src/test/resources/cases/p14_feature_maps");
  private static final double TOLERANCE = 1e-12;
  private static final Map<String, MapKind> KINDS =
      Map.of(
          "rff_cos", MapKind.RFF_COS,
          "rff_pair", MapKind.RFF,
          "arccos0", MapKind.ARCCOS0,
          "arccos1", MapKind.ARCCOS1,
          "ntk", MapKind.NTK);

  private final JsonNode expected;
  private final double[][] train = rows("train.csv", 3);
  private final double[][] test = rows("test.csv", 3);
  private final double[] y;

  ReferenceMapsTest() throws IOException {
    expected = new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
    y = Maps.label(rows("train.csv", 4), row -> row[3]);
  }

  private static double[][] rows(String file, int columns) throws IOException {
    List<double[]> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(FOLDER.resolve(file));
    for (String line : lines.subList(1, lines.size())) {
      double[] values =
          Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      rows.add(Arrays.copyOf(values, columns));
    }
    return rows.toArray(double[][]::new);
  }

  @TestFactory
  List<DynamicTest> maps() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode map : expected.get("maps")) {
      tests.add(DynamicTest.dynamicTest(map.get("id").asText(), () -> check(map)));
    }
    return tests;
  }

  private void check(JsonNode node) throws IOException {
    MapKind kind = KINDS.get(node.get("kind").asText());
    boolean offsets = kind == MapKind.RFF_COS || kind == MapKind.NTK;
    double[][] weights = rows(node.get("file").asText(), offsets ? 4 : 3);
    MapSpec spec =
        MapSpec.of(kind, node.get("n_features").asInt())
            .withLengthScale(node.get("lengthscale").asDouble());
    FeatureMap map =
        FeatureMap.of(
            MapDescription.explicit(
                kind.hasBias() ? spec.withBias(0) : spec,
                InputScaling.none(3),
                Maps.columns(
                    Arrays.stream(weights)
                        .map(row -> Arrays.copyOf(row, 3))
                        .toArray(double[][]::new)),
                offsets ? Vec.of(Maps.label(weights, row -> row[3])) : Vec.of()));
    int[] order = order(kind, map.outputs());
    double[][] z = Maps.features(map, train);
    for (int r = 0; r < 3; r++) {
      close("features", node.get("features_first3_rows").get(r), permute(z[r], order));
    }
    for (JsonNode step : node.get("path")) {
      PathCoefficients model = Maps.ridge(z, y, Intercept.FREE, step.get("lambda").asDouble());
      close("coef", step.get("coef"), permute(model.matrix().columnCopy(0), order));
      close("fitted", step.get("fitted"), Maps.predict(model, z));
      close(
          "test prediction",
          step.get("test_prediction"),
          Maps.predict(model, Maps.features(map, test)));
    }
  }

  /** Where the reference's feature stands in ours. */
  private static int[] order(MapKind kind, int width) {
    int[] order = new int[width];
    int units = kind == MapKind.NTK ? width / 4 : width / 2;
    for (int f = 0; f < width; f++) {
      order[f] =
          switch (kind) {
            case RFF -> f < units ? 2 * f : 2 * (f - units) + 1;
            case NTK -> f < units ? 4 * f : 4 * ((f - units) / 3) + 1 + (f - units) % 3;
            default -> f;
          };
    }
    return order;
  }

  private static double[] permute(double[] values, int[] order) {
    return Arrays.stream(order).mapToDouble(f -> values[f]).toArray();
  }

  @Test
  void kernels() {
    Map<String, Kernel> kernels =
        Map.of(
            "rbf", Kernel.RBF,
            "laplace_l2", Kernel.LAPLACE,
            "arccos0", Kernel.ARCCOS0,
            "arccos1", Kernel.ARCCOS1,
            "ntk1", Kernel.NTK);
    int found = 0;
    for (JsonNode node : expected.get("kernels")) {
      Kernel kernel = kernels.get(node.get("kernel").asText());
      if (kernel != null) {
        found++;
        double lengthScale = node.get("lengthscale").asDouble();
        double[][] k = Maps.kernels(kernel, lengthScale, train, test);
        for (int r = 0; r < 8; r++) {
          JsonNode row = node.get("matrix_train8_x_test8").get(r);
          close(kernel.label(), row, Arrays.copyOf(k[r], 8));
        }
      }
    }
    assertEquals(kernels.size(), found);
  }

  @Test
  void kernelRidgeIsNystromWithAllRowsAsCentres() {
    JsonNode krr = expected.get("krr").get(0);
    FeatureMap map = nystrom(krr, train);
    assertEquals(0, map.description().jitter());
    double[][] z = Maps.features(map, train);
    double[][] zTest = Maps.features(map, test);
    for (JsonNode step : krr.get("path")) {
      double lambda = step.get("lambda").asDouble();
      PathCoefficients model = Maps.ridge(z, y, Intercept.NONE, lambda);
      close("prediction", step.get("test_prediction"), Maps.predict(model, zTest), 1e-9);
      double[][] gram = Maps.kernels(Kernel.RBF, 1.3, train, train);
      double[] alpha = Maps.kernelRidge(gram, y, lambda);
      close("alpha", step.get("alpha"), alpha, 1e-11);
    }
  }

  @Test
  void nystromOfTenCentres() {
    JsonNode krr = expected.get("krr").get(0);
    FeatureMap map = nystrom(krr, Arrays.copyOf(train, 10));
    for (JsonNode step : krr.get("nystrom_first10_centres")) {
      double[][] z = Maps.features(map, train);
      PathCoefficients model = Maps.ridge(z, y, Intercept.NONE, step.get("lambda").asDouble());
      double[] prediction = Maps.predict(model, Maps.features(map, test));
      close("prediction", step.get("test_prediction"), prediction);
    }
  }

  private static FeatureMap nystrom(JsonNode krr, double[][] centres) {
    double lengthScale = krr.get("lengthscale").asDouble();
    return FeatureMap.nystrom(
        MapSpec.of(MapKind.NYSTROM, centres.length).withLengthScale(lengthScale),
        InputScaling.none(3),
        Maps.columns(centres));
  }

  private static void close(String what, JsonNode expected, double[] actual) {
    close(what, expected, actual, TOLERANCE);
  }

  private static void close(String what, JsonNode expected, double[] actual, double tolerance) {
    assertEquals(expected.size(), actual.length, what);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected.get(i).asDouble(), actual[i], tolerance, what + " " + i);
    }
  }
}
