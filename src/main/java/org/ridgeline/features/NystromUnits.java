package org.ridgeline.features;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;

/**
 * The Nystrom map {@code z = L^-1 k_m(x)} with {@code K_mm + jitter I = L L'} (Williams and Seeger
 * 2001). Ridge on z minimizes over functions {@code k_m(x)'a} with the penalty {@code a'K_mm a};
 * with all rows as centers it is exact kernel ridge regression.
 *
 * <p>What is exact is {@code z(x)'z(y)}; z itself is known to {@code eps cond(L)}, so that blocks
 * of other sizes may change its last digits when the kernel is much smoother than the centers are
 * dense.
 *
 * <p>The leading m' features are the map of the first m' centers, because the leading block of L is
 * theirs. Distances are sums of squared differences, not {@code |x|^2 + |c|^2 - 2 x'c}, which loses
 * every digit of a small distance: exp(-r) would be off by 1e-8 at a center.
 */
final class NystromUnits implements Units {
  /** Relative to the mean diagonal, which is 1: all kernels here have {@code k(x, x) = 1}. */
  private static final double LEAST_JITTER = 1e-12;

  private static final double MOST_JITTER = 1e-8;
  private static final double LEAST_RCOND = 1e-13;

  private final Kernel kernel;
  private final double squaredScale;
  private final double[][] byCoordinate; // row i: coordinate i of all centers
  private final double jitter;
  private final Cholesky factor;

  private NystromUnits(MapSpec spec, double[][] byCoordinate, double jitter, Cholesky factor) {
    this.kernel = spec.kernel();
    this.squaredScale = spec.lengthScale() * spec.lengthScale();
    this.byCoordinate = byCoordinate;
    this.jitter = jitter;
    this.factor = factor;
  }

  /**
   * Returns the map of these centers, d x m, with the least jitter of 0, 1e-12, 1e-11, .., 1e-8 at
   * which {@code K_mm} is positive definite with a reciprocal condition number of at least 1e-13;
   * with 1e-12 or more, positive definite is enough.
   */
  static NystromUnits withJitterWhereNeeded(MapSpec spec, Matrix centers) {
    double[][] byCoordinate = transpose(centers);
    Matrix gram = gram(spec, centers, byCoordinate);
    Optional<Cholesky> plain = Cholesky.ofInPlace(gram.copy());
    if (plain.isPresent() && plain.get().rcond() >= LEAST_RCOND) {
      return new NystromUnits(spec, byCoordinate, 0, plain.get());
    }
    for (double jitter = LEAST_JITTER; jitter <= 2 * MOST_JITTER; jitter *= 10) {
      Optional<Cholesky> shifted = shifted(gram, jitter);
      if (shifted.isPresent()) {
        return new NystromUnits(spec, byCoordinate, jitter, shifted.get());
      }
    }
    throw singular(centers.columns(), MOST_JITTER);
  }

  /** Returns the map of these centers, d x m, with this jitter. */
  static NystromUnits of(MapSpec spec, Matrix centers, double jitter) {
    double[][] byCoordinate = transpose(centers);
    Cholesky factor =
        shifted(gram(spec, centers, byCoordinate), jitter)
            .orElseThrow(() -> singular(centers.columns(), jitter));
    return new NystromUnits(spec, byCoordinate, jitter, factor);
  }

  private static SingularException singular(int m, double jitter) {
    return new SingularException(
        String.format(
            Locale.ROOT,
            "Cannot factorize the kernel matrix of %d centers, even with %s added to its diagonal:"
                + " use fewer centers or a smaller length scale",
            m,
            jitter));
  }

  private static double[][] transpose(Matrix centers) {
    double[][] result = new double[centers.rows()][centers.columns()];
    for (int j = 0; j < centers.columns(); j++) {
      for (int i = 0; i < centers.rows(); i++) {
        result[i][j] = centers.get(i, j);
      }
    }
    return result;
  }

  private static Matrix gram(MapSpec spec, Matrix centers, double[][] byCoordinate) {
    int m = centers.columns();
    NystromUnits unfactored = new NystromUnits(spec, byCoordinate, 0, null);
    Matrix gram = Matrix.zeros(m, m);
    double[] squares = new double[m];
    for (int j = 0; j < m; j++) {
      unfactored.kernels(centers.data(), j, squares, gram.data(), j * m);
    }
    return gram;
  }

  private static Optional<Cholesky> shifted(Matrix gram, double jitter) {
    return Cholesky.ofInPlace(gram.plusDiagonal(jitter));
  }

  /** Returns what was added to the diagonal. */
  double jitter() {
    return jitter;
  }

  @Override
  public int scratchPerRow() {
    return byCoordinate[0].length;
  }

  @Override
  public Applier applier(int mostRows) {
    int m = byCoordinate[0].length;
    double[] squares = new double[m];
    double[] t = new double[m * mostRows];
    return (rows, x, z, at, stride) -> {
      for (int r = 0; r < rows; r++) {
        kernels(x, r, squares, t, r * m);
      }
      factor.whitenInPlace(rows, t);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(t, r * m, z, at + r * stride, m);
      }
    };
  }

  /** Writes {@code k(c_j, x_row)} for all centers. */
  private void kernels(double[] x, int row, double[] squares, double[] out, int at) {
    int m = byCoordinate[0].length;
    int d = byCoordinate.length;
    Arrays.fill(squares, 0);
    for (int i = 0; i < d; i++) {
      addSquares(m, byCoordinate[i], x[row * d + i], squares);
    }
    for (int j = 0; j < m; j++) {
      out[at + j] = kernel.atSquare(squares[j] / squaredScale);
    }
  }

  /** Every array starts at 0, so that the compiler turns the loop into vector instructions. */
  private static void addSquares(int m, double[] c, double x, double[] squares) {
    for (int j = 0; j < m; j++) {
      double difference = c[j] - x;
      squares[j] = Math.fma(difference, difference, squares[j]);
    }
  }
}
