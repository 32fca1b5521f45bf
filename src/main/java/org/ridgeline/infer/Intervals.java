package org.ridgeline.infer;

import java.io.Serializable;
import org.ridgeline.linalg.Matrix;

/** Intervals of the predictions of one target. It travels to the tasks that predict. */
public interface Intervals extends Serializable {
  /** d, the number of inputs of a row. */
  int inputs();

  /**
   * The ends of the intervals.
   *
   * @param rows d x n, one row per column, original units
   * @param predictions of these rows, n
   * @return 2 x n: the lower ends, then the upper ends
   */
  Matrix of(Matrix rows, double[] predictions);
}
