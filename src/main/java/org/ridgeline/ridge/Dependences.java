package org.ridgeline.ridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/**
 * The linear dependences between inputs that null vectors of G stand for, and whether they are
 * exact.
 *
 * <p>A scatter of rounded sums cannot show that a direction is 0: columns that differ by 1e-9 of
 * their size have an eigenvalue of 1e-18. What it can show is that the <em>products</em> of a
 * combination {@code x'c} with every column, which grow like the difference itself and not like its
 * square, are rounding. So each null vector is turned into a combination of as few columns as the
 * others allow (Gauss-Jordan), its factors are replaced by the {@link SimpleNumber simple numbers}
 * next to them, and the combination is exact when
 *
 * <pre>
 * |(S c)_i| <= sqrt(S_ii) sum_j |c_j| (max(16, sqrt n) eps sqrt(S_jj) + 4 eps sqrt(W) |mean_j|)
 * </pre>
 *
 * <p>for every column i, targets included, and when its mean is either 0 to rounding or of a size
 * that a constant would have: without an intercept it must be 0. Differences between 1e-7 and about
 * 1e-13 of the columns are found this way, unless they are uncorrelated with all columns and of
 * mean 0. Cost: {@code p^2} flops for each combination.
 */
final class Dependences {
  private static final double[] TOLERANCES = {1e-12, 1e-9, 1e-6};
  private static final int MOST_PIVOTS = 30;
  private static final double CONSTANT = 1e-5; // a constant in units of the columns' deviations
  private static final double ROUNDING = 4 * Math.ulp(1.0);
  private static final double LEAST_TERMS = 16;

  private final Moments moments;
  private final Vec scales;
  private final Intercept intercept;
  private final double relative;

  private Dependences(RidgeProblem problem) {
    this.moments = problem.moments();
    this.scales = problem.scales();
    this.intercept = problem.spec().intercept();
    this.relative = Math.max(LEAST_TERMS, Math.sqrt((double) moments.rows())) * Math.ulp(1.0);
  }

  /**
   * Returns one dependence for each null vector; an input that has left the problem has none.
   *
   * @param vectors null vectors in the coordinates of the penalty, order x k
   */
  static List<Dependence> of(RidgeProblem problem, Matrix vectors) {
    Dependences found = new Dependences(problem);
    Matrix reduced = problem.coordinates().directions(vectors).copy();
    int[] pivots = reduce(reduced);
    List<Dependence> result = new ArrayList<>();
    for (int k = 0; k < pivots.length; k++) {
      if (pivots[k] >= 0 && !problem.isAbsent(pivots[k])) {
        result.add(found.dependence(reduced.columnCopy(k)));
      }
    }
    return result;
  }

  /** Gauss-Jordan on columns, in place; returns the row of each column's 1, -1 for none left. */
  private static int[] reduce(Matrix a) {
    int[] pivots = new int[a.columns()];
    for (int k = 0; k < pivots.length; k++) {
      int pivot = pivot(a, k);
      pivots[k] = pivot;
      if (pivot >= 0) {
        double scale = 1 / a.get(pivot, k);
        for (int i = 0; i < a.rows(); i++) {
          a.set(i, k, i == pivot ? 1 : scale * a.get(i, k));
        }
        for (int other = 0; other < pivots.length; other++) {
          eliminate(a, k, other, pivot);
        }
      }
    }
    return pivots;
  }

  /** The row of the largest element among columns k and later, whose column comes to place k. */
  private static int pivot(Matrix a, int k) {
    int row = -1;
    int column = k;
    double largest = 0;
    for (int c = k; c < a.columns(); c++) {
      for (int i = 0; i < a.rows(); i++) {
        if (Math.abs(a.get(i, c)) > largest) {
          largest = Math.abs(a.get(i, c));
          row = i;
          column = c;
        }
      }
    }
    double[] first = a.columnCopy(k);
    a.setColumn(k, a.columnCopy(column));
    a.setColumn(column, first);
    return row;
  }

