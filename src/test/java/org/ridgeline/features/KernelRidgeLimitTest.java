package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.ridge.Intercept;

/** Ridge on random features tends to kernel ridge regression, with the same lambda at any width. */
class KernelRidgeLimitTest {
  private static final double LAMBDA = 0.5;
  private static final double[][] ROWS = Maps.normalRows(60, 3, 21);
  private static final double[][] FRESH = Maps.normalRows(100, 3, 22);
  private static final double[] Y = Maps.label(ROWS, x -> Math.sin(2 * x[0]) + x[1] * x[2]);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NYSTROM")
  void gapFallsAsTheRootOfTheWidth(MapKind kind) {
    double lengthScale = kind.hasLengthScale() ? 1.5 : 1;
    double[] alpha =
        Maps.kernelRidge(Maps.kernels(kind.kernel(), lengthScale, ROWS, ROWS), Y, LAMBDA);
    double[] exact =
        Maps.label(
            FRESH,
            x ->
                Maps.dot(
                    alpha, Maps.label(ROWS, row -> kind.kernel().between(row, x, lengthScale))));
    double narrow = gap(kind, 480, exact);
    double wide = gap(kind, 48_000, exact);
    assertTrue(wide < 0.05, "gap " + wide);
    assertEquals(10, narrow / wide, 5);
  }

  /** The root mean squared difference over four seeds; solved in the dual, as D exceeds n. */
  private static double gap(MapKind kind, int width, double[] exact) {
    double sum = 0;
    for (int seed = 0; seed < 4; seed++) {
      MapSpec spec = MapSpec.of(kind, width).withSeed(seed);
      spec = kind.hasLengthScale() ? spec.withLengthScale(1.5) : spec.withBias(0);
      FeatureMap map = FeatureMap.random(spec, InputScaling.none(3));
      Matrix z = Maps.columns(Maps.features(map, ROWS));
      Matrix fresh = Maps.columns(Maps.features(map, FRESH));
      Matrix gram = Blas.transposedTimes(z, z);
      Matrix cross = Blas.transposedTimes(z, fresh);
      double[][] k = new double[ROWS.length][];
      for (int i = 0; i < k.length; i++) {
        k[i] = gram.columnCopy(i);
      }
      double[] alpha = Maps.kernelRidge(k, Y, LAMBDA);
      double[] prediction = new double[FRESH.length];
      for (int i = 0; i < prediction.length; i++) {
        prediction[i] = Maps.dot(alpha, cross.columnCopy(i));
      }
      double gap = Maps.gap(exact, prediction);
      sum += gap * gap / 4;
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @EnumSource(names = {"RFF", "ARCCOS1"})
  void primalSolutionFromMomentsIsTheDualOne(MapKind kind) {
    MapSpec spec = MapSpec.of(kind, 100);
    FeatureMap map =
        FeatureMap.random(
            kind.hasLengthScale() ? spec.withLengthScale(1.5) : spec, InputScaling.none(3));
    double[][] z = Maps.features(map, ROWS);
    double[][] k = new double[ROWS.length][ROWS.length];
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        k[i][j] = Maps.dot(z[i], z[j]);
      }
    }
    double[] alpha = Maps.kernelRidge(k, Y, LAMBDA);
    double[] primal = Maps.predict(Maps.ridge(z, Y, Intercept.NONE, LAMBDA), z);
    for (int i = 0; i < k.length; i++) {
      assertEquals(Maps.dot(alpha, k[i]), primal[i], 1e-11);
    }
  }
}
