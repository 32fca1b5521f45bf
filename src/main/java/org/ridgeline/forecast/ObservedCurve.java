package org.ridgeline.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ridgeline.linalg.Vec;
import org.ridgeline.select.Split;
import org.ridgeline.select.Splits;

/**
 * The error observed when j of the k blocks train: cyclic windows {@code s, .., s + j - 1} (mod k),
 * each tested on all other blocks, so that every block trains j times and tests k - j times. One
 * lambda for all windows, that of the smallest mean.
 *
 * <p>The windows share rows, so their spread alone would make too little of the error. With E(s, t)
 * the error on block t of the model of window s,
 *
 * <pre>
 * se_fold = sd over t of (mean over s of E(s, t)) / sqrt k
 * se      = 1.2 sqrt(se_fold^2 + [j &lt;= k / 2] (j / k) (sd over s of mean over t of E(s, t))^2)
 * </pre>
 *
 * <p>as was measured on 18 settings.
 *
 * @param blocks j
 * @param rows the mean number of rows that train
 * @param lambda the best lambda
 * @param mse its error
 * @param standardError se
 */
public record ObservedCurve(
    int blocks, double rows, double lambda, double mse, double standardError) {
  private static final double UNDERSTATED = 1.2;

  /** What is left of the rows of a window by its intercept must be this at least. */
  private static final int FEWEST_ROWS = 2;

  /**
   * Returns the curve at 1, 2, 4, .. and k - 1 blocks. Cost: k eigendecompositions for each but the
   * last, which the folds have.
   */
  public static List<ObservedCurve> of(LearningForecast forecast) {
    int k = forecast.folds().size();
    List<ObservedCurve> curve = new ArrayList<>();
    for (int j = 1; j < k - 1; j *= 2) {
      Windows windows = Windows.of(forecast, j);
      if (windows.fewestRows() >= FEWEST_ROWS) {
        windows.best().ifPresent(curve::add);
      }
    }
    new Windows(k, k - 1, forecast.folds()).best().ifPresent(curve::add);
    return curve;
  }

  /**
   * The cyclic windows of one size.
   *
   * @param k the number of blocks
   * @param j how many train
   * @param curves one for each window
   */
  record Windows(int k, int j, List<ScoredCurve> curves) {
    static Windows of(LearningForecast forecast, int j) {
      int k = forecast.folds().size();
      List<Split> splits =
          IntStream.range(0, k)
              .mapToObj(
                  s ->
                      Split.of(
                          IntStream.range(s, s + j).map(b -> b % k).toArray(),
                          IntStream.range(s + j, s + k).map(b -> b % k).toArray()))
              .toList();
      Vec lambdas = forecast.pooled().lambdas();
      return new Windows(k, j, forecast.solve(Splits.of(splits), lambdas));
    }

    double fewestRows() {
      return curves.stream().mapToDouble(c -> c.training().free()).min().orElse(0);
    }

    /** The mean over windows of the mean over test blocks. */
    double mean(int l) {
      return Arrays.stream(ofWindows(l)).sum() / k;
    }

    /** se_fold. */
    double foldError(int l) {
      double[] byBlock = new double[k];
      for (ScoredCurve window : curves) {
        for (int b = 0; b < window.blocks().size(); b++) {
          byBlock[window.blocks().get(b)] += window.errors().get(b).get(l) / (k - j);
        }
      }
      return deviation(byBlock) / Math.sqrt(k);
    }

    /** se. */
    double standardError(int l) {
      double fold = foldError(l);
      double windows = 2 * j <= k ? (double) j / k * Math.pow(deviation(ofWindows(l)), 2) : 0;
      return UNDERSTATED * Math.sqrt(fold * fold + windows);
    }

    private double[] ofWindows(int l) {
      return curves.stream()
          .mapToDouble(w -> w.errors().stream().mapToDouble(e -> e.get(l)).average().orElseThrow())
          .toArray();
    }

    private static double deviation(double[] values) {
      double mean = Arrays.stream(values).sum() / values.length;
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return Math.sqrt(squares / (values.length - 1));
    }

    /** The best lambda; empty where no error has digits. */
    Optional<ObservedCurve> best() {
      Vec lambdas = curves.get(0).training().lambdas();
      int best = -1;
      for (int l = 0; l < lambdas.size(); l++) {
        double mean = mean(l);
        if (mean >= 0 && (best < 0 || mean <= mean(best))) {
          best = l;
        }
      }
      double rows = curves.stream().mapToDouble(c -> c.training().rows()).sum() / k;
      return best < 0
          ? Optional.empty()
          : Optional.of(
              new ObservedCurve(j, rows, lambdas.get(best), mean(best), standardError(best)));
    }
  }
}
