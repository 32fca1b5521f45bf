package org.ridgeline.ridge;

import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/**
 * The standardised normal equations of some moments: {@code G = Z'WZ} (d x d), {@code C = Z'WY} (d
 * x m) and {@code q_t = y_t'Wy_t}, with {@code z_j = (x_j - mean_j) / s_j} and y centred likewise;
 * without an intercept nothing is centred, but s_j is still the deviation about the mean.
 *
 * <p>A column is constant when its variance is at most 1e-26 of its squared mean (it then has fewer
 * than three varying digits). With an intercept a constant column leaves the problem: its scale is
 * 1, its row of G and C zero, its coefficient 0. Without one it stays, with scale 1, unless it is
 * all zeros.
 */
public final class RidgeProblem {
  private static final double CONSTANT = 1e-26;
  private static final double LARGEST = 1e300; // leaves room for a sum over the columns

  private final Moments moments;
  private final RidgeSpec spec;
  private final double[] scale;
  private final boolean[] absent;
  private Penalty penalty; // in standardised coordinates
  private StandardForm form; // null for plain ridge

  private RidgeProblem(Moments moments, RidgeSpec spec) {
    this.moments = moments;
    this.spec = spec;
    this.scale = new double[moments.inputs()];
    this.absent = new boolean[moments.inputs()];
  }

  /**
   * Returns the problem of these moments.
   *
   * @throws IllegalArgumentException when there is no weight, when sample scaling is asked of
   *     weighted rows, or when a sum of squares is not finite
   */
  public static RidgeProblem of(Moments moments, RidgeSpec spec) {
    Check.that(
        moments.weightSum() > 0,
        "Cannot fit: the sum of weights must be positive, was %s over %d rows",
        moments.weightSum(),
        moments.rows());
    Check.that(
        spec.scaling() != Scaling.SAMPLE
            || (moments.weightSum() == moments.rows() && moments.rows() > 1),
        "Cannot standardise by the sample deviation: it needs at least 2 rows of weight 1,"
            + " got %d rows of weight sum %s; use population",
        moments.rows(),
        moments.weightSum());
    RidgeProblem problem = new RidgeProblem(moments, spec);
    spec.penalty().requireShape(moments.inputs(), moments.targets());
    for (int j = 0; j < moments.inputs(); j++) {
      problem.standardize(j);
    }
    problem.penalty = spec.penalty().standardized(problem.scale);
    for (int t = 0; t < moments.targets(); t++) {
      Check.that(
          problem.targetSumSquares(t) < LARGEST,
          "Cannot fit: the sum of squares of target %d overflows; rescale the column",
          t);
    }
    problem.rewrite();
    return problem;
  }

  /** Brings a penalty other than plain ridge to standard form. */
  private void rewrite() {
    if (penalty.isIdentity()) {
      return;
    }
    Matrix prior = Matrix.zeros(inputs(), targets());
    double[] squares = new double[targets()];
    for (int t = 0; t < targets(); t++) {
      squares[t] = targetSumSquares(t);
      for (int j = 0; j < inputs(); j++) {
        prior.set(j, t, absent[j] ? 0 : scale[j] * penalty.priorMean(j, t));
      }
    }
    form =
        new StandardForm(
            PenaltyBasis.of(penalty, absent),
            new StandardForm.Equations(plainGram(), plainCrossProducts(), Vec.owning(squares)),
            prior,
            relativeNoise());
  }

  private void standardize(int j) {
    double scatter = moments.scatter().get(j, j);
    double square = sumSquares(j);
    Check.that(
        square < LARGEST,
        "Cannot fit: the sum of squares of input %d overflows; rescale the column",
        j);
    boolean constant = isConstant(moments, j);
    absent[j] =
        constant && (spec.intercept() == Intercept.FREE || square == 0) && !spec.penalty().knows(j);
    scale[j] =
        constant
            ? 1
            : switch (spec.scaling()) {
              case POPULATION -> Math.sqrt(scatter / moments.weightSum());
              case SAMPLE -> Math.sqrt(scatter / (moments.rows() - 1));
              case NONE, MAPPED -> 1;
            };
  }

