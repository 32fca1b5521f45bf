package org.ridgeline.ridge;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.ColumnUnits;
import org.ridgeline.moments.Moments;

/**
 * The standardized normal equations of some moments: {@code G = Z'WZ} (d x d), {@code C = Z'WY} (d
 * x m) and {@code q_t = y_t'Wy_t}, with {@code z_j = (x_j - mean_j) / s_j} and y centered likewise;
 * without an intercept nothing is centered, but s_j is still the deviation about the mean. Columns
 * are in the units of their moments until {@link #toOriginalScale}.
 *
 * <p>With an intercept a constant column ({@link ColumnDiagnosis#isConstant}) leaves the equations:
 * its scale is 1, its row of G and C zero, its coefficient 0. Without one it stays, with scale 1,
 * unless it is all zeros.
 */
final class NormalEquations {
  private static final double LARGEST = 1e300; // leaves room for a sum over the columns
  private static final double LEAST = 1e-305; // of a mean square that keeps its digits

  private final Moments moments;
  private final RidgeSpec spec;
  private final ColumnUnits units;
  private final double[] scale; // in units
  private final boolean[] absent;

  private NormalEquations(Moments moments, RidgeSpec spec) {
    this.moments = moments;
    this.spec = spec;
    this.units = moments.units();
    this.scale = new double[moments.inputs()];
    this.absent = new boolean[moments.inputs()];
  }

  /** Standardizes moments; what it refuses is said at {@link RidgeProblem#of}. */
  static NormalEquations of(Moments moments, RidgeSpec spec) {
    NormalEquations equations = standardized(moments, spec);
    for (int t = 0; t < moments.targets(); t++) {
      Check.that(
          equations.targetSumSquares(t) < LARGEST,
          "Cannot fit: the sum of squares of target %d overflows; rescale the column",
          t);
    }
    for (int j = 0; j < moments.inputs(); j++) {
      Check.that(
          equations.gramDiagonal(j) < LARGEST,
          "Cannot fit without standardization: the sum of squares of input %d overflows; standardize,"
              + " or rescale the column",
          j);
    }
    return equations;
  }

  /** Standardizes moments, whatever their size. */
  static NormalEquations standardized(Moments moments, RidgeSpec spec) {
    Check.that(
        moments.weightSum() > 0,
        "Cannot fit: the sum of weights must be positive, was %s over %d rows",
        moments.weightSum(),
        moments.rows());
    Check.that(
        spec.scaling() != Scaling.SAMPLE
            || (moments.weightSum() == moments.rows() && moments.rows() > 1),
        "Cannot standardize by the sample deviation: it needs at least 2 rows of weight 1,"
            + " got %d rows of weight sum %s; use population",
        moments.rows(),
        moments.weightSum());
    spec.penalty().requireShape(moments.inputs(), moments.targets());
    NormalEquations equations = new NormalEquations(moments, spec);
    for (int j = 0; j < moments.inputs(); j++) {
      equations.standardize(j);
    }
    return equations;
  }

  private void standardize(int j) {
    double squares = moments.squares(j);
    double square = sumSquares(j);
    boolean constant = ColumnDiagnosis.isConstant(moments, j);
    absent[j] =
        constant && (spec.intercept() == Intercept.FREE || square == 0) && !spec.penalty().knows(j);
    scale[j] =
        constant
            ? units.perUnit(j)
            : switch (spec.scaling()) {
              case POPULATION -> Math.sqrt(squares / moments.weightSum());
              case SAMPLE -> Math.sqrt(squares / (moments.rows() - 1));
              case NONE, MAPPED -> units.perUnit(j);
            };
  }

  /** The first input whose squares overflow or, where they count for a fit, underflow. */
  OptionalInt firstOutsideRange() {
    boolean small = spec.scaling() != Scaling.MAPPED; // a small feature is a small part of a kernel
    return IntStream.range(0, scale.length)
        .filter(
            j -> {
              double square = gramDiagonal(j);
              boolean underflows = small && square < LEAST * moments.weightSum();
              return !absent[j] && (!(square < LARGEST) || underflows);
            })
        .findFirst();
  }

  /** What to fit. */
  RidgeSpec spec() {
    return spec;
  }

  /** The moments. */
  Moments moments() {
    return moments;
  }

  /** d. */
  int inputs() {
    return scale.length;
  }

  /** m. */
  int targets() {
    return moments.targets();
  }

  /** s_j in the unit of input {@code j}. */
  double unitScale(int j) {
    return scale[j];
  }

