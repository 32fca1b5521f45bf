package org.ridgeline.ridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymEigen;

/** Precision matrices, inverse covariances of some coefficients up to a factor. */
public final class Precision {
  private Precision() {}

  /**
   * The precision of some of the coefficients when nothing is known of the others' values: the
   * Schur complement {@code P_kk - P_kr P_rr^-1 P_rk}, r the rest.
   *
   * @param precision P, symmetric
   * @param kept the positions k, in the order of the result
   * @throws SingularException when P says nothing of a combination of the rest
   */
  public static Matrix marginal(Matrix precision, int[] kept) {
    List<Integer> others = new ArrayList<>();
    for (int j = 0; j < precision.rows(); j++) {
      int position = j;
      if (Arrays.stream(kept).noneMatch(k -> k == position)) {
        others.add(j);
      }
    }
    int[] rest = others.stream().mapToInt(Integer::intValue).toArray();
    Matrix marginal = precision.at(kept, kept);
    if (rest.length == 0) {
      return marginal;
    }
    Cholesky factor =
        Cholesky.ofInPlace(precision.at(rest, rest))
            .filter(known -> known.rcond() > 10 * rest.length * Math.ulp(1.0))
            .orElseThrow(
                () ->
                    new SingularException(
                        "Cannot leave features of the earlier model out: its rows do not determine"
                            + " them; keep them, or fit it with a larger lambda"));
    Matrix white = factor.whiten(precision.at(rest, kept));
    return marginal.minus(Blas.transposedTimes(white, white));
  }

  /**
   * L with {@code L'L = P}, from the eigenvalues of P scaled to a unit diagonal, so that units do
   * not matter; those that are rounding noise are taken as 0.
   */
  static Matrix root(Matrix precision) {
    int k = precision.rows();
    double[] scale = new double[k];
    for (int j = 0; j < k; j++) {
      double diagonal = precision.get(j, j);
      scale[j] = diagonal > 0 ? Math.sqrt(diagonal) : 0;
    }
    Matrix scaled =
        precision.map(
            (i, j, value) -> {
              double product = scale[i] * scale[j];
              return product == 0 ? 0 : value / product;
            });
    SymEigen eigen = SymEigen.ofInPlace(scaled);
    double noise = 4 * k * Math.ulp(1.0) * (k == 0 ? 0 : eigen.values().get(k - 1));
    Matrix root = Matrix.zeros(k, k);
    for (int r = 0; r < k; r++) {
      double value = eigen.values().get(r);
      double factor = value > noise ? Math.sqrt(value) : 0;
      for (int j = 0; j < k; j++) {
        root.set(r, j, factor * eigen.vectors().get(j, r) * scale[j]);
      }
    }
    return root;
  }
}
