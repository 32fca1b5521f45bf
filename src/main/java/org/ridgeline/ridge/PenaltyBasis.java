package org.ridgeline.ridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymEigen;

/**
 * Coordinates in which a penalty {@code b'Rb} is a sum of squares: {@code b = P v + N t} with
 * {@code P'RP = I} and {@code RN = 0}, so that the penalty is {@code |v|^2} and t is free.
 *
 * <p>Columns that have left the problem have no part in it; only a diagonal R keeps their rows of
 * P, so that their deviation is that of the prior.
 *
 * @param penalized P, d x r
 * @param free N, d x k
 */
record PenaltyBasis(Matrix penalized, Matrix free) {

  /**
   * Finds the basis.
   *
   * @param absent the columns that have left the problem
   */
  static PenaltyBasis of(Penalty penalty, boolean[] absent) {
    return penalty
        .operator()
        .map(operator -> general(penalty, operator, absent))
        .orElseGet(() -> diagonal(penalty, absent));
  }

  private static PenaltyBasis diagonal(Penalty penalty, boolean[] absent) {
    int d = absent.length;
    List<Integer> penalized = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (int j = 0; j < d; j++) {
      if (penalty.factor(j) > 0) {
        penalized.add(j);
      } else if (!absent[j]) {
        free.add(j);
      }
    }
    Matrix p = Matrix.zeros(d, penalized.size());
    for (int i = 0; i < penalized.size(); i++) {
      int j = penalized.get(i);
      p.set(j, i, 1 / Math.sqrt(penalty.factor(j)));
    }
    Matrix n = Matrix.zeros(d, free.size());
    for (int i = 0; i < free.size(); i++) {
      n.set(free.get(i), i, 1);
    }
    return new PenaltyBasis(p, n);
  }

  /** From the eigenvectors of R; eigenvalues up to {@code d eps} of the largest are 0. */
  private static PenaltyBasis general(Penalty penalty, Matrix operator, boolean[] absent) {
    int d = absent.length;
    int[] present = present(absent);
    double[] roots =
        Arrays.stream(present).mapToDouble(j -> Math.sqrt(penalty.factor(j))).toArray();
    Matrix l = operator.columnsAt(present).scaledColumns(roots);
    SymEigen eigen = SymEigen.ofInPlace(Blas.transposedTimes(l, l));
    double[] values = eigen.values().toArray();
    double largest = values.length == 0 ? 0 : values[values.length - 1];
    int k = 0;
    while (k < values.length && values[k] <= 4 * values.length * Math.ulp(1.0) * largest) {
      k++;
    }
    Matrix penalized = Matrix.zeros(d, values.length - k);
    Matrix free = Matrix.zeros(d, k);
    for (int c = 0; c < values.length; c++) {
      for (int i = 0; i < present.length; i++) {
        double v = eigen.vectors().get(i, c);
        if (c < k) {
          free.set(present[i], c, v);
        } else {
          penalized.set(present[i], c - k, v / Math.sqrt(values[c]));
        }
      }
    }
    return new PenaltyBasis(penalized, free);
  }

  private static int[] present(boolean[] absent) {
    List<Integer> present = new ArrayList<>();
    for (int j = 0; j < absent.length; j++) {
      if (!absent[j]) {
        present.add(j);
      }
    }
    return present.stream().mapToInt(Integer::intValue).toArray();
  }
}