  /** Whether column {@code j} of these moments is constant to working precision. */
  public static boolean isConstant(Moments moments, int j) {
    return isConstant(moments.scatter().get(j, j) / moments.weightSum(), moments.mean(j));
  }

  /** Whether a column of this variance and mean is constant to working precision. */
  public static boolean isConstant(double variance, double mean) {
    return !(variance > CONSTANT * mean * mean);
  }

  /** What to fit. */
  public RidgeSpec spec() {
    return spec;
  }

  /** The moments it came from. */
  public Moments moments() {
    return moments;
  }

  /** d, the number of inputs. */
  public int inputs() {
    return scale.length;
  }

  /** m, the number of targets. */
  public int targets() {
    return moments.targets();
  }

  /** The scales s_j. */
  public Vec scales() {
    return Vec.of(scale);
  }

  /** n as criteria count it: rows, or the sum of weights where these are frequencies. */
  public double observations() {
    return spec.weights() == WeightKind.FREQUENCY ? moments.weightSum() : moments.rows();
  }

  /** k, the number of directions that the penalty leaves free, the intercept apart. */
  public int unpenalized() {
    return form == null ? 0 : form.free();
  }

  /** {@code n - i - k}: what the intercept and the free directions leave of the observations. */
  public double freeRows() {
    return observations() - spec.intercept().degreesOfFreedom() - unpenalized();
  }

  /** The number of penalised coordinates: d, unless the penalty leaves directions free. */
  int order() {
    return form == null ? inputs() : form.order();
  }

  /** The sum of squares of target {@code t} that the penalised coordinates have to explain. */
  double startSumSquares(int t) {
    return form == null ? targetSumSquares(t) : form.start(t);
  }

  /** Vectors of standardised coordinates in those of the penalised system. */
  Matrix transformed(Matrix v) {
    return form == null ? v : form.transformed(v);
  }

  /** What the free directions add to the forms of the columns of v. */
  double[] freeForms(Matrix v) {
    return form == null ? new double[v.columns()] : form.freeForms(v);
  }

  /**
   * Vectors of the penalised coordinates as standardised ones, followed by the free directions,
   * orthonormal in {@code N'GN}: the form of a row in each of these, squared, adds up to its {@link
   * #freeForms}.
   */
  Matrix withFreeDirections(Matrix v) {
    return form == null ? v : form.withFreeDirections(v);
  }

  /** What the coefficients are at v = 0, standardised, d x m; empty when 0. */
  Optional<Matrix> offset() {
    return Optional.ofNullable(form).map(StandardForm::offset);
  }

  /** Solutions of the penalised system, and of the free one for this right side, joined. */
  Matrix fromTransformed(Matrix v, Matrix right) {
    return form == null ? v : form.joined(v, right);
  }

  /**
   * A and B of the least-squares problem {@code |B - A v|^2 + lambda |v|^2} whose normal equations
   * are those of the penalised system: d + m rows of a triangular factor, or the n rows themselves.
   *
   * @throws IllegalArgumentException when the moments have no factor
   */
  FactorProblem factorProblem() {
    Optional<Matrix> factor = factor();
    Check.that(
        factor.isPresent(),
        "Cannot solve by %s: the rows were read without their %s",
        spec.solver().label(),
        spec.solver() == SolverKind.DUAL ? "values" : "triangular factor");
    FactorProblem plain = FactorProblem.of(this, factor.get());
    return form == null ? plain : plain.transformed(form);
  }

  /** The residual in 32 digits of plain ridge with an intercept; null where it is not known. */
  ExactResidual exactResidual() {
    boolean plain = form == null && spec.intercept() == Intercept.FREE;
    return plain && moments.factorRemainder().isPresent()
        ? new ExactResidual(moments.factor().orElseThrow(), moments.factorRemainder().get())
        : null;
  }

