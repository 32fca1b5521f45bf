package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.ridgeline.Agreement.EPS;
import static org.ridgeline.Agreement.assertVectors;
import static org.ridgeline.Agreement.norm;
import static org.ridgeline.Agreement.ofFitted;
import static org.ridgeline.Agreement.ofSolution;

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
import org.ridgeline.Eigenvalues;
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

  /** Of features and kernels: phases of up to 10 have errors of 10 eps; up to four multiply. */
  private static final double VALUES = 40 * EPS;

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
      JsonNode row = node.get("features_first3_rows").get(r);
      assertVectors(values(row), permute(z[r], order), VALUES, "features");
    }
    Eigenvalues scatter = Eigenvalues.ofScatter(z);
    for (JsonNode step : node.get("path")) {
      double lambda = step.get("lambda").asDouble();
      PathCoefficients model = Maps.ridge(z, y, Intercept.FREE, lambda);
      double[] coef = values(step.get("coef"));
      assertVectors(
          coef,
          permute(model.matrix().columnCopy(0), order),
          ofSolution(scatter.condition(lambda)),
          "coef");
      double error = ofFitted(scatter.largest(), lambda, norm(coef));
      assertAll(step.get("fitted"), Maps.predict(model, z), error, "fitted");
      double[] prediction = Maps.predict(model, Maps.features(map, test));
      assertAll(step.get("test_prediction"), prediction, error, "test prediction");
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
          assertVectors(values(row), Arrays.copyOf(k[r], 8), VALUES, kernel.label());
        }
      }
    }
    assertEquals(kernels.size(), found);
  }

  @Test
  void kernelRidgeIsNystromWithAllRowsAsCenters() {
    JsonNode krr = expected.get("krr").get(0);
    assertEquals(0, nystrom(krr, train).description().jitter());
    checkNystrom(krr, train, krr.get("path"));
    double[][] gram = Maps.kernels(Kernel.RBF, 1.3, train, train);
    for (JsonNode step : krr.get("path")) {
      double lambda = step.get("lambda").asDouble();
      double tolerance = ofSolution(Eigenvalues.of(gram).condition(lambda));
      double[] alpha = Maps.kernelRidge(gram, y, lambda);
      assertVectors(values(step.get("alpha")), alpha, tolerance, "alpha");
    }
  }

  @Test
  void nystromOfTenCenters() {
    JsonNode krr = expected.get("krr").get(0);
    checkNystrom(krr, Arrays.copyOf(train, 10), krr.get("nystrom_first10_centres"));
  }

  /**
   * The features {@code z = L^-1 k} have the error of a system of the condition of L, which is the
   * root of that of the kernel matrix; then comes the error of the fit.
   */
  private void checkNystrom(JsonNode krr, double[][] centers, JsonNode path) {
    FeatureMap map = nystrom(krr, centers);
    double[][] z = Maps.features(map, train);
    double[][] kernel = Maps.kernels(Kernel.RBF, 1.3, centers, centers);
    double features = ofSolution(Math.sqrt(Eigenvalues.of(kernel).condition(0)));
    for (JsonNode step : path) {
      double lambda = step.get("lambda").asDouble();
      PathCoefficients model = Maps.ridge(z, y, Intercept.NONE, lambda);
      double[] b = model.matrix().columnCopy(0);
      double error = features * norm(b) + ofFitted(train.length, lambda, norm(b));
      double[] prediction = Maps.predict(model, Maps.features(map, test));
      assertAll(step.get("test_prediction"), prediction, error, "prediction");
    }
  }

  private static FeatureMap nystrom(JsonNode krr, double[][] centers) {
    double lengthScale = krr.get("lengthscale").asDouble();
    return FeatureMap.nystrom(
        MapSpec.of(MapKind.NYSTROM, centers.length).withLengthScale(lengthScale),
        InputScaling.none(3),
        Maps.columns(centers));
  }

  private static double[] values(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> array.get(i).asDouble());
    return values;
  }

  private static void assertAll(JsonNode expected, double[] actual, double error, String what) {
    assertArrayEquals(values(expected), actual, error, what);
  }
}