  private static void eliminate(Matrix a, int from, int to, int pivot) {
    double factor = a.get(pivot, to);
    if (to != from && factor != 0) {
      for (int i = 0; i < a.rows(); i++) {
        a.set(i, to, i == pivot ? 0 : a.get(i, to) - factor * a.get(i, from));
      }
    }
  }

  /** Returns the dependence of a null vector in standardized coordinates. */
  private Dependence dependence(double[] standardized) {
    for (double tolerance : TOLERANCES) {
      double[] c = original(standardized, tolerance);
      int tried = 0;
      for (int j = 0; j < c.length && tried < MOST_PIVOTS; j++) {
        if (c[j] != 0) {
          tried++;
          Optional<double[]> simple = simple(c, c[j], tolerance).filter(this::isExact);
          if (simple.isPresent()) {
            return solved(simple.get(), true);
          }
        }
      }
    }
    return solved(original(standardized, TOLERANCES[TOLERANCES.length - 1]), false);
  }

  /** In original units, without elements that are rounding. */
  private double[] original(double[] standardized, double tolerance) {
    double[] c = new double[standardized.length];
    for (int j = 0; j < c.length; j++) {
      c[j] = Math.abs(standardized[j]) <= tolerance ? 0 : standardized[j] / scales.get(j);
    }
    return c;
  }

  private static Optional<double[]> simple(double[] c, double unit, double tolerance) {
    double[] result = new double[c.length];
    for (int j = 0; j < c.length; j++) {
      if (c[j] != 0) {
        OptionalDouble near = SimpleNumber.near(c[j] / unit, tolerance);
        if (near.isEmpty()) {
          return Optional.empty();
        }
        result[j] = near.getAsDouble();
      }
    }
    return Optional.of(result);
  }

  private boolean isExact(double[] c) {
    int p = moments.inputs() + moments.targets();
    double[] inUnits = moments.units().ofCoefficients(c);
    double[] products = moments.scatterTimes(Arrays.copyOf(inUnits, p));
    double unit = rounding(c);
    double spread = 0;
    for (int j = 0; j < c.length; j++) {
      spread = Math.max(spread, Math.abs(inUnits[j]) * Math.sqrt(moments.squares(j)));
    }
    for (int i = 0; i < p; i++) {
      if (!(Math.abs(products[i]) <= Math.sqrt(moments.squares(i)) * unit)) {
        return false;
      }
    }
    return hasNoMean(c)
        || (intercept == Intercept.FREE
            && Math.abs(mean(c)) * Math.sqrt(moments.weightSum()) > CONSTANT * spread);
  }

  /** The root of the sum of squares that rounding alone can leave of the combination. */
  private double rounding(double[] c) {
    double[] inUnits = moments.units().ofCoefficients(c);
    double sum = 0;
    for (int j = 0; j < c.length; j++) {
      double deviation = Math.sqrt(moments.squares(j));
      double offset = Math.sqrt(moments.weightSum()) * Math.abs(moments.unitMean(j));
      sum += Math.abs(inUnits[j]) * (relative * deviation + ROUNDING * offset);
    }
    return sum;
  }

  private boolean hasNoMean(double[] c) {
    return Math.abs(mean(c)) * Math.sqrt(moments.weightSum()) <= rounding(c);
  }

  /** The mean of the combination. */
  private double mean(double[] c) {
    double sum = 0;
    for (int j = 0; j < c.length; j++) {
      sum += c[j] * moments.mean(j);
    }
    return sum;
  }

  /** Solves the combination for the last of its columns. */
  private Dependence solved(double[] c, boolean exact) {
    int pivot = last(c);
    List<Integer> others = new ArrayList<>();
    for (int j = 0; j < pivot; j++) {
      if (c[j] != 0) {
        others.add(j);
      }
    }
    double[] factors = others.stream().mapToDouble(j -> -c[j] / c[pivot]).toArray();
    boolean constant = intercept == Intercept.FREE && !hasNoMean(c);
    return new Dependence(
        pivot, others, Vec.owning(factors), constant ? mean(c) / c[pivot] : 0, exact);
  }

  private static int last(double[] c) {
    int j = c.length - 1;
    while (c[j] == 0) {
      j--;
    }
    return j;
  }
}
