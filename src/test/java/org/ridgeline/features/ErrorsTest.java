package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/** Every refusal of this package, word for word. */
class ErrorsTest {
  private static final MapSpec RFF = MapSpec.of(MapKind.RFF, 4);
  private static final InputScaling TWO = InputScaling.none(2);

  private static void says(String sentence, Executable code) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void ofSpecifications() {
    says(
        "Cannot make feature map rff: width must be positive, was 0",
        () -> MapSpec.of(MapKind.RFF, 0));
    says(
        "Cannot make feature map orf: cosine and sine come in pairs, so width must be even, was 7",
        () -> MapSpec.of(MapKind.ORF, 7));
    says(
        "Cannot make feature map rff: the length scale must be finite and > 0, was 0.0",
        () -> RFF.withLengthScale(0));
    says(
        "Cannot make feature map arccos1: it has no length scale, got 2.0; scale the inputs instead",
        () -> MapSpec.of(MapKind.ARCCOS1, 4).withLengthScale(2));
    says(
        "Cannot make feature map ntk: bias must be 0 or 1, was 2",
        () -> MapSpec.of(MapKind.NTK, 40).withBias(2));
    says(
        "Cannot make feature map rff: only arccos and ntk maps have a bias, got 1",
        () -> RFF.withBias(1));
    says(
        "Cannot make feature map nystrom: kernel must be rbf, laplace, matern32 or matern52, was"
            + " arccos1",
        () -> MapSpec.of(MapKind.NYSTROM, 4).withKernel(Kernel.ARCCOS1));
    says(
        "Cannot make feature map rff: its kernel is not laplace; only nystrom leaves a choice",
        () -> RFF.withKernel(Kernel.LAPLACE));
  }

  @Test
  void ofSpecificationsAgainstTheInputs() {
    says(
        "Cannot make feature map ntk: one neuron of 3 inputs has 4 features, but width was 3",
        () -> MapSpec.of(MapKind.NTK, 3).units(2));
    says(
        "Cannot make feature map rff: it needs at least 1 input, got 0",
        () -> FeatureMap.random(RFF, InputScaling.none(0)));
    says("Cannot nest feature map rff: width 6 exceeds 4", () -> RFF.nestedFactor(6, 2));
  }

  @Test
  void ofLabels() {
    says(
        "Cannot find the feature map 'rbf': expected one of rff, rff-cos, orf, laplace, matern32,"
            + " matern52, arccos0, arccos1, arccos2, ntk, nystrom",
        () -> MapKind.of("rbf"));
    says(
        "Cannot find the kernel 'gauss': expected one of rbf, laplace, matern32, matern52, arccos0,"
            + " arccos1, arccos2, ntk",
        () -> Kernel.of("gauss"));
  }

  @Test
  void ofScalings() {
    says(
        "Cannot scale inputs: got 1 centers and 2 scales",
        () -> InputScaling.of(Vec.of(0), Vec.of(1, 1)));
    says(
        "Cannot scale input 1: its center must be finite, was NaN",
        () -> InputScaling.of(Vec.of(0, Double.NaN), Vec.of(1, 1)));
    says(
        "Cannot scale input 1: its scale must be finite and > 0, was 0.0; a constant input has"
            + " scale 1",
        () -> InputScaling.of(Vec.of(0, 0), Vec.of(1, 0)));
    says("Cannot clip inputs: the bound must be finite and > 0, was 0.0", () -> TWO.clippedAt(0));
  }

  @Test
  void ofLengthScales() {
    says(
        "Cannot choose a length scale: the 2 sampled rows are all equal; give one",
        () -> LengthScale.median(TWO, 2, new double[] {1, 2, 1, 2}));
    says(
        "Cannot take the median distance of 2 rows of 2 inputs: at most 8192 rows, got 3 values",
        () -> LengthScale.median(TWO, 2, new double[3]));
  }

  @Test
  void ofDescriptions() {
    MapSpec nystrom = MapSpec.of(MapKind.NYSTROM, 3);
    says(
        "Cannot draw the centers of a nystrom map from a seed: give rows of the data",
        () -> FeatureMap.random(nystrom, TWO));
    says(
        "Cannot make feature map nystrom: expected weights of 2 coordinates x 3 units, got 2 x 4",
        () -> FeatureMap.nystrom(nystrom, TWO, Matrix.zeros(2, 4)));
    says(
        "Cannot make feature map rff: expected weights of 2 coordinates x 2 units, got 2 x 4",
        () -> MapDescription.explicit(RFF, TWO, Matrix.zeros(2, 4), Vec.of()));
    says(
        "Cannot make feature map rff-cos: expected 4 offsets, got 1",
        () ->
            MapDescription.explicit(
                MapSpec.of(MapKind.RFF_COS, 4), TWO, Matrix.zeros(2, 4), Vec.of(1)));
    says(
        "Cannot give the weights of a nystrom map: give its centers",
        () -> MapDescription.explicit(nystrom, TWO, Matrix.zeros(2, 3), Vec.of()));
    says(
        "Cannot give centers to feature map rff: only nystrom has some",
        () -> FeatureMap.nystrom(RFF, TWO, Matrix.zeros(2, 2)));
    says(
        "Cannot make feature map nystrom: weight 1 of unit 2 must be finite, was NaN",
        () ->
            FeatureMap.nystrom(
                nystrom, TWO, Matrix.owning(2, 3, new double[] {0, 1, 2, 3, 4, Double.NaN})));
    says(
        "Cannot make feature map nystrom: jitter must be from 0 to 1, was -1.0",
        () -> MapDescription.nystrom(nystrom, TWO, Matrix.zeros(2, 3), -1));
  }

  @Test
  void ofBlocks() {
    MapTask task = FeatureMap.random(RFF, TWO).newTask();
    says(
        "Cannot map 2 rows of 2 inputs: got 3 values with stride 2",
        () -> task.apply(2, new double[3], 2, new double[8], 4));
    says(
        "Cannot map 1 rows of 2 inputs: got 2 values with stride 1",
        () -> task.apply(1, new double[2], 1, new double[8], 4));
    says(
        "Cannot map 2 rows to 4 features: got room for 7 values with stride 4",
        () -> task.apply(2, new double[4], 2, new double[7], 4));
  }
}
