package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;

/**
 * Double descent of ReLU features: the error on fresh rows of one run over widths 30 to 600 against
 * the asymptotic theory for Gaussian inputs (the population covariance of the features given their
 * weights is the arc-cosine kernel; d = 50, n = 150, {@code y = beta'x + noise}, noise variance
 * 0.05, free intercept). The theory is for features {@code relu(w'x / sqrt d) / sqrt N} and a
 * penalty n lambda; ours are {@code sqrt(2 / N) relu(w'x)}, so that the same model has {@code 2 d n
 * lambda}.
 */
class DoubleDescentTest {
  private static final int N = 150;
  private static final int D = 50;
  private static final int FRESH = 1000;
  private static final int RUNS = 16;
  private static final double NOISE = Math.sqrt(0.05);
  private static final List<Integer> WIDTHS = List.of(30, 75, 120, 140, 150, 160, 200, 300, 600);
  private static final double[] LAMBDAS = {2 * D * N * 1e-6, 2 * D * N * 1e-2};

  /** Predicted mean squared error, noise included: for each lambda, one for each width. */
  private static final double[][] PREDICTED = {
    {.834, .704, 1.080, 2.072, 2.635, 1.960, .628, .284, .160},
    {.788, .681, .647, .629, .617, .615, .612, .592, .571}
  };

  private static final double[][] MEAN = new double[2][WIDTHS.size()];
  private static final double[][] ERROR = new double[2][WIDTHS.size()];

  private static Rows draw(Random random, double[] beta, int rows, double noise) {
    double[][] x = new double[rows][D];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = noise * random.nextGaussian();
      for (int j = 0; j < D; j++) {
        x[i][j] = random.nextGaussian();
        y[i] += beta[j] * x[i][j];
      }
    }
    return Rows.of(x, y);
  }

  @BeforeAll
  static void simulate() {
    double[][][] risks = new double[2][WIDTHS.size()][RUNS];
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(100 + run);
      double[] beta = random.doubles(D).map(u -> random.nextGaussian()).toArray();
      double norm = 0;
      for (double b : beta) {
        norm += b * b;
      }
      for (int j = 0; j < D; j++) {
        beta[j] /= Math.sqrt(norm);
      }
      MapSpec widest = MapSpec.of(MapKind.ARCCOS1, 600).withBias(0).withSeed(run);
      FeatureMap map = FeatureMap.random(widest, InputScaling.none(D));
      MapGrid grid = new MapGrid(List.of(widest), WIDTHS, D);
      FoldedMoments moments = draw(random, beta, N, NOISE).mapped(map).folded(1, i -> 0);
      Rows fresh = draw(random, beta, FRESH, 0).mapped(map);
      TuningSpec spec =
          new TuningSpec(
              RidgeSpec.standard().with(Scaling.MAPPED),
              LambdaRequest.of(LambdaConvention.SUM, LAMBDAS),
              Rule.GCV);
      for (int i = 0; i < grid.size(); i++) {
        TuningResult tuned =
            Tuning.run(grid.moments(i, List.of(moments)), spec, FoldExecutor.inParallel(1));
        double factor = widest.nestedFactor(WIDTHS.get(i), D);
        for (int l = 0; l < 2; l++) {
          risks[l][i][run] =
              NOISE * NOISE + risk(tuned.target(0).path().coefficients(), l, fresh, factor);
        }
      }
    }
    for (int l = 0; l < 2; l++) {
      for (int i = 0; i < WIDTHS.size(); i++) {
        summarize(risks[l][i], l, i);
      }
    }
  }

  /** The mean squared error on fresh rows without noise. */
  private static double risk(PathCoefficients model, int l, Rows fresh, double factor) {
    double sum = 0;
    for (int r = 0; r < fresh.size(); r++) {
      double prediction = model.intercepts().get(l);
      for (int j = 0; j < model.matrix().rows(); j++) {
        prediction += model.matrix().get(j, l) * factor * fresh.x(r, j);
      }
      sum += (prediction - fresh.y(r, 0)) * (prediction - fresh.y(r, 0));
    }
    return sum / fresh.size();
  }

  private static void summarize(double[] runs, int l, int i) {
    double sum = 0;
    double squares = 0;
    for (double risk : runs) {
      sum += risk / RUNS;
    }
    for (double risk : runs) {
      squares += (risk - sum) * (risk - sum);
    }
    MEAN[l][i] = sum;
    ERROR[l][i] = Math.sqrt(squares / (RUNS - 1) / RUNS);
  }

  @Test
  void everyWidthHasThePredictedRisk() {
    for (int l = 0; l < 2; l++) {
      for (int i = 0; i < WIDTHS.size(); i++) {
        assertEquals(
            PREDICTED[l][i],
            MEAN[l][i],
            4 * ERROR[l][i],
            "width " + WIDTHS.get(i) + " lambda " + LAMBDAS[l] + " se " + ERROR[l][i]);
      }
    }
  }

  @Test
  void theRiskPeaksWhereTheWidthEqualsTheRowsAndRidgeCuresIt() {
    int peak = WIDTHS.indexOf(N);
    for (int i = 0; i < WIDTHS.size(); i++) {
      assertTrue(MEAN[0][i] <= MEAN[0][peak], "width " + WIDTHS.get(i));
    }
    assertTrue(MEAN[0][WIDTHS.size() - 1] < MEAN[0][0] && MEAN[0][0] < MEAN[0][peak] / 2);
    assertTrue(MEAN[1][peak] < MEAN[0][peak] / 3);
    for (int i = 1; i < WIDTHS.size(); i++) {
      assertTrue(MEAN[1][i] < MEAN[1][i - 1] + 0.02, "width " + WIDTHS.get(i));
    }
  }
}
