package org.ridgeline.forecast;

import java.util.OptionalInt;
import org.ridgeline.linalg.Vec;

/**
 * The effective ranks of the tail of a spectrum (Bartlett, Long, Lugosi and Tsigler, PNAS 2020),
 * eigenvalues e descending:
 *
 * <pre>
 * r_k = sum_{j &gt; k} e_j / e_{k+1}          R_k = (sum_{j &gt; k} e_j)^2 / sum_{j &gt; k} e_j^2
 * </pre>
 *
 * <p>Interpolation without a penalty can be benign only where some {@code r_k >= n}.
 *
 * @param first r_0
 * @param second R_0
 * @param benignFrom the smallest k with {@code r_k >= n}; empty when there is none
 */
public record EffectiveRanks(double first, double second, OptionalInt benignFrom) {
  /**
   * Returns the ranks.
   *
   * @param eigenvalues ascending
   * @param rows n
   */
  public static EffectiveRanks of(Vec eigenvalues, double rows) {
    int d = eigenvalues.size();
    OptionalInt benign = OptionalInt.empty();
    double sum = 0;
    double squares = 0;
    for (int j = 0; j < d; j++) { // adds the smallest first
      double e = eigenvalues.get(j);
      sum += e;
      squares += e * e;
      benign = e > 0 && sum / e >= rows ? OptionalInt.of(d - 1 - j) : benign;
    }
    double largest = d == 0 ? 0 : eigenvalues.get(d - 1);
    return new EffectiveRanks(
        largest > 0 ? sum / largest : 0, squares > 0 ? sum * sum / squares : 0, benign);
  }
}
