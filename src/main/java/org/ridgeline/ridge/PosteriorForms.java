package org.ridgeline.ridge;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.Moments;

/**
 * The forms {@code z'A^-1 z} of rows, {@code A = G + lambda R} and z the standardized row: how far
 * a row is from what the model has seen, in units of the residual variance. By one Cholesky
 * factorization {@code A = LL'}, as {@code |L^-1 z|^2}: {@code d^2} flops a row.
 *
 * <p>Where fewer rows than inputs were kept, by their right singular vectors V instead, with {@code
 * t = V'z}: {@code sum_k t_k^2 / (e_k + lambda) + |z - V t|^2 / lambda}, {@code 4 n d} flops a row.
 * Of a penalty with factors z is then {@code T'z}, see {@link StandardForm}, and the form of the
 * free directions is added.
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
  private final InverseForms forms;

  /** {@code z'A^-1 z} of standardized rows. */
  private interface InverseForms extends Serializable {
    /** The forms of the columns of z, which may be overwritten. */
    double[] of(Matrix z);
  }

  private PosteriorForms(RidgeProblem problem, InverseForms forms, double lambda) {
    Moments moments = problem.moments();
    int d = problem.inputs();
    boolean centered = problem.spec().intercept() == Intercept.FREE;
    this.forms = forms;
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
    Moments moments = problem.moments();
    boolean dual =
        moments.keepsRows()
            && moments.rows() < problem.inputs()
            && !problem.spec().penalty().hasOperator();
    InverseForms forms = dual ? spanned(problem, lambda) : factored(problem, lambda);
    if (forms == null) {
      throw new SingularException(
          String.format(
              Locale.ROOT,
              "Cannot give intervals: at lambda = %s the data do not determine the"
                  + " coefficients to useful digits; use a larger lambda",
              lambda));
    }
    return new PosteriorForms(problem, forms, lambda);
  }

  /** By the span of the rows; null where lambda is lost beside their largest singular value. */
  private static InverseForms spanned(RidgeProblem problem, double lambda) {
    EigenSystem system = EigenSystem.ofFactor(problem);
    Matrix vectors = system.vectors();
    double[] inverse = new double[vectors.columns()];
    double largest = 0;
    for (int k = 0; k < inverse.length; k++) {
      largest = system.values().get(k);
      inverse[k] = 1 / (largest + lambda);
    }
    double least = USEFUL * problem.relativeNoise();
    if (!(lambda > least * least * largest)) {
      return null;
    }
    return new Spanned(vectors, inverse, lambda, problem.coordinates().transform());
  }

  /** By the right singular vectors of the rows. */
  private static final class Spanned implements InverseForms {
    private static final long serialVersionUID = 1L;
    private final Matrix vectors;
    private final double[] inverse; // 1 / (e_k + lambda)
    private final double lambda;
    private final StandardTransform transform; // null: the identity

    Spanned(
        Matrix vectors, double[] inverse, double lambda, Optional<StandardTransform> transform) {
      this.vectors = vectors;
      this.inverse = inverse;
      this.lambda = lambda;
      this.transform = transform.orElse(null);
    }

    @Override
    public double[] of(Matrix z) {
      return transform == null
          ? of(z, new double[z.columns()])
          : of(transform.transposedTimes(z), transform.freeForms(z));
    }

    private double[] of(Matrix z, double[] free) {
      Matrix t = Blas.transposedTimes(vectors, z);
      Matrix rest = z.minus(Blas.times(vectors, t));
      double[] sums = rest.columnProducts(rest);
      for (int r = 0; r < sums.length; r++) {
        sums[r] = sums[r] / lambda + free[r];
        for (int k = 0; k < inverse.length; k++) {
          sums[r] += inverse[k] * t.get(k, r) * t.get(k, r);
        }
      }
      return sums;
    }
  }

  /** By a Cholesky factor of A. */
  private static final class Factored implements InverseForms {
    private static final long serialVersionUID = 1L;
    private final Cholesky factor;

    Factored(Cholesky factor) {
      this.factor = factor;
    }

    @Override
    public double[] of(Matrix z) {
      factor.whitenInPlace(z.columns(), z.data());
      return z.columnProducts(z);
    }
  }

  private static InverseForms factored(RidgeProblem problem, double lambda) {
    Cholesky factor = factor(problem, lambda);
    if (factor == null) {
      return null;
    }
    return new Factored(factor);
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
    return forms.of(z);
  }
}
