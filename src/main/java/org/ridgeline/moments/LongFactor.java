package org.ridgeline.moments;

import java.io.IOException;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;

/**
 * The triangular factor of the rows {@code sqrt(w) (1, v)} as they were read, in pairs of doubles
 * (about 32 digits): nothing is centered, rounded or shifted on the way, so that any partitioning
 * of the rows gives the same factor to the last of its 16 leading digits. Its first row is {@code
 * sqrt(W) (1, mean)}, and what is below it is the factor of the centered rows.
 *
 * <p>For few columns: {@code 2 p^2} multiplications a row by Householder's transformations, each of
 * some 25 flops (Dekker 1971).
 */
final class LongFactor implements RowFactor {
  private static final long serialVersionUID = 1L;

  /** Up to this number of columns, a row costs less than reading it from a text file. */
  static final int MOST_COLUMNS = 32;

  private final int order; // p + 1
  private final double[] high; // order x order by rows, upper triangle
  private final double[] low;

  private transient double sumHigh; // of the products being added up
  private transient double sumLow;
  private transient double timesHigh; // what a transformation adds a multiple of
  private transient double timesLow;

  LongFactor(int columns) {
    this(columns + 1, new double[(columns + 1) * (columns + 1)], null);
  }

  private LongFactor(int order, double[] high, double[] low) {
    this.order = order;
    this.high = high;
    this.low = low == null ? new double[high.length] : low;
  }

  /** Writes the bits, row by row of the triangle: all high parts, then all low ones. */
  void write(ChecksummedOutput out) throws IOException {
    for (double[] part : new double[][] {high, low}) {
      for (int i = 0; i < order; i++) {
        out.numbers(part, i * order + i, order - i);
      }
    }
  }

  /** Reads a factor of so many columns back. */
  static LongFactor read(int columns, ChecksummedInput in) throws IOException {
    LongFactor factor = new LongFactor(columns);
    for (double[] part : new double[][] {factor.high, factor.low}) {
      for (int i = 0; i < factor.order; i++) {
        in.numbers(part, i * factor.order + i, factor.order - i);
      }
    }
    return factor;
  }

  @Override
  public void read(RowBlock block) {
    int p = order - 1;
    double[] x = new double[block.rows() * order];
    double[] rest = new double[x.length];
    int count = 0;
    for (int r = 0; r < block.rows(); r++) {
      double weight = block.weight(r);
      if (weight > 0) {
        setRoot(weight, 0);
        double root = sumHigh;
        double rootRest = sumLow;
        for (int j = 0; j < order; j++) {
          sumHigh = 0;
          sumLow = 0;
          addProduct(root, rootRest, j == 0 ? 1 : block.values()[r * p + j - 1], 0);
          x[count * order + j] = sumHigh;
          rest[count * order + j] = sumLow;
        }
        count++;
      }
    }
    absorb(count, x, rest);
  }

  @Override
  public void merge(RowFactor other, double[] row) {
    LongFactor more = (LongFactor) other;
    absorb(order, more.high.clone(), more.low.clone());
  }

  /** Adds rows, which are lost: one Householder transformation for each column. */
  private void absorb(int rows, double[] x, double[] rest) {
    for (int k = 0; k < order; k++) {
      int diagonal = k * order + k;
      sumHigh = 0;
      sumLow = 0;
      for (int i = 0; i < rows; i++) {
        addProduct(x[i * order + k], rest[i * order + k], x[i * order + k], rest[i * order + k]);
      }
      if (sumHigh > 0) {
        eliminate(k, rows, x, rest, diagonal);
      }
    }
  }

