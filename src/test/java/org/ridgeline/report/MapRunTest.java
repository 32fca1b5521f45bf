package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;

/** What a run with a feature map writes. */
class MapRunTest {
  private static final FilesBeside NO_FILES =
      name -> {
        throw new AssertionError("read " + name);
      };

  private static List<String[]> cells(byte[] csv) {
    return new String(csv, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(",", -1))
        .toList();
  }

  @Test
  void pathHasARowForEverySettingTargetAndLambdaAndMarksOneOfEach() {
    RunReport run = MapRun.report(3, MapSpec.of(MapKind.RFF, 4), 0.5, 2);
    List<String[]> rows = cells(PathCsv.of(run));
    assertEquals(
        "target,map,width,length_scale,lambda,df,rss,train_mse,gcv,loo_mse,aic,bic,sure,"
            + "log_evidence,cv_mse,cv_se,cv_mse_pooled,fold_0,fold_1,fold_2,is_min,is_1se,selected",
        String.join(",", rows.get(0)));
    assertEquals(1 + 2 * 4 * 3, rows.size());
    for (String target : List.of("y0", "y1")) {
      double least = Double.POSITIVE_INFINITY;
      List<String[]> marked = new ArrayList<>();
      List<String[]> oneSe = new ArrayList<>();
      for (String[] row : rows) {
        if (row[0].equals(target)) {
          assertEquals(23, row.length);
          assertEquals("rff", row[1]);
          least = Math.min(least, Double.parseDouble(row[14]));
          if (row[20].equals("true")) {
            marked.add(row);
          }
          if (row[21].equals("true")) {
            oneSe.add(row);
          }
          assertEquals(row[20], row[22], "cv-min selects the minimum");
        }
      }
      assertEquals(1, marked.size());
      assertEquals(1, oneSe.size());
      assertEquals(least, Double.parseDouble(marked.get(0)[14]), 0.0);
      assertEquals(marked.get(0)[2] + marked.get(0)[3], oneSe.get(0)[2] + oneSe.get(0)[3]);
    }
    assertEquals("4,0.5", rows.get(1)[2] + "," + rows.get(1)[3]);
    assertEquals("16,2.0", rows.get(24)[2] + "," + rows.get(24)[3]);
  }

  @Test
  void mapsWithoutLengthScaleLeaveItsCellEmptyAndRunsWithoutFoldsTheMarks() {
    List<String[]> rows = cells(PathCsv.of(MapRun.report(1, MapSpec.of(MapKind.ARCCOS1, 4))));
    for (String[] row : rows.subList(1, rows.size())) {
      assertEquals("arccos1,,", row[1] + "," + row[3] + "," + row[17]);
    }
    assertEquals(2, rows.stream().filter(row -> row[19].equals("true")).count());
  }

  @Test
  void coefficientsAreThoseOfTheMappedFeatures() {
    RunReport run = MapRun.report(3, MapSpec.of(MapKind.RFF, 4), 2);
    List<String[]> rows = cells(CoefficientsCsv.of(run));
    assertEquals("(intercept)", rows.get(1)[1]);
    assertEquals("z0", rows.get(2)[1]);
    assertEquals(",", rows.get(2)[4] + "," + rows.get(2)[5], "no errors of mapped features");
    int width = run.map().orElseThrow().surface().chosen(0).setting().width();
    assertEquals("z" + (width - 1), rows.get(1 + width)[1]);
  }

  @Test
  void reportNamesTheMapAndTheSettingOfEachTarget() throws IOException {
    RunReport run = MapRun.report(3, MapSpec.of(MapKind.RFF, 4), 0.5, 2);
    JsonNode root = new ObjectMapper().readTree(ReportJson.of(run));
    assertEquals("rff", root.at("/map/kind").asText());
    assertEquals(4, root.at("/map/settings").asInt());
    assertEquals(1.5, root.at("/map/medianDistance").asDouble());
    assertEquals(3, root.at("/map/clip").asDouble());
    assertTrue(root.at("/map/note").asText().endsWith("no label"));
    assertEquals(
        run.map().orElseThrow().surface().chosen(1).setting().width(),
        root.at("/targets/y1/map/width").asInt());
  }

  @Test
  void screenShowsEverySettingAndMarksTheChosenOne() {
    String text =
        SummaryText.of(MapRun.report(3, MapSpec.of(MapKind.RFF, 4), 0.5, 2), "in.csv", Map.of());
    assertTrue(
        text.contains(
            "  map       rff of standardized inputs clipped at 3.0000, median distance 1.5000\n"),
        text);
    assertTrue(text.contains("4 maps x 3 lambdas x 3 folds") || text.contains("4 maps x "), text);
    assertTrue(text.contains("  width  cv_mse at 0.50000  cv_mse at 2.0000\n"), text);
    assertEquals(2, text.lines().filter(line -> line.matches("  +\\d+ .* \\*.*")).count(), text);
  }

