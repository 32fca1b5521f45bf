package org.ridgeline;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgeSpec;

/**
 * The textbook formula in 60-digit arithmetic, from the rows: {@code (Z'WZ + lambda I) b = Z'Wy}
 * with centered and scaled columns Z, solved by Gaussian elimination.
 */
public final class ExactRidge {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal CONSTANT = new BigDecimal("1e-26");

  private final BigDecimal[] intercepts;
  private final BigDecimal[][] coefficients; // d x m
  private final double df;

  private ExactRidge(BigDecimal[] intercepts, BigDecimal[][] coefficients, double df) {
    this.intercepts = intercepts;
    this.coefficients = coefficients;
    this.df = df;
  }

  /** Fits; the system must not be singular. */
  public static ExactRidge fit(Rows rows, RidgeSpec spec, double lambda) {
    Standardized z = new Standardized(rows, spec);
    int d = rows.inputs();
    BigDecimal[][] gram = new BigDecimal[d][d];
    BigDecimal[][] system = new BigDecimal[d][d];
    BigDecimal[][] right = new BigDecimal[d][rows.targets() + d];
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < d; k++) {
        gram[j][k] = z.dot(z.inputs[j], z.inputs[k]);
        system[j][k] = j == k ? gram[j][k].add(new BigDecimal(lambda)) : gram[j][k];
        right[j][rows.targets() + k] = gram[j][k];
      }
      if (system[j][j].signum() == 0) {
        system[j][j] = BigDecimal.ONE; // a constant column at lambda = 0
      }
      for (int t = 0; t < rows.targets(); t++) {
        right[j][t] = z.dot(z.inputs[j], z.targets[t]);
      }
    }
    BigDecimal[][] solved = solve(system, right);
    double df = 0;
    for (int j = 0; j < d; j++) {
      df += solved[j][rows.targets() + j].doubleValue();
    }
    return z.original(solved, df);
  }

  /** The least-squares solution of minimum norm, {@code b = Z'(ZZ')^+ y}, for d >= n. */
  public static ExactRidge minimumNorm(Rows rows, RidgeSpec spec) {
    Standardized z = new Standardized(rows, spec);
    int n = rows.size();
    boolean centered = spec.intercept() == Intercept.FREE;
    BigDecimal[][] kernel = new BigDecimal[n][n];
    BigDecimal[][] right = new BigDecimal[n][rows.targets()];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        // adding 11' fills the one direction that centring has emptied and that y has nothing in
        BigDecimal sum = centered ? BigDecimal.ONE : BigDecimal.ZERO;
        for (BigDecimal[] column : z.inputs) {
          sum = sum.add(column[i].multiply(column[k], DIGITS), DIGITS);
        }
        kernel[i][k] = sum;
      }
      for (int t = 0; t < rows.targets(); t++) {
        right[i][t] = z.targets[t][i];
      }
    }
    BigDecimal[][] alpha = solve(kernel, right);
    BigDecimal[][] b = new BigDecimal[rows.inputs()][rows.targets()];
    for (int j = 0; j < b.length; j++) {
      for (int t = 0; t < rows.targets(); t++) {
        b[j][t] = BigDecimal.ZERO;
        for (int i = 0; i < n; i++) {
          b[j][t] = b[j][t].add(z.inputs[j][i].multiply(alpha[i][t], DIGITS), DIGITS);
        }
      }
    }
    return z.original(b, n - spec.intercept().degreesOfFreedom());
  }

  /** The solution of {@code (G + lambda I) b = c} for the very numbers in G and c. */
  public static double[] solve(Matrix gram, double lambda, double[] c) {
    int d = c.length;
    BigDecimal[][] system = new BigDecimal[d][d];
    BigDecimal[][] right = new BigDecimal[d][1];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        system[i][j] = new BigDecimal(gram.get(i, j));
      }
      system[i][i] = system[i][i].add(new BigDecimal(lambda), DIGITS);
      right[i][0] = new BigDecimal(c[i]);
    }
    return Arrays.stream(solve(system, right)).mapToDouble(row -> row[0].doubleValue()).toArray();
  }

  /** Coefficient j of target t. */
  public double coefficient(int j, int t) {
    return coefficients[j][t].doubleValue();
  }

  /** The intercept of target t. */
  public double intercept(int t) {
    return intercepts[t].doubleValue();
  }

  /** Degrees of freedom of the slopes. */
  public double df() {
    return df;
  }

  /** The weighted sum of squared errors on these rows, row by row. */
  public double sumSquares(Rows rows, int t) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < rows.size(); i++) {
      BigDecimal error = new BigDecimal(rows.y(i, t)).subtract(intercepts[t], DIGITS);
      for (int j = 0; j < rows.inputs(); j++) {
        error =
            error.subtract(
                new BigDecimal(rows.x(i, j)).multiply(coefficients[j][t], DIGITS), DIGITS);
      }
      sum =
          sum.add(
              new BigDecimal(rows.w(i)).multiply(error.multiply(error, DIGITS), DIGITS), DIGITS);
    }
    return sum.doubleValue();
  }

  /** Centered and scaled columns, as stored columns. */
  private static final class Standardized {
    private final Rows rows;
    private final BigDecimal[] weights;
    private final BigDecimal[][] inputs;
    private final BigDecimal[][] targets;
    private final BigDecimal[] inputMeans;
    private final BigDecimal[] targetMeans;
    private final BigDecimal[] scales;
    private final boolean free;

    Standardized(Rows rows, RidgeSpec spec) {
      this.rows = rows;
      int n = rows.size();
      weights = new BigDecimal[n];
      for (int i = 0; i < n; i++) {
        weights[i] = new BigDecimal(rows.w(i));
      }
      inputs = new BigDecimal[rows.inputs()][n];
      targets = new BigDecimal[rows.targets()][n];
      inputMeans = new BigDecimal[inputs.length];
      targetMeans = new BigDecimal[targets.length];
      scales = new BigDecimal[inputs.length];
      free = spec.intercept() == Intercept.FREE;
      for (int t = 0; t < targets.length; t++) {
        for (int i = 0; i < n; i++) {
          targets[t][i] = new BigDecimal(rows.y(i, t));
        }
        targetMeans[t] = mean(targets[t]);
        shift(targets[t], free ? targetMeans[t] : BigDecimal.ZERO);
      }
      for (int j = 0; j < inputs.length; j++) {
        for (int i = 0; i < n; i++) {
          inputs[j][i] = new BigDecimal(rows.x(i, j));
        }
        standardize(j, spec);
      }
    }

    private void standardize(int j, RidgeSpec spec) {
      inputMeans[j] = mean(inputs[j]);
      BigDecimal[] centered = inputs[j].clone();
      shift(centered, inputMeans[j]);
      BigDecimal scatter = dot(centered, centered);
      BigDecimal total = sum(weights);
      BigDecimal variance = scatter.divide(total, DIGITS);
      boolean constant =
          variance.compareTo(CONSTANT.multiply(inputMeans[j]).multiply(inputMeans[j])) <= 0;
      scales[j] =
          constant
              ? BigDecimal.ONE
              : switch (spec.scaling()) {
                case POPULATION -> variance.sqrt(DIGITS);
                case SAMPLE -> scatter.divide(new BigDecimal(rows.size() - 1), DIGITS).sqrt(DIGITS);
                case NONE, MAPPED -> BigDecimal.ONE;
              };
      for (int i = 0; i < centered.length; i++) {
        BigDecimal value = free ? centered[i] : inputs[j][i];
        inputs[j][i] = constant && free ? BigDecimal.ZERO : value.divide(scales[j], DIGITS);
      }
    }

    BigDecimal dot(BigDecimal[] a, BigDecimal[] b) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < a.length; i++) {
        sum = sum.add(weights[i].multiply(a[i], DIGITS).multiply(b[i], DIGITS), DIGITS);
      }
      return sum;
    }

    private static BigDecimal sum(BigDecimal[] values) {
      BigDecimal sum = BigDecimal.ZERO;
      for (BigDecimal value : values) {
        sum = sum.add(value, DIGITS);
      }
      return sum;
    }

    private BigDecimal mean(BigDecimal[] values) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < values.length; i++) {
        sum = sum.add(weights[i].multiply(values[i], DIGITS), DIGITS);
      }
      return sum.divide(sum(weights), DIGITS);
    }

    private static void shift(BigDecimal[] values, BigDecimal by) {
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i].subtract(by, DIGITS);
      }
    }

    ExactRidge original(BigDecimal[][] standardized, double df) {
      BigDecimal[][] b = new BigDecimal[inputs.length][targets.length];
      BigDecimal[] a = new BigDecimal[targets.length];
      for (int t = 0; t < targets.length; t++) {
        a[t] = free ? targetMeans[t] : BigDecimal.ZERO;
        for (int j = 0; j < inputs.length; j++) {
          b[j][t] = standardized[j][t].divide(scales[j], DIGITS);
          BigDecimal shift = b[j][t].multiply(inputMeans[j], DIGITS);
          a[t] = free ? a[t].subtract(shift, DIGITS) : a[t];
        }
      }
      return new ExactRidge(a, b, df);
    }
  }

  /** Gaussian elimination with partial pivoting; both arguments are overwritten. */
  private static BigDecimal[][] solve(BigDecimal[][] a, BigDecimal[][] b) {
    int n = a.length;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = a[i][k].abs().compareTo(a[pivot][k].abs()) > 0 ? i : pivot;
      }
      swap(a, k, pivot);
      swap(b, k, pivot);
      for (int i = 0; i < n; i++) {
        if (i != k && a[i][k].signum() != 0) {
          BigDecimal factor = a[i][k].divide(a[k][k], DIGITS);
          subtract(a[i], factor, a[k]);
          subtract(b[i], factor, b[k]);
        }
      }
    }
    for (int k = 0; k < n; k++) {
      for (int t = 0; t < b[k].length; t++) {
        b[k][t] = b[k][t].divide(a[k][k], DIGITS);
      }
    }
    return b;
  }

  private static void swap(BigDecimal[][] rows, int i, int k) {
    BigDecimal[] row = rows[i];
    rows[i] = rows[k];
    rows[k] = row;
  }

  private static void subtract(BigDecimal[] row, BigDecimal factor, BigDecimal[] other) {
    for (int j = 0; j < row.length; j++) {
      row[j] = row[j].subtract(factor.multiply(other[j], DIGITS), DIGITS);
    }
  }
}