  /** s_j. */
  double scale(int j) {
    return scale[j] * units.unit(j);
  }

  /** The scales s_j. */
  double[] scales() {
    double[] scales = new double[scale.length];
    Arrays.setAll(scales, this::scale);
    return scales;
  }

  /** Whether input {@code j} has left the equations because it is constant. */
  boolean isAbsent(int j) {
    return absent[j];
  }

  /** G, both triangles. */
  Matrix gram() {
    int d = scale.length;
    Matrix g = moments.inputScatter();
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
    double[] diagonal = new double[scale.length];
    Arrays.setAll(diagonal, this::gramDiagonal);
    return diagonal;
  }

  private double gramDiagonal(int j) {
    return absent[j] ? 0 : sumSquares(j) / (scale[j] * scale[j]);
  }

  /** C, one column per target. */
  Matrix crossProducts() {
    int d = scale.length;
    double[] origin = origin();
    return moments
        .crossScatter()
        .map(
            (j, t, c) -> {
              double sum = c + moments.weightSum() * origin[j] * origin[d + t];
              return absent[j] ? 0 : sum / scale[j];
            });
  }

  /** q of target {@code t}. */
  double targetSumSquares(int t) {
    return sumSquares(scale.length + t);
  }

  /** The weighted sum of squares of column {@code j} about its mean, about 0 without intercept. */
  private double sumSquares(int j) {
    double origin = spec.intercept() == Intercept.NONE ? moments.unitMean(j) : 0;
    return moments.squares(j) + moments.weightSum() * origin * origin;
  }

  /** The means, where there is no intercept to absorb them; zeros where there is one. */
  private double[] origin() {
    double[] origin = new double[scale.length + targets()];
    if (spec.intercept() == Intercept.NONE) {
      Arrays.setAll(origin, moments::unitMean);
    }
    return origin;
  }

  /** {@code G b_z} for coefficients b in original units; the entries of absent columns are idle. */
  double[] gramTimes(double[] coefficients) {
    int d = scale.length;
    double[] origin = origin();
    double[] b = units.ofCoefficients(coefficients);
    double[] product = moments.scatterTimes(Arrays.copyOf(b, d + targets()));
    double meanShift = 0;
    for (int j = 0; j < d; j++) {
      meanShift += origin[j] * b[j];
    }
    double[] result = new double[d];
    for (int j = 0; j < d; j++) {
      result[j] = (product[j] + moments.weightSum() * origin[j] * meanShift) / scale[j];
    }
    return result;
  }

  /** Returns A and B with {@code A'A = G}, {@code A'B = C}, where the moments have a factor. */
  Optional<FactorProblem> factorProblem() {
    int d = scale.length;
    return (spec.intercept() == Intercept.FREE ? moments.factor() : moments.factorAboutZero())
        .map(
            factor ->
                new FactorProblem(
                    factor.columns(0, d).map((i, j, f) -> absent[j] ? 0 : f / scale[j]),
                    factor.columns(d, factor.columns())));
  }

  /** Returns A where it is the rows themselves, kept in place of G. */
  Optional<Matrix> rows() {
    return moments.keepsRows() ? factorProblem().map(FactorProblem::inputs) : Optional.empty();
  }

  /**
   * Turns standardized coefficients into those of the original columns, in place, and adds the
   * intercepts {@code a = mean_y - mean_x'b} (zeros without one).
   *
   * @param b d x L
   */
  PathCoefficients toOriginalScale(int target, Vec lambdas, Matrix b) {
    int d = scale.length;
    double[] intercepts = new double[b.columns()];
    for (int l = 0; l < b.columns(); l++) {
      double shift = 0;
      for (int j = 0; j < d; j++) {
        double slope = absent[j] ? 0 : b.get(j, l) / scale[j];
        b.set(j, l, slope * units.perUnit(j));
        shift += slope * moments.unitMean(j);
      }
      intercepts[l] = spec.intercept() == Intercept.FREE ? moments.mean(d + target) - shift : 0;
    }
    return new PathCoefficients(lambdas, b, Vec.owning(intercepts));
  }

  /** The relative noise of the numbers in G: {@code 4 max(d, sqrt n) eps}. */
  double relativeNoise() {
    return relativeNoise(moments);
  }

  /** The relative noise of the sums of moments. */
  static double relativeNoise(Moments moments) {
    double terms = Math.max(moments.inputs(), Math.sqrt((double) moments.rows()));
    return 4 * terms * Math.ulp(1.0);
  }
}
