package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.Rows;
import org.ridgeline.ridge.RidgeSpec;

/** The oracle is the textbook formula over the rows. */
class ColumnShiftTest {
  private static TwoSamples samples(Rows a, Rows b) {
    return TwoSamples.of(a.folded(2, i -> i % 2), b.folded(3, i -> i % 3), RidgeSpec.standard());
  }

  private static double value(Rows rows, int i, int j) {
    return j < rows.inputs() ? rows.x(i, j) : rows.y(i, j - rows.inputs());
  }

  private static double weight(Rows rows) {
    return IntStream.range(0, rows.size()).mapToDouble(rows::w).sum();
  }

  private static double mean(Rows rows, int j) {
    return IntStream.range(0, rows.size()).mapToDouble(i -> rows.w(i) * value(rows, i, j)).sum()
        / weight(rows);
  }

  private static double variance(Rows rows, int j, double divisor) {
    double mean = mean(rows, j);
    return IntStream.range(0, rows.size())
            .mapToDouble(i -> rows.w(i) * Math.pow(value(rows, i, j) - mean, 2))
            .sum()
        / divisor;
  }

  private static void assertOfRows(Rows a, Rows b) {
    TwoSamples samples = samples(a, b);
    for (int j = 0; j < a.inputs() + a.targets(); j++) {
      double sdA = Math.sqrt(variance(a, j, weight(a)));
      double sdB = Math.sqrt(variance(b, j, weight(b)));
      double difference = mean(b, j) - mean(a, j);
      ColumnShift found = ColumnShift.ofCounted(samples, j);
      Agreement.assertClose(mean(a, j), found.meanA(), 1e-12, "mean of A");
      Agreement.assertClose(mean(b, j), found.meanB(), 1e-12, "mean of B");
      Agreement.assertClose(sdA, found.deviationA(), 1e-11, "deviation of A");
      Agreement.assertClose(sdB, found.deviationB(), 1e-11, "deviation of B");
      Agreement.assertClose(difference / sdA, found.shift(), 1e-9, "shift");
      Agreement.assertClose(sdB / sdA, found.ratio(), 1e-11, "ratio");
      double error =
          Math.sqrt(
              variance(a, j, weight(a) - 1) / weight(a)
                  + variance(b, j, weight(b) - 1) / weight(b));
      Agreement.assertClose(difference / error, found.z().getAsDouble(), 1e-9, "z");
      ColumnShift weighted = ColumnShift.ofWeighted(samples, j);
      assertTrue(weighted.z().isEmpty());
      assertEquals(found.shift(), weighted.shift());
    }
  }

  @Test
  void isThatOfTheRows() {
    Rows a = Rows.normal(41, 40, 3, 2).mapInput(1, x -> 1e6 + 2 * x);
    Rows b = Rows.normal(42, 30, 3, 2).mapInput(1, x -> 1e6 + 3 * x + 0.5);
    assertOfRows(a, b);
    assertOfRows(a.withWeights(counts(40)), b.withWeights(counts(30)));
  }

  private static double[] counts(int n) {
    return IntStream.range(0, n).mapToDouble(i -> 1 + i % 4).toArray();
  }

  @Test
  void columnsOfExtremeSizeShiftAlike() {
    Rows a = Rows.normal(43, 40, 2, 1);
    Rows b = Rows.normal(44, 30, 2, 1).mapInput(0, x -> x + 1);
    ColumnShift plain = ColumnShift.ofCounted(samples(a, b), 0);
    for (double size : new double[] {1e-300, 1e200}) {
      ColumnShift large =
          ColumnShift.ofCounted(
              samples(a.mapInput(0, x -> size * x), b.mapInput(0, x -> size * x)), 0);
      Agreement.assertClose(plain.shift(), large.shift(), 1e-12, "shift");
      Agreement.assertClose(plain.z().getAsDouble(), large.z().getAsDouble(), 1e-12, "z");
      Agreement.assertClose(plain.deviationB() * size, large.deviationB(), 1e-12, "deviation");
    }
  }

  @Test
  void constantColumnsShiftByNothingOrByInfinity() {
    Rows a = Rows.normal(45, 20, 2, 1).mapInput(0, x -> 0.1);
    Rows b = Rows.normal(46, 21, 2, 1);
    ColumnShift same = ColumnShift.ofCounted(samples(a, b.mapInput(0, x -> 0.1)), 0);
    assertEquals(0, same.shift());
    assertTrue(same.z().isEmpty());
    assertTrue(Double.isNaN(same.ratio()));
    ColumnShift moved = ColumnShift.ofCounted(samples(a, b.mapInput(0, x -> 0.05)), 0);
    assertEquals(Double.NEGATIVE_INFINITY, moved.shift());
    ColumnShift varies = ColumnShift.ofCounted(samples(a, b), 0);
    assertTrue(Double.isInfinite(varies.shift()) && varies.z().isPresent());
  }
}
