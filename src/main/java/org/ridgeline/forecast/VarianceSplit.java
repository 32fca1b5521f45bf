package org.ridgeline.forecast;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.QuadraticForm;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeProblem;

/**
 * How much of a prediction is owed to the draw of the rows, and how much to that of the random
 * features. Two disjoint halves A, B of the blocks and two halves 1, 2 of the features give four
 * models f, compared on the blocks C that are left:
 *
 * <pre>
 * both     = mean |f_A1 - f_A2 - f_B1 + f_B2|^2 / 4
 * features = mean over A, B of |f_1 - f_2|^2 / 2 - both
 * rows     = mean over 1, 2 of |f_A - f_B|^2 / 2 - both
 * </pre>
 *
 * <p>{@code |f|^2 = b'S_C b / W_C + (a + mean_C'b)^2} from the moments of C. It describes so many
 * rows and features as a half has: about n / 2.5 and N / 2. A half of the features has twice the
 * size in its kernel and half the rows' lambda, together a quarter of lambda. Without a map there
 * is one part, rows: {@code |f_A - f_B|^2 / 2} of all features.
 *
 * @param rows variance by the rows, 0 where it came out negative
 * @param features variance by the features, 0 where it came out negative; empty without a map
 * @param both variance by both together; empty without a map
 */
public record VarianceSplit(double rows, OptionalDouble features, OptionalDouble both) {
  /** Fewer blocks leave none to compare on. */
  private static final int FEWEST = 4;

  private static final int LEFT = 2;

  /** Whether there are blocks enough. */
  public static boolean isPossible(LearningForecast forecast) {
    return forecast.solver().blocks().folds() >= FEWEST;
  }

  /** Returns the variance by the rows at a lambda. */
  public static VarianceSplit ofRows(LearningForecast forecast, double lambda) {
    Models models = new Models(forecast, lambda);
    int all = models.blocks.fold(0).inputs();
    Fit difference = models.fit(0, 0, all).minus(models.fit(1, 0, all));
    return new VarianceSplit(
        models.square(difference) / 2, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /**
   * Returns the variance by rows and features at a lambda of the whole.
   *
   * @param half how many features a half has: no unit of the map is cut in two
   */
  public static VarianceSplit of(LearningForecast forecast, double lambda, int half) {
    Models models = new Models(forecast, lambda / 4);
    Fit a1 = models.fit(0, 0, half);
    Fit a2 = models.fit(0, half, 2 * half);
    Fit b1 = models.fit(1, 0, half);
    Fit b2 = models.fit(1, half, 2 * half);
    double both = models.square(a1.minus(a2).minus(b1.minus(b2))) / 4;
    double features = (models.square(a1.minus(a2)) + models.square(b1.minus(b2))) / 4 - both;
    double rows = (models.square(a1.minus(b1)) + models.square(a2.minus(b2))) / 4 - both;
    return new VarianceSplit(
        Math.max(0, rows), OptionalDouble.of(Math.max(0, features)), OptionalDouble.of(both));
  }

  /** A linear function: {@code a + x'b} in original units. */
  private record Fit(double intercept, Matrix coefficients) {
    Fit minus(Fit other) {
      return new Fit(intercept - other.intercept, coefficients.minus(other.coefficients));
    }
  }

  /** The models of halves, and the blocks to compare them on. */
  private static final class Models {
    private final LearningForecast forecast;
    private final FoldedMoments blocks;
    private final double lambda;
    private final Moments compared;
    private final QuadraticForm scatter;

    Models(LearningForecast forecast, double lambda) {
      this.forecast = forecast;
      this.blocks = forecast.solver().blocks();
      this.lambda = lambda;
      int k = blocks.folds();
      this.compared = blocks.merged(IntStream.range(2 * ofHalf(), k).toArray());
      this.scatter = compared.inputForm();
    }

    private int ofHalf() {
      return (blocks.folds() - LEFT) / 2;
    }

    /** Fits some features of half 0 or 1 of the rows. */
    Fit fit(int rows, int from, int to) {
      int d = blocks.fold(0).inputs();
      int targets = blocks.fold(0).targets();
      int[] train = IntStream.range(rows * ofHalf(), (rows + 1) * ofHalf()).toArray();
      int[] columns =
          IntStream.concat(IntStream.range(from, to), IntStream.range(d, d + targets)).toArray();
      Moments training = blocks.merged(train).selected(columns, to - from);
      RidgeProblem problem = RidgeProblem.of(training, forecast.solver().spec());
      List<Vec> lambdas = Collections.nCopies(targets, Vec.of(lambda));
      PathCoefficients model =
          BlockSolver.system(problem, lambdas).solve(lambdas).get(forecast.target());
      Matrix coefficients = Matrix.zeros(d, 1);
      for (int j = from; j < to; j++) {
        coefficients.set(j, 0, model.matrix().get(j - from, 0));
      }
      return new Fit(model.intercepts().get(0), coefficients);
    }

    /** The mean square of a function over the blocks that it is compared on. */
    double square(Fit fit) {
      Matrix b = compared.units().ofCoefficients(fit.coefficients());
      double mean = fit.intercept();
      for (int j = 0; j < b.rows(); j++) {
        mean += b.get(j, 0) * compared.unitMean(j);
      }
      double spread = scatter.at(b)[0];
      return spread / compared.weightSum() + mean * mean;
    }
  }
}