  private void eliminate(int k, int rows, double[] x, double[] rest, int diagonal) {
    double r = high[diagonal];
    double rRest = low[diagonal];
    addProduct(r, rRest, r, rRest);
    double square = sumHigh;
    double squareRest = sumLow;
    setRoot(square, squareRest);
    double sign = r < 0 ? -1 : 1;
    double norm = sign * sumHigh; // of the sign of r
    double normRest = sign * sumLow;
    sumHigh = r;
    sumLow = rRest;
    addProduct(norm, normRest, 1, 0);
    double first = sumHigh; // v = (r + norm, x_k)
    double firstRest = sumLow;
    sumHigh = square;
    sumLow = squareRest;
    addProduct(r, rRest, norm, normRest);
    double half = sumHigh; // |v|^2 / 2
    double halfRest = sumLow;
    high[diagonal] = -norm;
    low[diagonal] = -normRest;
    for (int j = k + 1; j < order; j++) {
      int at = k * order + j;
      sumHigh = 0;
      sumLow = 0;
      addProduct(first, firstRest, high[at], low[at]);
      for (int i = 0; i < rows; i++) {
        addProduct(x[i * order + k], rest[i * order + k], x[i * order + j], rest[i * order + j]);
      }
      divideBy(half, halfRest);
      timesHigh = -sumHigh;
      timesLow = -sumLow;
      addTo(high, low, at, first, firstRest);
      for (int i = 0; i < rows; i++) {
        addTo(x, rest, i * order + j, x[i * order + k], rest[i * order + k]);
      }
    }
  }

  /** {@code a[at] := a[at] + b times}. */
  private void addTo(double[] a, double[] rest, int at, double b, double bRest) {
    sumHigh = a[at];
    sumLow = rest[at];
    addProduct(b, bRest, timesHigh, timesLow);
    a[at] = sumHigh;
    rest[at] = sumLow;
  }

  /** {@code sum := sum + a b}: an exact product of the leading parts, then Knuth's two-sum. */
  private void addProduct(double a, double aRest, double b, double bRest) {
    double product = a * b;
    double error = Math.fma(a, b, -product) + (a * bRest + aRest * b);
    double sum = sumHigh + product;
    double part = sum - sumHigh;
    double tail = (sumHigh - (sum - part)) + (product - part) + (sumLow + error);
    sumHigh = sum + tail;
    sumLow = tail - (sumHigh - sum);
  }

  /** {@code sum := sum / a}. */
  private void divideBy(double a, double aRest) {
    double quotient = sumHigh / a;
    addProduct(a, aRest, -quotient, 0);
    double correction = sumHigh / a;
    sumHigh = quotient + correction;
    sumLow = correction - (sumHigh - quotient);
  }

  /** {@code sum := sqrt(a)}, one step of Newton's from the root of the leading part. */
  private void setRoot(double a, double aRest) {
    double root = Math.sqrt(a);
    sumHigh = a;
    sumLow = aRest;
    addProduct(root, 0, -root, 0);
    double correction = sumHigh / (2 * root);
    sumHigh = root + correction;
    sumLow = correction - (sumHigh - root);
  }

  @Override
  public void scaleInPlace(int[] exponents) {
    for (int i = 0; i < order; i++) {
      for (int j = 1; j < order; j++) {
        high[i * order + j] = Math.scalb(high[i * order + j], exponents[j - 1]);
        low[i * order + j] = Math.scalb(low[i * order + j], exponents[j - 1]);
      }
    }
  }

  @Override
  public LongFactor copy() {
    return new LongFactor(order, high.clone(), low.clone());
  }

  @Override
  public LongFactor columns(int[] positions) {
    int q = positions.length + 1;
    double[] x = new double[order * q];
    double[] rest = new double[x.length];
    for (int i = 0; i < order; i++) {
      for (int j = 0; j < q; j++) {
        int from = j == 0 ? 0 : positions[j - 1] + 1;
        x[i * q + j] = high[i * order + from];
        rest[i * q + j] = low[i * order + from];
      }
    }
    LongFactor chosen = new LongFactor(q - 1);
    chosen.absorb(order, x, rest);
    return chosen;
  }

  /** Returns the factor of the centered rows in one double each. */
  @Override
  public Optional<TriangularFactor> triangular() {
    return Optional.of(TriangularFactor.owning(block(high, 1)));
  }

  @Override
  public Optional<Matrix> aboutMeans(Means means) {
    return Optional.of(block(high, 1));
  }

  @Override
  public Optional<Matrix> aboutZero(Means means, double weightSum) {
    return Optional.of(block(high, 0));
  }

  @Override
  public Optional<Matrix> remainder() {
    return Optional.of(block(low, 1));
  }

  /** Rows from {@code first} on, without the column of ones. */
  private Matrix block(double[] values, int first) {
    Matrix block = Matrix.zeros(order - first, order - 1);
    for (int i = first; i < order; i++) {
      for (int j = i == 0 ? 1 : i; j < order; j++) {
        block.set(i - first, j - 1, values[i * order + j]);
      }
    }
    return block;
  }
}
