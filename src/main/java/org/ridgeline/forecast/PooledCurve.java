package org.ridgeline.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;

/**
 * The curves of the folds as one, which foretells the error at any number of rows n', at the level
 * of cross-validation. With e the mean held-out error over {@code 1 + i / n}, df1, df2 and nu means
 * of the folds, M_t the geometric mean of their M:
 *
 * <pre>
 * M_c          = e (1 - df2 / nu)
 * M            = min(M_c, sqrt(M_c M_t))
 * E(n')        = [M + (e - M)(nu - df2) / (nu' - df2)] (1 + i / n'),   nu' = n' - i
 * E(no limit)  = M
 * forecast(n') = min over lambda of E(n'), where df1 &lt;= 0.8 nu and df1, df2 &lt; 0.98 nu'
 * </pre>
 *
 * <p>The minimum is an upper bound where it is at the smallest lambda of those that the rows of the
 * folds admit, and where it is at an end of the grid: it is the smallest lambda, or the smallest
 * with digits, and {@code d log E / d log lambda > 0.01}, or the largest and {@code df1 > 0.05}.
 *
 * <p>At the rows of the folds E is their cross-validated error. M_t is what theory makes of the
 * training rows; where cross-validation says more, half of the surplus, on a logarithmic scale, is
 * taken for variance that falls with the rows as well.
 *
 * @param lambdas the lambdas, ascending
 * @param free nu
 * @param intercept i
 * @param error e
 * @param df1 of the folds
 * @param df2 of the population, by the folds
 * @param trainingLevel M_t
 */
record PooledCurve(
    Vec lambdas, double free, int intercept, Vec error, Vec df1, Vec df2, Vec trainingLevel) {
  /** The most of the free rows that a lambda may use: beyond, held-out errors say too little. */
  static final double MOST_USED = 0.8;

  /** The most of the rows foretold. */
  private static final double MOST_FORETOLD = 0.98;

  /** Degrees of freedom that a larger lambda cannot lower by anything that matters. */
  private static final double NOTHING_USED = 0.05;

  /** So much less error for each e-fold of lambda, and the grid has ended too early. */
  private static final double STILL_FALLS = 0.01;

  /**
   * The best lambda at some rows.
   *
   * @param index its position
   * @param mse the error foretold there
   * @param atMost whether smaller lambdas were left out, or the grid is {@code open}, so that the
   *     error is an upper bound
   * @param open whether it is the largest lambda and has degrees of freedom left, or the smallest
   *     with digits and the error still falls there
   */
  record Optimum(int index, double mse, boolean atMost, boolean open) {}

  /** Pools all folds. */
  static PooledCurve of(List<ScoredCurve> folds, Intercept intercept) {
    return of(folds.stream().map(ScoredCurve::training).toList(), folds, intercept);
  }

  /**
   * Pools without one fold: the training curve of the others, their errors when they were held out.
   */
  static PooledCurve without(int fold, List<ScoredCurve> folds, Intercept intercept) {
    List<ScoredCurve> others = new ArrayList<>(folds);
    TrainingCurve training = others.remove(fold).training();
    return of(List.of(training), others, intercept);
  }

  private static PooledCurve of(
      List<TrainingCurve> trainings, List<ScoredCurve> scored, Intercept intercept) {
    int i = intercept.degreesOfFreedom();
    TrainingCurve first = trainings.get(0);
    int count = first.size();
    double[] error = new double[count];
    double[] df1 = new double[count];
    double[] df2 = new double[count];
    double[] level = new double[count];
    for (int l = 0; l < count; l++) {
      int at = l;
      error[l] = mean(scored, s -> s.errors().get(0).get(at) / (1 + i / s.training().rows()));
      df1[l] = mean(trainings, c -> c.df1().get(at));
      df2[l] = mean(trainings, c -> c.df2().get(at));
      level[l] = Math.exp(mean(trainings, c -> Math.log(c.level().get(at))));
    }
    return new PooledCurve(
        first.lambdas(),
        mean(trainings, TrainingCurve::free),
        i,
        Vec.owning(error),
        Vec.owning(df1),
        Vec.owning(df2),
        Vec.owning(level));
  }

  private static <T> double mean(List<T> of, ToDoubleFunction<T> value) {
    double sum = 0;
    for (T each : of) {
      sum += value.applyAsDouble(each);
    }
    return sum / of.size();
  }

  /** M_c, the level by cross-validation. */
  double crossValidatedLevel(int l) {
    return error.get(l) * (1 - df2.get(l) / free);
  }

  /** M. */
  double level(int l) {
    double cv = crossValidatedLevel(l);
    return Math.min(cv, Math.sqrt(cv * trainingLevel.get(l)));
  }

  /** {@code (e - M)(nu - df2) / (nu' - df2)}: what falls with the rows, 0 without limit. */
  double variance(int l, double rows) {
    return (error.get(l) - level(l)) * (free - df2.get(l)) / (rows - intercept - df2.get(l));
  }

  /** E at lambda {@code l}, for rows up to infinity. */
  double error(int l, double rows) {
    return (level(l) + variance(l, rows)) * (1 + intercept / rows);
  }

  /** The best lambda at so many rows; empty when none is admissible. */
  Optional<Optimum> optimum(double rows) {
    double freeThere = MOST_FORETOLD * (rows - intercept);
    int best = -1;
    int first = -1; // the first that the folds themselves admit
    double least = Double.POSITIVE_INFINITY;
    for (int l = 0; l < lambdas.size(); l++) {
      boolean known = df1.get(l) <= MOST_USED * free && level(l) > 0;
      first = known && first < 0 ? l : first;
      if (known && df1.get(l) < freeThere && df2.get(l) < freeThere && error(l, rows) < least) {
        best = l;
        least = error(l, rows);
      }
    }
    if (best < 0) {
      return Optional.empty();
    }
    boolean open = isOpen(best, first, rows);
    return Optional.of(new Optimum(best, least, open || (best == first && first > 0), open));
  }

  private boolean isOpen(int best, int first, double rows) {
    boolean fewRows = first > 0 && df1.get(first - 1) > MOST_USED * free;
    return (best == first && !fewRows && fallsFrom(best + 1, best, rows))
        || (lambdas.size() > 1 && best == lambdas.size() - 1 && df1.get(best) > NOTHING_USED);
  }

  /** Whether the error falls from a lambda to the smaller one at the end, and so beyond it. */
  private boolean fallsFrom(int l, int end, double rows) {
    if (l >= lambdas.size()) {
      return lambdas.get(end) > 0;
    }
    double fall = Math.log(error(l, rows) / error(end, rows));
    double way = Math.log(lambdas.get(l) / lambdas.get(end));
    return !(fall <= STILL_FALLS * way); // also where the neighbour has no digits
  }

  /** {@code -d log E / d log n} at lambda {@code l}: so much per cent less for 1 % more rows. */
  double exponent(int l, double rows) {
    double freeThere = rows - intercept;
    double x = variance(l, rows);
    return x * freeThere / (freeThere - df2.get(l)) / (level(l) + x);
  }

  /** {@code log(M_t / M_c) = log(GCV / CV)}. */
  double disagreement(int l) {
    return Math.log(trainingLevel.get(l) / crossValidatedLevel(l));
  }
}