  private Optional<Matrix> factor() {
    return spec.intercept() == Intercept.FREE ? moments.factor() : moments.factorAboutZero();
  }

  /**
   * Rows F with {@code F'F = G + lambda R}, at least d of them: those of the factor, those of the
   * penalty's operator times sqrt(lambda), and zeros. The moments must have a factor.
   */
  Matrix penalizedRows(double lambda) {
    Matrix data = FactorProblem.of(this, factor().orElseThrow()).inputs();
    Matrix prior = penalty.rows(inputs());
    Matrix rows = Matrix.zeros(data.rows() + Math.max(prior.rows(), inputs()), inputs());
    for (int j = 0; j < inputs(); j++) {
      for (int i = 0; i < data.rows(); i++) {
        rows.set(i, j, data.get(i, j));
      }
      for (int i = 0; i < prior.rows(); i++) {
        rows.set(data.rows() + i, j, Math.sqrt(lambda) * prior.get(i, j));
      }
    }
    return rows;
  }

  /**
   * The precision that these rows and their penalty give the coefficients, in original units and up
   * to the residual variance: {@code S (G + lambda R) S}.
   */
  public Matrix precision(double lambda) {
    Matrix precision = penalizedGram(lambda);
    for (int j = 0; j < inputs(); j++) {
      for (int i = 0; i < inputs(); i++) {
        precision.set(i, j, precision.get(i, j) * scale[i] * scale[j]);
      }
    }
    return precision;
  }

  /** Whether input {@code j} has left the problem because it is constant. */
  public boolean isAbsent(int j) {
    return absent[j];
  }

  /** G of the penalised system, both triangles. */
  Matrix gram() {
    return form == null ? plainGram() : form.gram();
  }

