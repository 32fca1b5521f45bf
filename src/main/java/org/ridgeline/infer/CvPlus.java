package org.ridgeline.infer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * CV+ intervals (Barber, Candes, Ramdas, Tibshirani 2021, section 3): with the models {@code mu_-k}
 * trained without each fold and the residuals {@code R_i = |y_i - mu_-k(i)(x_i)|} of all n rows,
 *
 * <pre>
 * upper = the ceil((1 - alpha)(n + 1))-th smallest of  mu_-k(i)(x) + R_i
 * lower = the floor(alpha (n + 1))-th smallest of      mu_-k(i)(x) - R_i
 * </pre>
 *
 * <p>Whatever the truth and the model, a new row of the same distribution is covered with
 * probability at least {@code 1 - 2 alpha - sqrt(2 / n)}, and mostly with about {@code 1 - alpha}.
 * Each row counts once, whatever its weight. Where the rank exceeds n the interval is infinite.
 *
 * <p>The quantile is exact, by bisection among the sorted residuals of the folds: about {@code k^2
 * log^2 n} comparisons a row.
 */
public final class CvPlus implements Intervals {
  private static final long serialVersionUID = 1L;

  private final Matrix models; // d x k
  private final Vec intercepts;
  private final ArrayList<ResidualSizes> residuals;
  private final long count; // n
  private final long rank;

  private CvPlus(
      Matrix models, Vec intercepts, List<ResidualSizes> residuals, long count, long rank) {
    this.models = models;
    this.intercepts = intercepts;
    this.residuals = new ArrayList<>(residuals);
    this.count = count;
    this.rank = rank;
  }

  /**
   * Prepares the intervals of one target.
   *
   * @param models d x k, the coefficients trained without each fold
   * @param intercepts k
   * @param residuals of the rows of each fold under the model trained without it
   * @param level {@code 1 - alpha}, between 0 and 1
   */
  public static CvPlus of(
      Matrix models, Vec intercepts, List<ResidualSizes> residuals, double level) {
    Check.that(
        models.columns() == residuals.size() && intercepts.size() == residuals.size(),
        "Cannot make intervals of %d fold models and %d folds",
        models.columns(),
        residuals.size());
    residuals.forEach(ResidualSizes::compact);
    long n = residuals.stream().mapToLong(ResidualSizes::count).sum();
    long rank =
        BigDecimal.valueOf(level)
            .multiply(BigDecimal.valueOf(n + 1))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
    return new CvPlus(models, intercepts, residuals, n, rank);
  }

  @Override
  public int inputs() {
    return models.rows();
  }

  @Override
  public Matrix of(Matrix rows, double[] predictions) {
    Matrix centers = Blas.transposedTimes(models, rows); // k x n
    Matrix ends = Matrix.zeros(2, predictions.length);
    double[] up = new double[models.columns()];
    double[] down = new double[up.length];
    for (int r = 0; r < predictions.length; r++) {
      for (int f = 0; f < up.length; f++) {
        up[f] = centers.get(f, r) + intercepts.get(f);
        down[f] = -up[f];
      }
      ends.set(0, r, 0 - smallest(down)); // no -0.0
      ends.set(1, r, smallest(up));
    }
    return ends;
  }

  /** The rank-th smallest of all {@code center_f + R_i}, i of fold f. */
  double smallest(double[] centers) {
    if (rank > count) {
      return Double.POSITIVE_INFINITY;
    }
    int[] low = new int[centers.length];
    int[] high = new int[centers.length];
    for (int f = 0; f < high.length; f++) {
      high[f] = residuals.get(f).size();
    }
    while (true) {
      int widest = 0;
      for (int f = 1; f < high.length; f++) {
        widest = high[f] - low[f] > high[widest] - low[widest] ? f : widest;
      }
      double pivot =
          centers[widest] + residuals.get(widest).value((low[widest] + high[widest]) >>> 1);
      long below = 0;
      long upTo = 0;
      int[] first = new int[centers.length]; // the first that is not below the pivot
      int[] after = new int[centers.length]; // the first above it
      for (int f = 0; f < centers.length; f++) {
        first[f] = firstAt(f, centers[f], pivot, low[f], high[f]);
        after[f] = firstAt(f, centers[f], Math.nextUp(pivot), first[f], high[f]);
        below += residuals.get(f).countBefore(first[f]);
        upTo += residuals.get(f).countBefore(after[f]);
      }
      if (below < rank && rank <= upTo) {
        return pivot;
      }
      System.arraycopy(below < rank ? after : first, 0, below < rank ? low : high, 0, low.length);
    }
  }

  /** The first residual of fold f, from low on, for which {@code center + R >= bound}. */
  private int firstAt(int f, double center, double bound, int low, int high) {
    int from = low;
    int to = high;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (center + residuals.get(f).value(middle) < bound) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
