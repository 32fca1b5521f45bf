package org.ridgeline.linalg;

import java.util.Random;

/** Matrices of uniform numbers between -1 and 1. */
final class RandomMatrix {
  private RandomMatrix() {}

  static Matrix of(int rows, int columns, long seed) {
    double[] values = new Random(seed).doubles((long) rows * columns, -1, 1).toArray();
    return Matrix.owning(rows, columns, values);
  }
}
