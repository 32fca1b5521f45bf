package org.ridgeline.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The difference of one coefficient between the fits without a penalty to two independent sets of
 * rows, measured twice: {@code t = (b_B - b_A) / sqrt(se_A^2 + se_B^2)} with the sampling errors of
 * both fits, and with their errors by the jackknife over folds (Quenouille 1956, Tukey 1958), which
 * hold where errors differ in variance, depend on each other within folds, or hang on a few rows.
 * Degrees of freedom by Welch (1947) and Satterthwaite.
 *
 * @param input the number of the input; empty for the intercept
 * @param a the coefficient in A
 * @param b the coefficient in B
 * @param sampling the test with sampling errors
 * @param byFolds the test with errors by the jackknife; its numbers are NaN where A or B has no
 *     folds that can be left out
 * @param p {@code P(|T| > |t|)} where the coefficient is the same: the larger of both tests
 * @param adjusted the p-value with all coefficients tested in mind, by Holm (1979): of those below
 *     0.05, one or more are false in at most 5 of 100 comparisons
 */
public record MovedCoefficient(
    OptionalInt input, double a, double b, Test sampling, Test byFolds, double p, double adjusted) {

  /** Below this adjusted p-value a coefficient has moved. */
  public static final double LEVEL = 0.05;

  /**
   * One test of the difference.
   *
   * @param standardError of the difference
   * @param t the difference over it
   * @param freedom the degrees of freedom
   */
  public record Test(double standardError, double t, double freedom) {
    private double p() {
      return StudentT.tail(Math.abs(t), freedom);
    }
  }

  /** Returns {@code b - a}. */
  public double difference() {
    return b - a;
  }

  /** Whether it has moved, with all others tested in mind. */
  public boolean hasMoved() {
    return adjusted < LEVEL;
  }

  /**
   * Tests the coefficients of one target, and returns them by ascending p, the largest {@code |t|}
   * first among equals. Columns that are constant in A or in B, or that others can replace there,
   * are left out; the intercept is where others can.
   *
   * @param t the target's number
   */
  public static Finding<List<MovedCoefficient>> of(TwoSamples samples, int t) {
    return samples
        .a()
        .whole()
        .then(a -> samples.b().whole().then(b -> new Pair(samples, a, b, t).tested()));
  }

  /** The two fits of one target. */
  private record Pair(TwoSamples samples, LeastSquares a, LeastSquares b, int t) {
    Finding<List<MovedCoefficient>> tested() {
      for (LeastSquares fit : List.of(a, b)) {
        if (fit.free() <= 0) {
          return Finding.none(fit.rows() + " has no more rows than coefficients");
        }
        if (!(fit.rss(t) > 0)) {
          return Finding.none("the fit to " + fit.rows() + " leaves no residuals to measure by");
        }
      }
      List<MovedCoefficient> tested = all();
      return tested.isEmpty()
          ? Finding.none("every feature is constant, or determined by others, in A or in B")
          : Finding.of(adjusted(tested));
    }

    private List<MovedCoefficient> all() {
      CoefficientErrors errorsA = a.errors(t);
      CoefficientErrors errorsB = b.errors(t);
      List<MovedCoefficient> result = new ArrayList<>();
      int d = a.problem().inputs();
      for (int j = 0; j < d; j++) {
        if (a.isDetermined(j) && b.isDetermined(j)) {
          double first = errorsA.standardError().get(j);
          double second = errorsB.standardError().get(j);
          result.add(of(OptionalInt.of(j), j, first, second));
        }
      }
      if (a.isInterceptDetermined() && b.isInterceptDetermined()) {
        double first = errorsA.interceptStandardError();
        double second = errorsB.interceptStandardError();
        result.add(of(OptionalInt.empty(), d, first, second));
      }
      return result;
    }

    private MovedCoefficient of(OptionalInt input, int j, double errorA, double errorB) {
      double inA = a.coefficient(t, j);
      double inB = b.coefficient(t, j);
      Test sampling = test(inB - inA, errorA, a.free(), errorB, b.free());
      Test byFolds =
          test(
              inB - inA,
              samples.a().jackknife(t, j),
              samples.a().jackknifeFreedom(),
              samples.b().jackknife(t, j),
              samples.b().jackknifeFreedom());
      double p = Double.isNaN(byFolds.t) ? sampling.p() : Math.max(sampling.p(), byFolds.p());
      return new MovedCoefficient(input, inA, inB, sampling, byFolds, p, p);
    }

    private static Test test(
        double difference, double errorA, double freedomA, double errorB, double freedomB) {
      double error = Math.hypot(errorA, errorB);
      double shareA = Math.pow(errorA / error, 2);
      double shareB = Math.pow(errorB / error, 2);
      return new Test(
          error, difference / error, 1 / (shareA * shareA / freedomA + shareB * shareB / freedomB));
    }
  }

  /** Holm's step down: the i-th smallest of m times {@code m - i}, never below an earlier one. */
  private static List<MovedCoefficient> adjusted(List<MovedCoefficient> tested) {
    List<MovedCoefficient> byP = new ArrayList<>(tested);
    byP.sort(
        Comparator.comparingDouble(MovedCoefficient::p)
            .thenComparing(c -> -Math.abs(c.sampling.t)));
    List<MovedCoefficient> result = new ArrayList<>();
    double last = 0;
    for (int i = 0; i < byP.size(); i++) {
      MovedCoefficient c = byP.get(i);
      last = Math.max(last, Math.min(1, (byP.size() - i) * c.p));
      result.add(new MovedCoefficient(c.input, c.a, c.b, c.sampling, c.byFolds, c.p, last));
    }
    return List.copyOf(result);
  }
}