  private static FittedModel model(List<MapDescription> maps) {
    int d = maps.stream().mapToInt(map -> map.spec().outputs(2)).max().orElseThrow();
    double[] numbers = new double[2 * d];
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] = Math.sin(j) / 3;
    }
    return new FittedModel(
        new RidgeModel(
            FittedModel.mappedNames(d),
            List.of("y", "z"),
            Vec.of(0.1, -3),
            Matrix.owning(d, 2, numbers),
            Vec.of(0, 2.5)),
        List.of(new InputColumn("x", InputColumn.Kind.ARRAY, List.of("x[0]", "x[1]"), List.of())),
        maps);
  }

  private static MapDescription map(MapKind kind) {
    MapSpec spec = MapSpec.of(kind, 6).withSeed(9);
    if (kind != MapKind.NYSTROM) {
      MapSpec scaled = kind.hasLengthScale() ? spec.withLengthScale(0.7) : spec;
      return MapDescription.drawn(scaled, MapRun.SCALING);
    }
    double[] centers = new double[12];
    for (int i = 0; i < 12; i++) {
      centers[i] = Math.cos(3 * i);
    }
    return MapDescription.nystrom(spec, MapRun.SCALING, Matrix.owning(2, 6, centers), 1e-9);
  }

  private static double[] features(MapDescription map) {
    double[] x = {0.3, -1, 2, 0.25, -5, 7};
    FeatureMap made = FeatureMap.of(map);
    double[] z = new double[3 * made.outputs()];
    made.newTask().apply(3, x, 2, z, made.outputs());
    return z;
  }

  @ParameterizedTest
  @EnumSource(MapKind.class)
  void featuresOfAModelReadBackAreTheSameBits(MapKind kind) {
    MapDescription map = map(kind);
    FittedModel saved = model(List.of(map, map));
    FittedModel read = ModelJson.read(ModelJson.of(saved, Specs.STANDARD), NO_FILES);
    assertSame(read.maps().get(0), read.maps().get(1));
    assertEquals(saved.model(), read.model());
    assertEquals(map.spec(), read.maps().get(0).spec());
    assertEquals(map.jitter(), read.maps().get(0).jitter(), 0.0);
    assertArrayEquals(features(map), features(read.maps().get(0)), 0.0);
  }

  @Test
  void targetsOfDifferentMapsKeepBoth() {
    MapDescription wide = map(MapKind.RFF);
    MapDescription narrow =
        MapDescription.drawn(wide.spec().withWidth(2).withLengthScale(3), MapRun.SCALING);
    FittedModel read =
        ModelJson.read(ModelJson.of(model(List.of(wide, narrow)), Specs.STANDARD), NO_FILES);
    assertEquals(wide.spec(), read.maps().get(0).spec());
    assertEquals(narrow.spec(), read.maps().get(1).spec());
  }

  @Test
  void moreThanAMillionWeightsLieInAFileBeside() {
    int d = 5001;
    MapSpec spec = MapSpec.of(MapKind.RFF, 400).withLengthScale(70);
    MapDescription large = MapDescription.drawn(spec, InputScaling.none(d));
    List<String> names = IntStream.range(0, d).mapToObj(j -> "x" + j).toList();
    FittedModel saved =
        new FittedModel(
            new RidgeModel(
                FittedModel.mappedNames(400),
                List.of("y"),
                Vec.of(1),
                Matrix.zeros(400, 1),
                Vec.of(2)),
            List.of(new InputColumn("x", InputColumn.Kind.ARRAY, names, List.of())),
            List.of(large));
    Map<String, byte[]> files = ModelJson.filesBeside(saved, Specs.STANDARD);
    assertEquals(List.of("model-weights.csv"), List.copyOf(files.keySet()));
    String csv = new String(files.get("model-weights.csv"), StandardCharsets.UTF_8);
    assertTrue(csv.startsWith("w0,w1,w2,"));
    FittedModel read = ModelJson.read(ModelJson.of(saved, Specs.STANDARD), files::get);
    assertEquals(large.weights(), read.maps().get(0).weights());
    MapDescription small = map(MapKind.RFF);
    assertEquals(Map.of(), ModelJson.filesBeside(model(List.of(small, small)), Specs.STANDARD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"kind\":\"rff\"|\"kind\":\"lace\"|Cannot find the feature map 'lace': expected one of rff,"
            + " rff-cos, orf, laplace, matern32, matern52, arccos0, arccos1, arccos2, ntk, nystrom",
        "\"width\":6|\"width\":8|Cannot use the model: 'weights' has 3 entries instead of 4",
        "\"width\":6|\"width\":7|Cannot make feature map rff: cosine and sine come in pairs, so width"
            + " must be even, was 7",
        "\"lengthScale\":0.7|\"lengthScale\":0|Cannot make feature map rff: the length scale must be"
            + " finite and > 0, was 0.0",
        "\"bias\":0|\"bias\":0.5|Cannot use the model: 'bias' is no whole number",
        "\"center\":[0.1,-0.2]|\"center\":[0.1]|Cannot use the model: 'center' has 1 entries instead"
            + " of 2"
      })
  void unsoundMapsAreRefused(String sound, String broken, String sentence) {
    MapDescription map = map(MapKind.RFF);
    String json =
        new String(ModelJson.of(model(List.of(map, map)), Specs.STANDARD), StandardCharsets.UTF_8);
    byte[] bytes = json.replace(sound, broken).getBytes(StandardCharsets.UTF_8);
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> ModelJson.read(bytes, NO_FILES))
            .getMessage());
  }
}
