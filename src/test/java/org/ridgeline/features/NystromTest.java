package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.PathCoefficients;

class NystromTest {
  private static final InputScaling NONE = InputScaling.none(3);

  private static FeatureMap map(Kernel kernel, double lengthScale, double[][] centers) {
    return FeatureMap.nystrom(
        MapSpec.of(MapKind.NYSTROM, centers.length).withKernel(kernel).withLengthScale(lengthScale),
        NONE,
        Maps.columns(centers));
  }

  @ParameterizedTest
  @EnumSource(names = {"RBF", "LAPLACE", "MATERN32", "MATERN52"})
  void allCentersReproduceTheKernelAndKernelRidge(Kernel kernel) {
    double[][] rows = Maps.normalRows(120, 3, 5);
    double[][] fresh = Maps.normalRows(50, 3, 6);
    double[] y = Maps.label(rows, x -> Math.sin(2 * x[0]) + x[1] * x[2]);
    FeatureMap map = map(kernel, 1.5, rows);
    double[][] z = Maps.features(map, rows);
    double[][] gram = Maps.kernels(kernel, 1.5, rows, rows);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        assertEquals(gram[i][j], Maps.dot(z[i], z[j]), 1e-10);
      }
    }
    PathCoefficients model = Maps.ridge(z, y, Intercept.NONE, 0.01);
    double[] alpha = Maps.kernelRidge(gram, y, 0.01);
    double[] expected = Maps.label(fresh, x -> Maps.dot(alpha, column(kernel, rows, x)));
    assertArrayEquals(expected, Maps.predict(model, Maps.features(map, fresh)), 1e-8);
  }

  private static double[] column(Kernel kernel, double[][] rows, double[] x) {
    return Maps.label(rows, row -> kernel.between(row, x, 1.5));
  }

  @Test
  void jitterIsAddedWhereCentersRepeatAndIsReported() {
    double[][] rows = Maps.normalRows(40, 3, 7);
    rows[39] = rows[0];
    FeatureMap map = map(Kernel.RBF, 1.5, rows);
    assertEquals(1e-12, map.description().jitter());
    double[][] z = Maps.features(map, rows);
    assertEquals(1, Maps.dot(z[39], z[39]), 1e-5);
    assertEquals(0, map(Kernel.LAPLACE, 0.5, Maps.normalRows(40, 3, 7)).description().jitter());
  }

  /** A length scale far above the spread: numerically of low rank, but never refused. */
  @Test
  void smoothKernelsGetJitterToo() {
    FeatureMap map = map(Kernel.RBF, 50, Maps.normalRows(200, 3, 8));
    assertTrue(map.description().jitter() >= 1e-12 && map.description().jitter() <= 1e-8);
    double[][] rows = Maps.normalRows(20, 3, 9);
    double[][] z = Maps.features(map, rows);
    assertEquals(Kernel.RBF.between(rows[0], rows[1], 50), Maps.dot(z[0], z[1]), 1e-6);
  }

  @Test
  void centersAreScaledLikeRows() {
    double[][] rows = Maps.normalRows(30, 3, 10);
    InputScaling scaling = InputScaling.of(Vec.of(1, 2, 3), Vec.of(1, 0.5, 2)).clippedAt(6);
    MapSpec spec = MapSpec.of(MapKind.NYSTROM, 30).withKernel(Kernel.MATERN32);
    FeatureMap map = FeatureMap.nystrom(spec, scaling, Maps.columns(rows));
    double[][] z = Maps.features(map, rows);
    for (int i = 0; i < 30; i++) {
      assertEquals(1, Maps.dot(z[i], z[i]), 1e-12);
    }
  }

  @Test
  void kernelMatricesThatCannotBeFactorisedAreRefused() {
    MapSpec spec = MapSpec.of(MapKind.NYSTROM, 2);
    FeatureMap map = FeatureMap.of(MapDescription.nystrom(spec, NONE, Matrix.zeros(3, 2), 0));
    SingularException refused = assertThrows(SingularException.class, map::newTask);
    assertEquals(
        "Cannot factorize the kernel matrix of 2 centers, even with 0.0 added to its diagonal:"
            + " use fewer centers or a smaller length scale",
        refused.getMessage());
  }
}
