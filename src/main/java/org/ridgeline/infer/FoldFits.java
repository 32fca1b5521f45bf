package org.ridgeline.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.Splits;

/**
 * Least squares of some rows, of each of their folds, and without each of them: how much fits
 * differ between folds says how far to trust errors that come from one fit.
 *
 * @param whole the fit to all rows
 * @param folds the fit to each fold; empty for one fold, or where one cannot be fitted
 * @param without the fit to the others of each fold; empty likewise
 */
record FoldFits(Finding<LeastSquares> whole, List<LeastSquares> folds, List<LeastSquares> without) {
  /** Copies the lists. */
  FoldFits {
    folds = List.copyOf(folds);
    without = List.copyOf(without);
  }

  /**
   * Fits.
   *
   * @param rows what the rows are called
   * @param moments theirs, of every fold
   * @param model whose intercept and meaning of weights the fits have
   */
  static FoldFits of(String rows, FoldedMoments moments, RidgeSpec model) {
    List<Moments> parts = new ArrayList<>();
    List<Moments> rests = new ArrayList<>();
    Splits splits = moments.folds() > 1 ? Splits.kFold(moments.folds()) : Splits.none();
    splits.trainings(moments).forEachRemaining(rests::add);
    IntStream.range(0, splits.size()).forEach(f -> parts.add(moments.fold(f)));
    return new FoldFits(
        LeastSquares.of(rows, moments.total(), model), all(parts, model), all(rests, model));
  }

  private static List<LeastSquares> all(List<Moments> parts, RidgeSpec model) {
    List<LeastSquares> fits = new ArrayList<>();
    for (Moments part : parts) {
      Optional<LeastSquares> fit = LeastSquares.of("a fold", part, model).value();
      if (fit.isEmpty()) {
        return List.of();
      }
      fits.add(fit.get());
    }
    return fits;
  }

  /**
   * What one fit costs the folds of some rows.
   *
   * @param sum {@code RSS - sum_f RSS_f}
   * @param parameters {@code sum_f p_f - p}
   * @param comparisons {@code k - 1}
   */
  record Spread(double sum, double parameters, int comparisons) {
    /** Returns both together. */
    Spread plus(Spread other) {
      return new Spread(
          sum + other.sum, parameters + other.parameters, comparisons + other.comparisons);
    }

    /** Returns the mean square. */
    double mean() {
      return sum / parameters;
    }
  }

  /** Returns what one fit costs the folds for target {@code t}; all 0 without folds. */
  Spread spread(int t) {
    if (whole.value().isEmpty() || folds.isEmpty()) {
      return new Spread(0, 0, 0);
    }
    LeastSquares all = whole.value().get();
    Spread spread = new Spread(0, -all.parameters(), folds.size() - 1);
    for (LeastSquares fold : folds) {
      spread = spread.plus(new Spread(fold.excess(all, t), fold.parameters(), 0));
    }
    return spread;
  }

  /**
   * The standard error of a coefficient of target {@code t} by the jackknife over folds, {@code
   * sqrt((k - 1) / k sum_f (b_without_f - mean)^2)}; NaN without folds.
   *
   * @param j the input, or d for the intercept
   */
  double jackknife(int t, int j) {
    int k = without.size();
    double[] values = without.stream().mapToDouble(fit -> fit.coefficient(t, j)).toArray();
    double mean = IntStream.range(0, k).mapToDouble(f -> values[f]).sum() / k;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return k > 1 ? Math.sqrt((k - 1.0) / k * squares) : Double.NaN;
  }

  /** The degrees of freedom of {@link #jackknife}. */
  double jackknifeFreedom() {
    return without.size() - 1.0;
  }
}
