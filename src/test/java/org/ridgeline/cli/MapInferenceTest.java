package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;

/** What a run with a map says of its lambda and coefficients, against a run on mapped columns. */
@Tag("spark")
class MapInferenceTest {
  private static final int WIDTH = 12;

  @TempDir Path directory;

  /** Rows of two inputs, and the same rows with the features of a map for columns. */
  @BeforeEach
  void writeRows() throws IOException {
    FeatureMap map =
        FeatureMap.random(
            MapSpec.of(MapKind.RFF, WIDTH).withLengthScale(0.8),
            InputScaling.of(Vec.of(0, 0), Vec.of(1, 1)));
    Random random = new Random(81);
    List<String> raw = new ArrayList<>(List.of("a,b,y"));
    StringBuilder header = new StringBuilder("y");
    for (int j = 0; j < WIDTH; j++) {
      header.append(",z").append(j);
    }
    List<String> mapped = new ArrayList<>(List.of(header.toString()));
    for (int i = 0; i < 60; i++) {
      double[] x = random.doubles(2, -1, 1).toArray();
      double y = Math.sin(3 * x[0]) * x[1] + 0.1 * random.nextGaussian();
      raw.add(x[0] + "," + x[1] + "," + y);
      double[] z = new double[WIDTH];
      map.newTask().apply(1, x, 2, z, WIDTH);
      StringBuilder line = new StringBuilder().append(y);
      for (double feature : z) {
        line.append(',').append(feature);
      }
      mapped.add(line.toString());
    }
    Files.write(directory.resolve("raw.csv"), raw);
    Files.write(directory.resolve("mapped.csv"), mapped);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private JsonNode run(String command, String input, String... more) throws IOException {
    Stream<String> front =
        Stream.of(
            command,
            "--input",
            file(input),
            "--label",
            "y",
            "--standardize",
            "none",
            "--out",
            file(input + ".run"),
            "--if-exists",
            "overwrite",
            "--output",
            "json");
    CliRun done = CliRun.of(Stream.concat(front, Stream.of(more)).toArray(String[]::new));
    assertEquals(0, done.code(), done.err());
    return new ObjectMapper().readTree(done.out()).at("/targets/y");
  }

  private List<String[]> cells(String input, String name) throws IOException {
    return Files.readAllLines(directory.resolve(input + ".run").resolve(name)).stream()
        .map(line -> line.split(",", -1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3", "1e-6"})
  void errorsOfMappedCoefficientsAreThoseOfALinearModel(String lambda) throws IOException {
    JsonNode map =
        run(
            "fit",
            "raw.csv",
            "--map",
            "rff",
            "--width",
            "12",
            "--length-scale",
            "0.8",
            "--lambda",
            lambda);
    JsonNode linear = run("fit", "mapped.csv", "--lambda", lambda);
    for (String key :
        List.of(
            "sigma2Sampling",
            "sigma2Posterior",
            "priorVariance",
            "inputNoiseVariance",
            "gradientFlowTime")) {
      double expected = linear.at("/inference/" + key).asDouble();
      assertEquals(expected, map.at("/inference/" + key).asDouble(), 1e-7 * expected, key);
    }
    for (int j = 0; j < WIDTH; j++) {
      double expected = linear.at("/inference/dfPerFeature/" + j).asDouble();
      assertEquals(expected, map.at("/inference/dfPerFeature/" + j).asDouble(), 1e-7);
    }
    List<String[]> one = cells("raw.csv", "coefficients.csv");
    List<String[]> two = cells("mapped.csv", "coefficients.csv");
    assertEquals(WIDTH + 2, one.size());
    for (int i = 1; i < one.size(); i++) {
      assertEquals(two.get(i)[1], one.get(i)[1]);
      for (int c = 4; c < 6; c++) {
        double expected = Double.parseDouble(two.get(i)[c]);
        assertTrue(expected > 0);
        assertEquals(expected, Double.parseDouble(one.get(i)[c]), 1e-7 * expected);
      }
    }
  }

  @Test
  void theSearchGoesOnBetweenTheLambdasOfTheBestSetting() throws IOException {
    String[] map = {"--map", "rff", "--width", "4,12", "--length-scale", "0.8,3"};
    String[] grid = {"--lambdas", "1e-4,1e-3,1e-2,1e-1,1"};
    JsonNode coarse = run("tune", "raw.csv", concat(map, grid));
    JsonNode fine = run("tune", "raw.csv", concat(concat(map, grid), "--refine"));
    assertEquals(1 + 4 * 5 + 1, cells("raw.csv", "path.csv").size());
    assertTrue(fine.at("/cv/mse").asDouble() < coarse.at("/cv/mse").asDouble());
    assertEquals(coarse.get("map"), fine.get("map"));
    double best = fine.at("/lambda/sum").asDouble();
    String[] near = {"--lambdas", best * 0.98 + "," + best + "," + best * 1.02};
    assertEquals(best, run("tune", "raw.csv", concat(map, near)).at("/lambda/sum").asDouble());
  }

  @Test
  void everySettingHasTheLambdaOfSoManyDegreesOfFreedom() throws IOException {
    run(
        "fit",
        "raw.csv",
        "--map",
        "rff",
        "--width",
        "6,12",
        "--length-scale",
        "0.8,3",
        "--df",
        "3.5");
    List<String[]> path = cells("raw.csv", "path.csv");
    assertEquals(5, path.size());
    for (String[] row : path.subList(1, 5)) {
      assertEquals(3.5, Double.parseDouble(row[5]), 1e-9);
    }
  }

  private static String[] concat(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }
}
