package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.Rows;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;

/** Widths, length scales and lambdas from one set of moments, against a run for each. */
class SurfaceTest {
  private static final int FOLDS = 3;
  private static final RidgeSpec RIDGE = RidgeSpec.standard().with(Scaling.MAPPED);

  /** Three inputs; the first target is smooth, the second oscillates. */
  private static Rows wavy(int n) {
    Random random = new Random(5);
    double[][] x = new double[n][3];
    double[] smooth = new double[n];
    double[] fast = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = random.nextGaussian();
      }
      smooth[i] = x[i][0] - x[i][1] + 0.3 * x[i][2] + 0.1 * random.nextGaussian();
      fast[i] = Math.sin(2.5 * x[i][0]) + 0.1 * random.nextGaussian();
    }
    return Rows.of(x, smooth).withTarget(fast);
  }

  private static TuningSpec spec(Rule rule, double... lambdas) {
    return new TuningSpec(RIDGE, LambdaRequest.of(LambdaConvention.SUM, lambdas), rule);
  }

  private static MapGrid grid(MapSpec base, int inputs, int[] widths, double... scales) {
    List<MapSpec> widest = new ArrayList<>();
    List<Integer> list = new ArrayList<>();
    for (int width : widths) {
      list.add(width);
    }
    MapSpec wide = base.withWidth(widths[widths.length - 1]);
    for (double scale : scales) {
      widest.add(wide.withLengthScale(scale));
    }
    return new MapGrid(scales.length == 0 ? List.of(wide) : widest, list, inputs);
  }

  private static List<FoldedMoments> mapped(Rows rows, MapGrid grid, int folds) {
    return grid.widest().stream()
        .map(s -> FeatureMap.random(s, InputScaling.none(rows.inputs())))
        .map(map -> rows.mapped(map).folded(folds, i -> i % folds))
        .toList();
  }

  private static Surface search(Rows rows, MapGrid grid, int folds, TuningSpec spec) {
    List<FoldedMoments> mapped = mapped(rows, grid, folds);
    return Surface.search(
        grid.settings(),
        i -> Tuning.run(grid.moments(i, mapped), spec, FoldExecutor.inParallel(1)));
  }

  private static TuningResult alone(Rows rows, MapSpec map, TuningSpec spec) {
    FeatureMap own = FeatureMap.random(map, InputScaling.none(rows.inputs()));
    return Tuning.run(
        rows.mapped(own).folded(FOLDS, i -> i % FOLDS), spec, FoldExecutor.inParallel(1));
  }

  private static void assertNear(Vec expected, Vec actual, double relative, String what) {
    for (int l = 0; l < expected.size(); l++) {
      double value = expected.get(l);
      assertEquals(value, actual.get(l), relative * Math.abs(value), what + " lambda " + l);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {"RFF", "RFF_COS", "ORF", "MATERN32", "ARCCOS1", "NTK"})
  void everySettingEqualsARunOfItsOwn(MapKind kind) {
    Rows rows = wavy(90);
    TuningSpec spec = spec(Rule.CV_MIN, 0.01, 0.1, 1, 10);
    MapSpec base = MapSpec.of(kind, 8).withSeed(3);
    double[] scales = kind.hasLengthScale() ? new double[] {0.8, 2} : new double[0];
    MapGrid grid = grid(base, 3, new int[] {10, 16, 32}, scales);
    Surface surface = search(rows, grid, FOLDS, spec);
    double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    for (int i = 0; i < grid.size(); i++) {
      TuningResult own = alone(rows, grid.spec(i), spec);
      for (int t = 0; t < 2; t++) {
        TargetTuning one = own.target(t);
        TargetTuning point = surface.points().get(i).target(t);
        String what = grid.settings().get(i) + " target " + t;
        assertNear(one.path().df(), point.path().df(), 1e-9, what);
        assertNear(one.path().rss(), point.path().rss(), 1e-9, what);
        assertNear(one.criteria().gcv(), point.criteria().gcv(), 1e-9, what);
        for (int l = 0; l < 4; l++) {
          double cv = one.scores().orElseThrow().mean(l);
          assertEquals(cv, point.scores().orElseThrow().mean(l), 1e-9 * cv, what);
          best[t] = Math.min(best[t], cv);
        }
      }
    }
    for (int t = 0; t < 2; t++) {
      Surface.Choice choice = surface.choices().get(t);
      assertEquals(best[t], surface.chosen(t).heldOut(t).orElseThrow(), 1e-9 * best[t]);
      assertEquals(choice.setting(), choice.minimum().orElseThrow());
      TuningResult own = alone(rows, grid.spec(choice.setting()), spec);
      assertEquals(own.target(t).lambda(), surface.targets().get(t).lambda(), 0.0);
      double size = 0;
      for (double b : own.target(t).coefficients().toArray()) {
        size = Math.max(size, Math.abs(b));
      }
      for (int j = 0; j < own.target(t).coefficients().size(); j++) {
        assertEquals(
            own.target(t).coefficients().get(j),
            surface.targets().get(t).coefficients().get(j),
            1e-8 * size);
      }
    }
  }

  @Test
  void everyTargetHasItsOwnLengthScale() {
    MapGrid grid = grid(MapSpec.of(MapKind.RFF, 256), 3, new int[] {256}, 0.7, 6);
    Surface surface = search(wavy(300), grid, FOLDS, spec(Rule.CV_MIN, 0.01, 0.1, 1));
    assertEquals(OptionalDouble.of(6), surface.chosen(0).setting().lengthScale());
    assertEquals(OptionalDouble.of(0.7), surface.chosen(1).setting().lengthScale());
  }

  @Test
  void onlyChosenModelsKeepTheirCoefficients() {
    MapGrid grid = grid(MapSpec.of(MapKind.RFF, 8), 3, new int[] {8, 16, 32}, 0.5, 3);
    Surface surface = search(wavy(90), grid, FOLDS, spec(Rule.CV_MIN, 0.1, 1));
    for (int i = 0; i < grid.size(); i++) {
      for (int t = 0; t < 2; t++) {
        TargetTuning target = surface.points().get(i).target(t);
        boolean chosen = surface.choices().get(t).setting() == i;
        int outputs = grid.spec(i).outputs(3);
        assertEquals(chosen ? outputs : 0, target.coefficients().size());
        assertEquals(2, target.path().df().size());
      }
    }
  }

  @Test
  void oneStandardErrorGrowsLambdaAtTheBestSetting() {
    MapGrid grid = grid(MapSpec.of(MapKind.RFF, 8), 3, new int[] {8, 32}, 0.5, 3);
    double[] lambdas = {0.001, 0.01, 0.1, 1, 10};
    Surface least = search(wavy(90), grid, FOLDS, spec(Rule.CV_MIN, lambdas));
    Surface largest = search(wavy(90), grid, FOLDS, spec(Rule.CV_1SE, lambdas));
    for (int t = 0; t < 2; t++) {
      assertEquals(least.choices().get(t).setting(), largest.choices().get(t).setting());
      TargetTuning target = largest.targets().get(t);
      FoldScores scores = target.scores().orElseThrow();
      int minimum = target.selection().minimum().orElseThrow();
      double limit = scores.mean(minimum) + scores.standardError(minimum);
      for (int l = 0; l < lambdas.length; l++) {
        assertTrue(lambdas[l] <= target.lambda() || scores.mean(l) > limit);
      }
      assertTrue(scores.mean(target.selection().chosen()) <= limit);
    }
  }

  @Test
  void gcvComparesSettingsWithoutFoldsAndMarksNoMinimum() {
    MapGrid grid = grid(MapSpec.of(MapKind.ARCCOS1, 8), 3, new int[] {8, 64});
    Surface surface = search(wavy(200), grid, 1, spec(Rule.GCV, 0.01, 0.1, 1));
    assertEquals(64, surface.chosen(1).setting().width());
    assertTrue(surface.choices().get(0).minimum().isEmpty());
    assertEquals(OptionalDouble.empty(), surface.chosen(0).setting().lengthScale());
  }

  @Test
  void givenLambdaStillChoosesTheMap() {
    MapGrid grid = grid(MapSpec.of(MapKind.RFF, 256), 3, new int[] {256}, 0.7, 6);
    assertEquals(
        1, search(wavy(300), grid, FOLDS, spec(Rule.GIVEN, 0.1)).choices().get(0).setting());
    assertEquals(0, search(wavy(300), grid, 1, spec(Rule.GIVEN, 0.1)).choices().get(1).setting());
  }

  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {"RFF", "LAPLACE", "ARCCOS1", "ARCCOS2", "NTK"})
  void widthsBeyondTheRowsInterpolateAtLambdaZero(MapKind kind) {
    Rows rows = wavy(40);
    MapSpec base = MapSpec.of(kind, 8);
    MapGrid grid =
        grid(
            base, 3, new int[] {20, 400}, kind.hasLengthScale() ? new double[] {1} : new double[0]);
    Surface surface = search(rows, grid, 4, spec(Rule.GIVEN, 0));
    int last = grid.size() - 1;
    TargetTuning wide = surface.points().get(last).target(1);
    assertEquals(0, wide.path().rss().get(0), 1e-9 * wide.path().targetSumSquares());
    assertEquals(39, wide.path().df().get(0), 1e-6);
    Surface.Choice choice = surface.choices().get(1);
    assertTrue(Double.isFinite(surface.points().get(last).heldOut(1).orElseThrow()));
    assertTrue(choice.solved().relativeResidual() < 1e-6);
  }

  @Test
  void neuronsOfOneInputAreSolvedAtLambdaZero() {
    Rows rows = wavy(40).selectInputs(0);
    MapGrid grid = grid(MapSpec.of(MapKind.ARCCOS1, 8).withBias(0), 1, new int[] {10, 300});
    Surface surface = search(rows, grid, 4, spec(Rule.CV_MIN, 0, 0.1));
    assertEquals(2, surface.points().get(1).target(0).path().df().get(0), 1e-6);
  }

  @Test
  void gridsThatAreNotNestedAreRefused() {
    MapSpec wide = MapSpec.of(MapKind.RFF, 8);
    assertEquals(
        "Cannot search maps of width 16 within one of width 8",
        assertThrows(
                IllegalArgumentException.class, () -> new MapGrid(List.of(wide), List.of(4, 16), 3))
            .getMessage());
    assertEquals(
        "Cannot search 1 maps in the moments of 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new MapGrid(List.of(wide), List.of(8), 3).moments(0, List.of()))
            .getMessage());
  }
}
