package org.ridgeline.moments;

import java.util.Arrays;
import java.util.Random;

/** Rows of five columns far from 0, their weights, and their moments by the accumulator. */
final class SummedRows {
  private static final int P = 5;

  private SummedRows() {}

  /**
   * Normal rows of deviation 1, 2, 3, .. about an offset that differs in sign and size by column.
   */
  static double[][] rows(long seed, int n, double offset) {
    Random random = new Random(seed);
    double[][] rows = new double[n][P];
    for (double[] row : rows) {
      for (int j = 0; j < P; j++) {
        row[j] = (j % 2 == 0 ? 1 : -0.7) * offset + (1 + j) * random.nextGaussian();
      }
    }
    return rows;
  }

  static double[] weights(long seed, int n) {
    return new Random(seed).doubles(n, 0.1, 3).toArray();
  }

  static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The moments of rows {@code from} to {@code to}, added in blocks of {@code capacity}. */
  static Moments add(double[][] rows, double[] weights, int from, int to, int capacity) {
    int p = rows[0].length;
    MomentsAccumulator sum = new MomentsAccumulator(p - 1, 1);
    RowBlock block = new RowBlock(capacity, p);
    for (int i = from; i < to; i++) {
      block.append(rows[i], weights[i]);
      if (block.isFull()) {
        sum.addInPlace(block);
      }
    }
    sum.addInPlace(block);
    return sum.snapshot();
  }

  static Moments add(double[][] rows, double[] weights, int capacity) {
    return add(rows, weights, 0, rows.length, capacity);
  }
}
