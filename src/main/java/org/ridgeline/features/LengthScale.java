package org.ridgeline.features;

import java.util.Arrays;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Vec;

/** Length scales from the data: the median distance between rows, and a small grid around it. */
public final class LengthScale {
  private static final int MOST_ROWS = 8_192;
  private static final double[] FACTORS = {0.35, 0.7, 1.4};

  private LengthScale() {}

  /**
   * The median Euclidean distance over all pairs of different rows of a sample, after scaling; the
   * mean of the two middle ones when their number is even. {@code 2 n^2 d} flops, {@code 4 n^2}
   * bytes.
   *
   * @param rows n, the number of rows of the sample, at most 8192
   * @param x the rows, one after the other, d values each
   * @throws IllegalArgumentException when the sample has no two different rows
   */
  public static double median(InputScaling scaling, int rows, double[] x) {
    int d = scaling.inputs();
    Check.that(
        rows <= MOST_ROWS && (long) rows * d <= x.length,
        "Cannot take the median distance of %d rows of %d inputs: at most %d rows, got %d values",
        rows,
        d,
        MOST_ROWS,
        x.length);
    double[] scaled = new double[rows * d];
    for (int i = 0; i < rows; i++) {
      scaling.apply(x, i * d, scaled, i * d);
    }
    double[] squares = new double[rows * Math.max(0, rows - 1) / 2];
    int count = 0;
    for (int i = 1; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        double square = square(d, scaled, i * d, j * d);
        if (square != 0) {
          squares[count++] = square;
        }
      }
    }
    Check.that(
        count > 0,
        "Cannot choose a length scale: the %d sampled rows are all equal; give one",
        rows);
    Arrays.sort(squares, 0, count);
    double median = (Math.sqrt(squares[(count - 1) / 2]) + Math.sqrt(squares[count / 2])) / 2;
    Check.that(
        Double.isFinite(median),
        "Cannot choose a length scale: the median distance of the sampled rows is %s",
        median);
    return median;
  }

  /** The length scales that a search tries: the median times 0.35, 0.7 and 1.4. */
  public static Vec grid(double median) {
    return Vec.owning(Arrays.stream(FACTORS).map(factor -> factor * median).toArray());
  }

  private static double square(int d, double[] x, int i, int j) {
    double sum = 0;
    for (int k = 0; k < d; k++) {
      double difference = x[i + k] - x[j + k];
      sum = Math.fma(difference, difference, sum);
    }
    return sum;
  }
}
