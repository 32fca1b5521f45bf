package org.ridgeline.moments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;

/**
 * The rows themselves, as they were read but in units, up to a number of them: with fewer rows than
 * columns they are less than their scatter and more exact, as nothing has been rounded yet. Beside
 * them are the sums of squares of every column. Rows of weight 0 are left out. Beyond the limit all
 * rows are dropped, and the sums of squares are what remains.
 *
 * <p>Memory: {@code 8 n (p + 1) + 8 p} bytes; merged and copied rows share their storage.
 */
final class GatheredRows implements Scatter {
  private static final long serialVersionUID = 1L;

  private final double[] squares; // S_jj
  private final long most;
  private final ArrayList<double[]> values = new ArrayList<>(); // blocks of rows: never written to
  private final ArrayList<double[]> weights = new ArrayList<>();
  private long rows;

  GatheredRows(int width, long most) {
    this(new double[width], most);
  }

  private GatheredRows(double[] squares, long most) {
    this.squares = squares;
    this.most = most;
  }

  /** Returns rows that own their arguments. */
  static GatheredRows owning(double[] squares, double[] values, double[] weights) {
    GatheredRows gathered = new GatheredRows(squares, Long.MAX_VALUE);
    gathered.hold(weights.length, List.of(values), List.of(weights));
    return gathered;
  }

  /** Keeps the rows of a block as they were read. */
  void read(RowBlock block) {
    int width = squares.length;
    int count = 0;
    boolean all = rows <= most;
    for (int r = 0; r < block.rows() && all; r++) {
      count += block.weight(r) > 0 ? 1 : 0;
    }
    double[] w = new double[count];
    double[] v = new double[count * width];
    int at = 0;
    for (int r = 0; r < block.rows() && at < count; r++) {
      if (block.weight(r) > 0) {
        w[at] = block.weight(r);
        System.arraycopy(block.values(), r * width, v, at * width, width);
        at++;
      }
    }
    hold(count, List.of(v), List.of(w));
  }

  /** Adds the squares of the same rows, centered and weighted, and of Chan's row. */
  void add(int count, double[] centered) {
    int width = squares.length;
    for (int r = 0; r < count; r++) {
      for (int j = 0; j < width; j++) {
        double value = centered[r * width + j];
        squares[j] += value * value;
      }
    }
  }

  /** Drops all rows, and those to come. */
  void letGo() {
    hold(Math.max(0, most - rows) + 1, List.of(), List.of());
  }

  private void hold(long count, List<double[]> moreValues, List<double[]> moreWeights) {
    rows += count;
    if (rows <= most) {
      values.addAll(moreValues);
      weights.addAll(moreWeights);
    } else {
      values.clear();
      weights.clear();
    }
  }

  /** Whether the rows are here. */
  boolean isComplete() {
    return rows <= most;
  }

  /**
   * Adds rows, and {@code between delta^2} to the squares.
   *
   * @param delta the difference of the means
   */
  void merge(GatheredRows other, double between, double[] delta) {
    for (int j = 0; j < squares.length; j++) {
      squares[j] += other.squares[j] + between * delta[j] * delta[j];
    }
    hold(other.rows, other.values, other.weights);
  }

  /** The sums of squares: shared, not to be written to. */
  double[] squares() {
    return squares;
  }

  /** The blocks of rows: shared, not to be written to. */
  List<double[]> blocks() {
    return values;
  }

  /** The weights of the rows of every block: shared, not to be written to. */
  List<double[]> weights() {
    return weights;
  }

  /** How many rows there are or were. */
  long rows() {
    return rows;
  }

  @Override
  public double square(int j) {
    return squares[j];
  }

  @Override
  public double get(int i, int j, Means means) {
    int width = squares.length;
    double sum = 0;
    for (int k = 0; k < values.size(); k++) {
      double[] block = values.get(k);
      for (int r = 0; r < weights.get(k).length; r++) {
        sum +=
            weights.get(k)[r]
                * centered(block[r * width + i], i, means)
                * centered(block[r * width + j], j, means);
      }
    }
    return sum;
  }

  private static double centered(double value, int j, Means means) {
    return value - means.get(j) - means.remainder(j);
  }

