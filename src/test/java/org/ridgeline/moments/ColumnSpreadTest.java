package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ColumnSpreadTest {
  private static final int N = 60;
  private final double[][] rows = SummedRows.rows(61, N, 1e8);
  private final double[] weights = SummedRows.weights(62, N);

  private ColumnSpread add(int from, int to) {
    int p = rows[0].length;
    double[] values = new double[(to - from) * (p + 1)]; // one more column, which nobody looks at
    Arrays.fill(values, Double.NaN);
    for (int r = from; r < to; r++) {
      System.arraycopy(rows[r], 0, values, (r - from) * (p + 1), p);
    }
    ColumnSpread spread = ColumnSpread.empty(p);
    spread.add(to - from, values, p + 1, Arrays.copyOfRange(weights, from, to));
    return spread;
  }

  @Test
  void isTheDiagonalOfTheMoments() {
    Moments moments = SummedRows.add(rows, weights, 0, N, 7);
    ColumnSpread parts = ColumnSpread.empty(rows[0].length);
    for (int from = 0; from < N; from += 12) {
      parts.merge(add(from, from + 12));
    }
    for (ColumnSpread spread : new ColumnSpread[] {add(0, N), parts}) {
      assertEquals(moments.rows(), spread.rows());
      assertEquals(moments.weightSum(), spread.weightSum(), 1e-14 * moments.weightSum());
      for (int j = 0; j < rows[0].length; j++) {
        double square = moments.scatter().get(j, j);
        assertEquals(moments.mean(j), spread.mean(j), 1e-15 * Math.abs(moments.mean(j)));
        assertEquals(square, spread.unitSquares(j), 1e-13 * square);
      }
    }
  }

  @Test
  void rowsOfWeightZeroOnlyCount() {
    ColumnSpread spread = ColumnSpread.empty(1);
    spread.add(3, new double[] {1e300, 2, 4}, 1, new double[] {0, 1, 1});
    spread.add(1, new double[] {1e300}, 1, new double[] {0});
    assertEquals(4, spread.rows());
    assertEquals(3, spread.mean(0));
    assertEquals(2, spread.unitSquares(0));
  }

  @Test
  void shapesMustAgree() {
    assertEquals(
        "Cannot merge spreads: expected 1 columns, got 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> ColumnSpread.empty(1).merge(ColumnSpread.empty(2)))
            .getMessage());
    assertEquals(
        "Cannot sum up 0 columns: at least one is needed",
        assertThrows(IllegalArgumentException.class, () -> ColumnSpread.empty(0)).getMessage());
  }
}
