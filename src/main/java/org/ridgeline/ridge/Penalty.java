package org.ridgeline.ridge;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The quadratic form that lambda multiplies, {@code |L F^(1/2) S (b - b0)|^2}: column scales S,
 * factors F = diag(f), an operator L, a prior mean b0 in original units. Without any of the three
 * it is ridge, {@code |S b|^2}.
 *
 * <p>A factor 0 leaves a column unpenalized, as does the null space of L: the data alone must
 * determine what is unpenalized. In the language of priors, {@code b ~ N(b0, (s2 / lambda) (S R
 * S)^+)} with {@code R = F^(1/2) L'L F^(1/2)}, flat on the null space of R.
 */
public final class Penalty implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Penalty IDENTITY = new Penalty(null, null, null, null);

  private final Vec factors; // null: all 1
  private final Matrix operator; // null: identity
  private final Matrix priorMean; // d x m, or d x 1 for all targets; null: 0
  private final boolean[] original; // columns of L that act on unscaled coefficients; null: none

  private Penalty(Vec factors, Matrix operator, Matrix priorMean, boolean[] original) {
    this.factors = factors;
    this.operator = operator;
    this.priorMean = priorMean;
    this.original = original;
  }

  /**
   * What a penalty is made of, for storing it.
   *
   * @param factors of the d columns; empty: all 1
   * @param operator L; empty: the identity
   * @param priorMean b0, original units; empty: 0
   * @param original which columns of L act on unscaled coefficients; empty: none
   */
  public record Parts(
      Optional<Vec> factors,
      Optional<Matrix> operator,
      Optional<Matrix> priorMean,
      List<Boolean> original) {
    /** Copies the list. */
    public Parts {
      original = List.copyOf(original);
    }
  }

  /** Returns the penalty of these parts. */
  public static Penalty of(Parts parts) {
    Penalty penalty = IDENTITY;
    if (parts.factors().isPresent()) {
      penalty = penalty.withFactors(parts.factors().get().toArray());
    }
    if (parts.operator().isPresent()) {
      penalty = penalty.withOperator(parts.operator().get());
    }
    if (parts.priorMean().isPresent()) {
      penalty = penalty.withPriorMean(parts.priorMean().get());
    }
    if (parts.original().isEmpty()) {
      return penalty;
    }
    int columns = parts.operator().map(Matrix::columns).orElse(0);
    requireSize("units of columns", parts.original().size(), columns);
    boolean[] original = new boolean[columns];
    for (int j = 0; j < columns; j++) {
      original[j] = parts.original().get(j);
    }
    return new Penalty(penalty.factors, penalty.operator, penalty.priorMean, original);
  }

  /** The parts that this is made of. */
  public Parts parts() {
    List<Boolean> units = new ArrayList<>();
    for (int j = 0; original != null && j < original.length; j++) {
      units.add(original[j]);
    }
    return new Parts(
        Optional.ofNullable(factors),
        Optional.ofNullable(operator),
        Optional.ofNullable(priorMean),
        units);
  }

  /** Ridge: every standardized coefficient is penalized alike. */
  public static Penalty identity() {
    return IDENTITY;
  }

  /** Factors of the columns, 0 for none. */
  public static Penalty factors(double... factors) {
    return IDENTITY.withFactors(factors);
  }

  /**
   * Tikhonov's penalty {@code |L b|^2}.
   *
   * @param operator L, any number of rows by d
   */
  public static Penalty tikhonov(Matrix operator) {
    return IDENTITY.withOperator(operator);
  }

  /**
   * The squared differences of neighboring coefficients, {@code b_(j+1) - b_j} for order 1, {@code
   * b_(j+2) - 2 b_(j+1) + b_j} for order 2.
   *
   * @param order how often differences are taken, at least 1 and below {@code inputs}
   * @param inputs d
   */
  public static Penalty differences(int order, int inputs) {
    Check.that(
        order >= 1 && order < inputs,
        "Cannot take differences of order %d of %d coefficients: 1 to d - 1 is possible",
        order,
        inputs);
    Matrix differences = Matrix.zeros(inputs - order, inputs);
    double coefficient = order % 2 == 0 ? 1 : -1; // of b_j: (-1)^order, then binomials in turn
    for (int k = 0; k <= order; k++) {
      for (int i = 0; i < inputs - order; i++) {
        differences.set(i, i + k, coefficient);
      }
      coefficient *= -(double) (order - k) / (k + 1);
    }
    return tikhonov(differences);
  }

  /** Returns this penalty with these factors. */
  public Penalty withFactors(double... values) {
    for (int j = 0; j < values.length; j++) {
      Check.that(
          values[j] >= 0 && values[j] < Double.POSITIVE_INFINITY,
          "Cannot penalize column %d by the factor %s: it must be finite and >= 0",
          j,
          values[j]);
    }
    boolean plain = Arrays.stream(values).allMatch(f -> f == 1);
    return new Penalty(plain ? null : Vec.of(values), operator, priorMean, original);
  }

  /** Returns this penalty with the operator L. */
  public Penalty withOperator(Matrix choice) {
    requireFinite(choice, "the operator of the penalty");
    return new Penalty(factors, choice.copy(), priorMean, null);
  }

  /**
   * Returns this penalty with {@code (b - b0)'P (b - b0)} for some inputs, in original units; the
   * others keep {@code |s_j (b_j - b0_j)|^2}. With P the scatter of earlier rows plus their own
   * penalty, and b0 their model, lambda = 1 counts these rows like the new ones.
   *
   * @param precision P, k x k and positive semidefinite
   * @param inputs the positions of the k inputs
   * @param all d
   */
  public Penalty withPriorPrecision(Matrix precision, int[] inputs, int all) {
    requireFinite(precision, "the prior precision");
    Check.that(
        precision.rows() == inputs.length && precision.columns() == inputs.length,
        "Cannot use a prior precision of %d x %d for %d inputs",
        precision.rows(),
        precision.columns(),
        inputs.length);
    Matrix root = Precision.root(precision);
    boolean[] known = new boolean[all];
    Matrix rows = Matrix.zeros(all, all);
    for (int c = 0; c < inputs.length; c++) {
      known[inputs[c]] = true;
      for (int r = 0; r < inputs.length; r++) {
        rows.set(inputs[r], inputs[c], root.get(r, c));
      }
    }
    for (int j = 0; j < all; j++) {
      if (!known[j]) {
        rows.set(j, j, 1);
      }
    }
    return new Penalty(factors, rows, priorMean, known);
  }

  /** Returns this penalty in standardized coordinates: its operator acts on {@code s_j b_j}. */
  Penalty standardized(double[] scales) {
    if (original == null) {
      return this;
    }
    Matrix scaled = operator.map((i, j, l) -> original[j] ? l / scales[j] : l);
    return new Penalty(factors, scaled, priorMean, null);
  }

  /** Whether earlier rows inform input {@code j}, so that it counts even where it is constant. */
  boolean knows(int j) {
    return original != null && original[j] && penalizes(j);
  }

  /** Returns this penalty about the prior mean b0, d x m or d x 1, original units. */
  public Penalty withPriorMean(Matrix mean) {
    requireFinite(mean, "the prior mean");
    return new Penalty(factors, operator, mean.copy(), original);
  }

  /** Returns this penalty about the same prior mean for all targets. */
  public Penalty withPriorMean(double... mean) {
    return withPriorMean(Matrix.column(mean));
  }

  private static void requireFinite(Matrix matrix, String what) {
    Check.that(matrix.isFinite(), "Cannot use %s: it has a value that is not finite", what);
  }

  /** Whether this is ridge. */
  public boolean isIdentity() {
    return factors == null && operator == null && priorMean == null;
  }

  /** Checks that it fits d inputs and m targets. */
  void requireShape(int inputs, int targets) {
    requireSize("factors", factors == null ? inputs : factors.size(), inputs);
    requireSize("columns of the operator", operator == null ? inputs : operator.columns(), inputs);
    requireSize("prior means", priorMean == null ? inputs : priorMean.rows(), inputs);
    Check.that(
        priorMean == null || priorMean.columns() == 1 || priorMean.columns() == targets,
        "Cannot fit: the prior mean is of %d targets, there are %d",
        priorMean == null ? 0 : priorMean.columns(),
        targets);
  }

  private static void requireSize(String what, int size, int inputs) {
    Check.that(
        size == inputs, "Cannot fit: the penalty has %d %s for %d inputs", size, what, inputs);
  }

  /** f_j. */
  double factor(int j) {
    return factors == null ? 1 : factors.get(j);
  }

  /** Whether there is an operator L, so that lambda alone is no prior variance. */
  public boolean hasOperator() {
    return operator != null;
  }

  /** Returns L, unless it is the identity. */
  Optional<Matrix> operator() {
    return Optional.ofNullable(operator);
  }

  /** b0 of input j and target t, original units. */
  double priorMean(int j, int t) {
    return priorMean == null ? 0 : priorMean.get(j, priorMean.columns() == 1 ? 0 : t);
  }

  /** {@code L F^(1/2)}, whose squares are R. */
  Matrix rows(int inputs) {
    double[] roots = new double[inputs];
    Arrays.setAll(roots, j -> Math.sqrt(factor(j)));
    return (operator == null ? Matrix.identity(inputs) : operator).scaledColumns(roots);
  }

  /** Whether R has anything in row {@code j}. */
  boolean penalizes(int j) {
    boolean inOperator = operator == null;
    for (int i = 0; i < (operator == null ? 0 : operator.rows()); i++) {
      inOperator |= operator.get(i, j) != 0;
    }
    return inOperator && factor(j) > 0;
  }

  /** {@code R v} with {@code R = F^(1/2) L'L F^(1/2)}. */
  double[] times(double[] v) {
    double[] product = v.clone();
    Arrays.setAll(product, j -> Math.sqrt(factor(j)) * v[j]);
    if (operator != null) {
      Matrix lv = Blas.times(operator, Matrix.column(product));
      product = Blas.transposedTimes(operator, lv).data();
    }
    double[] result = product;
    Arrays.setAll(result, j -> Math.sqrt(factor(j)) * result[j]);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Penalty p
        && Objects.equals(factors, p.factors)
        && Objects.equals(operator, p.operator)
        && Objects.equals(priorMean, p.priorMean)
        && Arrays.equals(original, p.original);
  }

  @Override
  public int hashCode() {
    return Objects.hash(factors, operator, priorMean, Arrays.hashCode(original));
  }

  @Override
  public String toString() {
    return isIdentity()
        ? "identity"
        : "factors " + factors + ", operator " + operator + ", prior mean " + priorMean;
  }
}