  @Override
  public double[] times(double[] c, Means means) {
    int width = squares.length;
    double[] product = new double[width];
    for (int k = 0; k < values.size(); k++) {
      double[] block = values.get(k);
      for (int r = 0; r < weights.get(k).length; r++) {
        double dot = 0;
        for (int j = 0; j < width; j++) {
          dot += c[j] * centered(block[r * width + j], j, means);
        }
        dot *= weights.get(k)[r];
        for (int j = 0; j < width; j++) {
          product[j] += dot * centered(block[r * width + j], j, means);
        }
      }
    }
    return product;
  }

  @Override
  public Matrix block(int r0, int r1, int c0, int c1, Means means) {
    Matrix f = about(means);
    return Blas.transposedTimes(f.columns(r0, r1), f.columns(c0, c1));
  }

  @Override
  public SymMatrix triangle(Means means) {
    Matrix f = about(means);
    return SymMatrix.fromLower(squares.length, Blas.transposedTimes(f, f).data());
  }

  @Override
  public Optional<Matrix> factor(Means means) {
    return isComplete() ? Optional.of(about(means)) : Optional.empty();
  }

  @Override
  public Optional<Matrix> factorAboutZero(Means means, double weightSum) {
    return isComplete() ? Optional.of(about(Means.zeros(squares.length))) : Optional.empty();
  }

  /** {@code sqrt(w_i) (v_ij - mean_j)}, n x p. */
  private Matrix about(Means means) {
    int width = squares.length;
    Matrix result = Matrix.zeros((int) rows, width);
    int i = 0;
    for (int k = 0; k < values.size(); k++) {
      double[] block = values.get(k);
      for (int r = 0; r < weights.get(k).length; r++, i++) {
        double root = Math.sqrt(weights.get(k)[r]);
        for (int j = 0; j < width; j++) {
          result.set(i, j, root * centered(block[r * width + j], j, means));
        }
      }
    }
    return result;
  }

  @Override
  public void scaleInPlace(int[] exponents) {
    int width = squares.length;
    for (int j = 0; j < width; j++) {
      squares[j] = Math.scalb(squares[j], 2 * exponents[j]);
    }
    values.replaceAll(
        block -> {
          double[] scaled = block.clone();
          Arrays.setAll(scaled, i -> Math.scalb(block[i], exponents[i % width]));
          return scaled;
        });
  }

  @Override
  public GatheredRows copy() {
    return holding(squares.clone(), values);
  }

  private GatheredRows holding(double[] sums, List<double[]> blocks) {
    GatheredRows result = new GatheredRows(sums, most);
    result.hold(rows, blocks, weights);
    return result;
  }

  @Override
  public GatheredRows leading(int leading, double multiplier, int inputs) {
    int[] positions = new int[leading + squares.length - inputs];
    double[] multipliers = new double[positions.length];
    for (int j = 0; j < positions.length; j++) {
      positions[j] = j < leading ? j : inputs + j - leading;
      multipliers[j] = j < leading ? multiplier : 1;
    }
    return columns(positions, multipliers);
  }

  @Override
  public GatheredRows columns(int[] positions) {
    double[] ones = new double[positions.length];
    Arrays.fill(ones, 1);
    return columns(positions, ones);
  }

  private GatheredRows columns(int[] positions, double[] multipliers) {
    int width = squares.length;
    int p = positions.length;
    double[] sums = new double[p];
    Arrays.setAll(sums, j -> multipliers[j] * multipliers[j] * squares[positions[j]]);
    List<double[]> parts = new ArrayList<>();
    for (double[] block : values) {
      int count = block.length / width;
      double[] part = new double[count * p];
      for (int r = 0; r < count; r++) {
        for (int j = 0; j < p; j++) {
          part[r * p + j] = multipliers[j] * block[r * width + positions[j]];
        }
      }
      parts.add(part);
    }
    return holding(sums, parts);
  }

  /** Whether these are the same rows in the same order, however they are cut into blocks. */
  boolean isSame(GatheredRows other) {
    return rows == other.rows
        && Arrays.equals(squares, other.squares)
        && Arrays.equals(joined(values), joined(other.values))
        && Arrays.equals(joined(weights), joined(other.weights));
  }

  private static double[] joined(List<double[]> blocks) {
    return blocks.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