  private Matrix plainGram() {
    int d = scale.length;
    Matrix g = moments.scatter().toFull(0, d);
    double[] origin = origin();
    double[] data = g.data();
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < d; i++) {
        int at = i + j * d;
        data[at] =
            absent[i] || absent[j]
                ? 0
                : (data[at] + origin[i] * origin[j] * moments.weightSum()) / (scale[i] * scale[j]);
      }
    }
    return g;
  }

  /** The diagonal of G. */
  double[] gramDiagonal() {
    if (form != null) {
      Matrix g = form.gram();
      double[] diagonal = new double[g.rows()];
      Arrays.setAll(diagonal, j -> g.get(j, j));
      return diagonal;
    }
    double[] diagonal = new double[scale.length];
    Arrays.setAll(diagonal, j -> absent[j] ? 0 : sumSquares(j) / (scale[j] * scale[j]));
    return diagonal;
  }

  /** The weighted sum of squares of column {@code j} about its mean, about 0 without intercept. */
  private double sumSquares(int j) {
    double origin = spec.intercept() == Intercept.NONE ? moments.mean(j) : 0;
    return moments.scatter().get(j, j) + moments.weightSum() * origin * origin;
  }

  /** C of the penalised system, one column per target. */
  Matrix crossProducts() {
    return form == null ? plainCrossProducts() : form.right();
  }

  private Matrix plainCrossProducts() {
    int d = scale.length;
    SymMatrix scatter = moments.scatter();
    Matrix c = scatter.block(d, d + targets(), 0, d);
    double[] origin = origin();
    Matrix result = Matrix.zeros(d, targets());
    for (int t = 0; t < targets(); t++) {
      for (int j = 0; j < d; j++) {
        double sum = c.get(t, j) + moments.weightSum() * origin[j] * origin[d + t];
        result.set(j, t, absent[j] ? 0 : sum / scale[j]);
      }
    }
    return result;
  }

  /**
   * q of target {@code t}: the weighted sum of squares about its mean (about 0 without intercept).
   */
  public double targetSumSquares(int t) {
    return sumSquares(scale.length + t);
  }

  /** The means, where there is no intercept to absorb them; zeros where there is one. */
  private double[] origin() {
    double[] origin = new double[scale.length + targets()];
    if (spec.intercept() == Intercept.NONE) {
      Arrays.setAll(origin, moments::mean);
    }
    return origin;
  }

  /** {@code G + lambda R} in standardised coordinates, both triangles. */
  Matrix penalizedGram(double lambda) {
    Matrix a = plainGram();
    Matrix prior = penalty.rows(inputs());
    Matrix r = Blas.transposedTimes(prior, prior);
    for (int i = 0; i < a.data().length; i++) {
      a.data()[i] += lambda * r.data()[i];
    }
    return a;
  }

  /**
   * Turns standardised coefficients into those of the original columns, in place, and returns the
   * intercepts {@code a = mean_y - mean_x'b} (zeros without one).
   *
   * @param target the target that the solutions belong to
   * @param solutions order x L, in the coordinates of the penalised system
   */
  PathCoefficients toOriginalScale(int target, Vec lambdas, Matrix solutions) {
    int d = scale.length;
    Matrix b = form == null ? solutions : form.coefficients(target, solutions);
    double[] intercepts = new double[b.columns()];
    for (int l = 0; l < b.columns(); l++) {
      double shift = 0;
      for (int j = 0; j < d; j++) {
        double raw = absent[j] ? 0 : b.get(j, l) / scale[j];
        b.set(j, l, raw);
        shift += raw * moments.mean(j);
      }
      intercepts[l] = spec.intercept() == Intercept.FREE ? moments.mean(d + target) - shift : 0;
    }
    return new PathCoefficients(lambdas, b, Vec.owning(intercepts));
  }

  /**
   * The relative residual {@code |c - G b_z - lambda R (b_z - b0)| / |c|} of a solution in original
   * units, R the identity for plain ridge; 0 when c is 0. Cost: {@code 2 d^2} flops.
   *
   * @param target the target's number
   * @param coefficients b, original columns
   */
  public double relativeResidual(int target, double lambda, double[] coefficients) {
    int d = scale.length;
    double[] origin = origin();
    double[] padded = Arrays.copyOf(coefficients, d + targets());
    double[] product = moments.scatter().times(padded);
    double meanShift = 0;
    for (int j = 0; j < d; j++) {
      meanShift += origin[j] * coefficients[j];
    }
    Matrix c = plainCrossProducts();
    double[] slope = penaltySlope(target, coefficients);
    double residual = 0;
    double norm = 0;
    for (int j = 0; j < d; j++) {
      double right = c.get(j, target);
      double left = (product[j] + moments.weightSum() * origin[j] * meanShift) / scale[j];
      double penalty = lambda * slope[j];
      residual += absent[j] ? 0 : (right - left - penalty) * (right - left - penalty);
      norm += right * right;
    }
    return norm == 0 ? 0 : Math.sqrt(residual / norm);
  }

  /**
   * {@code R (b_z - b0)}: half the slope of the penalty at coefficients in original units, in
   * standardised ones.
   */
  double[] penaltySlope(int target, double[] coefficients) {
    double[] away = new double[scale.length];
    Arrays.setAll(
        away, j -> absent[j] ? 0 : scale[j] * (coefficients[j] - penalty.priorMean(j, target)));
    return penalty.times(away);
  }

  /** The bound below which an eigenvalue of G is rounding noise: see {@link EigenSystem}. */
  double noise(double largestEigenvalue) {
    return relativeNoise() * Math.max(largestEigenvalue, form == null ? 0 : form.largest());
  }

  /** The noise in units of the largest eigenvalue. */
  double relativeNoise() {
    double terms = Math.max(scale.length, Math.sqrt((double) moments.rows()));
    return 4 * terms * Math.ulp(1.0);
  }
}
