package org.ridgeline.ridge;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.Moments;

/**
 * The forms {@code z'A^-1 z} of rows, {@code A = G + lambda R} and z the standardized row: how far
 * a row is from what the model has seen, in units of the residual variance. By one Cholesky
 * factorization {@code A = LL'}, as {@code |L^-1 z|^2}: {@code d^2} flops a row.
 *
 * <p>A constant input that varies in new rows counts by its prior, as does any direction that the
 * data say nothing of; at lambda = 0 a constant input is left out, as the model leaves it out.
 */
public final class PosteriorForms implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double USEFUL = 10;

  private final double[] perUnit; // one over the unit of each input
  private final double[] mean; // in units
  private final double[] remainder;
  private final double[] scale; // in units; infinite for what is left out
  private final Cholesky factor;

  private PosteriorForms(RidgeProblem problem, Cholesky factor, double lambda) {
    Moments moments = problem.moments();
    int d = problem.inputs();
    boolean centered = problem.spec().intercept() == Intercept.FREE;
    this.factor = factor;
    this.perUnit = new double[d];
    Arrays.setAll(perUnit, moments.units()::perUnit);
    this.mean = new double[d];
    this.remainder = new double[d];
    this.scale = new double[d];
    for (int j = 0; j < d; j++) {
      mean[j] = centered ? moments.unitMean(j) : 0;
      remainder[j] = centered ? moments.unitMeanRemainder(j) : 0;
      boolean hasPrior = lambda > 0 && problem.spec().penalty().penalizes(j);
      boolean leftOut = problem.isAbsent(j) && !hasPrior;
      scale[j] = leftOut ? Double.POSITIVE_INFINITY : problem.unitScale(j);
    }
  }

  /**
   * Factorizes a problem.
   *
   * @throws SingularException when data and penalty together do not determine the coefficients to
   *     useful digits
   */
  public static PosteriorForms of(RidgeProblem problem, double lambda) {
    Cholesky factor = factor(problem, lambda);
    if (factor == null) {
      throw new SingularException(
          String.format(
              Locale.ROOT,
              "Cannot give intervals: at lambda = %s the data do not determine the"
                  + " coefficients to useful digits; use a larger lambda",
              lambda));
    }
    return new PosteriorForms(problem, factor, lambda);
  }

  /** From the rows where their factor is there, else from their moments; null when it fails. */
  private static Cholesky factor(RidgeProblem problem, double lambda) {
    double least = USEFUL * problem.relativeNoise();
    if (problem.moments().factor().isPresent()) {
      Cholesky factor = Cholesky.ofRows(problem.penalizedRows(lambda));
      return factor.rcond() >= least * least ? factor : null;
    }
    return Cholesky.ofInPlace(problem.penalizedGram(lambda))
        .filter(known -> known.rcond() >= least)
        .orElse(null);
  }

  /** d. */
  public int inputs() {
    return mean.length;
  }

  /**
   * The forms of the columns of {@code rows}, d x n, original units. Cost: {@code d^2 n} flops in
   * one triangular solve.
   */
  public double[] of(Matrix rows) {
    Matrix z = rows.copy();
    int d = inputs();
    double[] data = z.data();
    for (int r = 0; r < rows.columns(); r++) {
      for (int j = 0; j < d; j++) {
        double x = data[r * d + j] * perUnit[j];
        data[r * d + j] = (x - mean[j] - remainder[j]) / scale[j];
      }
    }
    factor.whitenInPlace(rows.columns(), data);
    double[] forms = new double[rows.columns()];
    for (int r = 0; r < forms.length; r++) {
      for (int j = 0; j < d; j++) {
        forms[r] += data[r * d + j] * data[r * d + j];
      }
    }
    return forms;
  }
}
