package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;

class CvPlusTest {
  private static ResidualSizes sizes(ResidualSizes.Keep keep, double... residuals) {
    ResidualSizes sizes = ResidualSizes.empty(keep);
    for (double residual : residuals) {
      sizes.add(residual);
    }
    return sizes;
  }

  /** The definition: all n values sorted. */
  private static double[] sorted(double[] centers, double[][] residuals, int sign) {
    List<Double> all = new ArrayList<>();
    for (int f = 0; f < centers.length; f++) {
      for (double residual : residuals[f]) {
        all.add(centers[f] + sign * Math.abs(residual));
      }
    }
    return all.stream().mapToDouble(v -> v).sorted().toArray();
  }

  @Test
  void endsAreTheOrderStatisticsOfTheDefinition() {
    Random random = new Random(701);
    for (int trial = 0; trial < 300; trial++) {
      int k = 2 + random.nextInt(5);
      double[][] residuals = new double[k][];
      int n = 0;
      for (int f = 0; f < k; f++) {
        residuals[f] = new double[random.nextInt(30)];
        n += residuals[f].length;
        boolean coarse = trial % 2 == 0; // many equal ones
        Arrays.setAll(
            residuals[f], i -> coarse ? random.nextInt(5) - 2 : random.nextGaussian() * 3);
      }
      double[] centers = new double[k];
      boolean equal = trial % 3 == 0;
      Arrays.setAll(centers, f -> equal ? 1 : random.nextGaussian());
      double level = new double[] {0.5, 0.8, 0.9, 0.95}[trial % 4];
      Matrix models = Matrix.zeros(1, k);
      List<ResidualSizes> sizes =
          Arrays.stream(residuals).map(r -> sizes(ResidualSizes.Keep.EXACT, r)).toList();
      Matrix ends =
          CvPlus.of(models, Vec.of(centers), sizes, level).of(Matrix.column(0.0), new double[] {0});
      int rank = (int) Math.ceil(level * (n + 1) - 1e-9);
      double[] up = sorted(centers, residuals, 1);
      double[] down = sorted(centers, residuals, -1);
      String what = "seed 701, trial " + trial + ", n " + n + ", rank " + rank;
      double upper = rank > n ? Double.POSITIVE_INFINITY : up[rank - 1];
      double lower = rank > n ? Double.NEGATIVE_INFINITY : down[n - rank];
      assertEquals(upper + 0.0, ends.get(1, 0) + 0.0, what); // -0.0 is 0
      assertEquals(lower + 0.0, ends.get(0, 0), what);
    }
  }

  @Test
  void partsMergeToTheWholeAndRoundingOnlyWidens() {
    Random random = new Random(702);
    ResidualSizes whole = ResidualSizes.empty(ResidualSizes.Keep.EXACT);
    ResidualSizes first = ResidualSizes.empty(ResidualSizes.Keep.EXACT);
    ResidualSizes second = ResidualSizes.empty(ResidualSizes.Keep.EXACT);
    ResidualSizes rounded = ResidualSizes.empty(ResidualSizes.Keep.ROUNDED_UP);
    for (int i = 0; i < 100_000; i++) {
      double residual = random.nextGaussian();
      whole.add(residual);
      (i % 3 == 0 ? first : second).add(residual);
      rounded.add(residual);
    }
    first.merge(second);
    Vec zero = Vec.of(0.0);
    Matrix none = Matrix.zeros(1, 1);
    for (double level : new double[] {0.1, 0.5, 0.9, 0.999}) {
      double exact = CvPlus.of(none, zero, List.of(whole), level).smallest(new double[1]);
      assertEquals(
          exact, CvPlus.of(none, zero, List.of(first), level).smallest(new double[1]), "merged");
      double wider = CvPlus.of(none, zero, List.of(rounded), level).smallest(new double[1]);
      assertTrue(wider >= exact && wider <= exact * (1 + Math.scalb(1.0, -12)), "level " + level);
    }
    assertEquals(100_000, rounded.count());
    assertTrue(rounded.size() < 90_000, "different ones: " + rounded.size());
    assertEquals(
        "Cannot rank the residual NaN",
        assertThrows(IllegalArgumentException.class, () -> rounded.add(Double.NaN)).getMessage());
    assertEquals(
        "Cannot make intervals of 1 fold models and 2 folds",
        assertThrows(
                IllegalArgumentException.class,
                () -> CvPlus.of(none, zero, List.of(whole, first), 0.9))
            .getMessage());
  }

  /** A quadratic truth with noise that grows, under a linear model: y = x1^2 + (1 + |x2|) e. */
  private static Rows wrong(long seed, int n) {
    Random random = new Random(seed);
    double[][] x = new double[n][3];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i] = x[i][0] * x[i][0] + x[i][2] + (1 + Math.abs(x[i][1])) * random.nextGaussian();
    }
    return Rows.of(x, y);
  }

  @Test
  void newRowsAreCoveredUnderAWrongModel() {
    int k = 4;
    for (long seed : new long[] {703, 704, 705}) {
      int covered = 0;
      int draws = 400;
      int fresh = 20;
      for (int draw = 0; draw < draws; draw++) {
        Rows rows = wrong(seed * 1000 + draw, 40);
        Matrix models = Matrix.zeros(3, k);
        double[] intercepts = new double[k];
        List<ResidualSizes> residuals = new ArrayList<>();
        for (int f = 0; f < k; f++) {
          int fold = f;
          RidgeProblem problem =
              RidgeProblem.of(rows.where(i -> i % k != fold).moments(), RidgeSpec.standard());
          PathCoefficients fit = EigenSystem.of(problem).solve(List.of(Vec.of(2))).get(0);
          System.arraycopy(fit.matrix().data(), 0, models.data(), 3 * f, 3);
          intercepts[f] = fit.intercepts().get(0);
          ResidualSizes sizes = ResidualSizes.empty(ResidualSizes.Keep.EXACT);
          Rows out = rows.where(i -> i % k == fold);
          for (int i = 0; i < out.size(); i++) {
            double prediction = intercepts[f];
            for (int j = 0; j < 3; j++) {
              prediction += models.get(j, f) * out.x(i, j);
            }
            sizes.add(out.y(i, 0) - prediction);
          }
          residuals.add(sizes);
        }
        CvPlus intervals = CvPlus.of(models, Vec.of(intercepts), residuals, 0.8);
        Rows after = wrong(seed * 1000 + draw + 500_000_000, fresh);
        for (int i = 0; i < fresh; i++) {
          double[] x = {after.x(i, 0), after.x(i, 1), after.x(i, 2)};
          Matrix ends = intervals.of(Matrix.column(x), new double[1]);
          covered += ends.get(0, 0) <= after.y(i, 0) && after.y(i, 0) <= ends.get(1, 0) ? 1 : 0;
        }
      }
      double coverage = covered / (double) (draws * fresh);
      assertTrue(coverage >= 0.6, "seed " + seed + " coverage " + coverage); // 1 - 2 alpha
      assertTrue(coverage > 0.77 && coverage < 0.86, "seed " + seed + " coverage " + coverage);
    }
  }
}
