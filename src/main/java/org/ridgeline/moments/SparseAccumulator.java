package org.ridgeline.moments;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.SymMatrix;

/**
 * Adds blocks of rows, some columns of which are stored by their {@link Nonzeros}, to centered
 * moments.
 *
 * <p>Columns stored in full are summed up by a {@link MomentsAccumulator}. With u their values
 * about its pivot and s the nonzeros, the rest is {@code sum w s u'} and {@code sum w s s'}, about
 * 0, which is centered at the end: {@code S_ij = (W sum w s_i s_j - sum w s_i sum w s_j) / W}, in
 * products of twice the precision, so that counts of levels stay exact. Centering loses the digits
 * of {@code mean^2 / variance}: {@link #keptDigits} tells whether there were any to lose.
 *
 * <p>Cost of a row with c nonzeros and q columns stored in full: {@code c^2 + 2 c q + q^2} flops,
 * and {@code 4 p^2} bytes in all.
 */
public final class SparseAccumulator implements RowSums {
  /** The largest mean square of a column that keeps its digits, in variances. */
  private static final double MOST_LOST = 1e4;

  /** Magnitudes whose squares are in the range of doubles, as for a {@link ColumnUnits} of 1. */
  private static final double LIMIT = 0x1p255;

  private final SparseLayout layout;
  private final MomentsAccumulator full;
  private final SymMatrix scatter; // of the nonzeros about 0; the rest is 0
  private final int[] starts; // of the scatter's columns
  private final double[] cross; // q of each column: of u with its nonzeros
  private final double[] sums;
  private final double[] lost; // what the sums have lost to rounding
  private final double[] row;

  /** Creates empty moments. */
  public SparseAccumulator(SparseLayout layout) {
    int p = layout.columns();
    int q = layout.stored();
    Check.that(
        (long) p * q < Integer.MAX_VALUE - 8,
        "Cannot accumulate %d columns of which %d are stored in full: use fewer features",
        p,
        q);
    this.layout = layout;
    this.full = new MomentsAccumulator(q - layout.targets(), layout.targets());
    this.scatter = SymMatrix.zeros(p);
    this.starts = new int[p];
    Arrays.setAll(starts, j -> scatter.offset(j) - j);
    this.cross = new double[p * q];
    this.sums = new double[p];
    this.lost = new double[p];
    this.row = new double[q];
  }

  @Override
  public void letRowsGo() {
    // it keeps none
  }

  @Override
  public void addInPlace(RowBlock block) {
    if (block.rows() > 0) {
      scaleCross(full.prepare(block));
      Nonzeros nonzeros = block.nonzeros();
      for (int r = 0; r < block.rows(); r++) {
        double w = block.weight(r);
        if (w > 0) {
          full.offsets(block, r, row);
          add(w, nonzeros.count(r), nonzeros.columns(r), nonzeros.values(r));
        }
      }
    }
    full.addPrepared(block);
  }

  private void scaleCross(int[] shifts) {
    int q = row.length;
    for (int i = 0; shifts != null && i < cross.length; i++) {
      cross[i] = Math.scalb(cross[i], shifts[i % q]);
    }
  }

  private void add(double w, int count, int[] columns, double[] values) {
    int q = row.length;
    double[] s = scatter.packed();
    for (int a = 0; a < count; a++) {
      int j = columns[a];
      double x = Math.abs(values[a]) < LIMIT ? w * values[a] : Double.NaN;
      addTo(j, x);
      for (int c = 0, at = j * q; c < q; c++, at++) {
        cross[at] += x * row[c];
      }
      int start = starts[j];
      for (int b = a; b < count; b++) {
        s[start + columns[b]] += x * values[b];
      }
    }
  }

  /** By Knuth's two-sum. */
  private void addTo(int j, double x) {
    double sum = sums[j] + x;
    double part = sum - sums[j];
    lost[j] += (sums[j] - (sum - part)) + (x - part);
    sums[j] = sum;
  }

  @Override
  public Moments snapshot() {
    Moments moments = full.snapshot();
    int p = sums.length;
    double weightSum = moments.weightSum();
    Means means = Means.zeros(p);
    byte[] levels = new byte[p];
    for (int j = 0; j < p; j++) {
      if (weightSum > 0) {
        means.add(j, sums[j] / weightSum);
        means.add(j, (lost[j] + Math.fma(-means.high()[j], weightSum, sums[j])) / weightSum);
      }
    }
    Means known = moments.means();
    for (int i = 0; i < layout.stored(); i++) {
      means.set(layout.column(i), known, i);
      levels[layout.column(i)] = moments.units().level(i);
    }
    Triangle triangle = new Triangle(centered(moments), null);
    return new Moments(
        layout.inputs(),
        moments.rows(),
        weightSum,
        ColumnUnits.of(levels, means, triangle),
        means,
        triangle);
  }

  private SymMatrix centered(Moments moments) {
    int p = sums.length;
    int q = row.length;
    int[] places = layout.places();
    double[] offsets = full.meanOffsets();
    SymMatrix result = SymMatrix.zeros(p);
    double[] to = result.packed();
    double[] s = scatter.packed();
    for (int j = 0, at = 0; j < p; j++) {
      for (int i = j; i < p; i++, at++) {
        if (places[i] < 0 && places[j] < 0) {
          to[at] = centered(s[at], sums[i], sums[j], moments.weightSum());
        } else if (places[i] >= 0 && places[j] >= 0) {
          to[at] = moments.products(places[i], places[j]);
        } else {
          int nonzero = places[i] < 0 ? i : j;
          int place = Math.max(places[i], places[j]);
          to[at] = Math.fma(-sums[nonzero], offsets[place], cross[nonzero * q + place]);
        }
      }
    }
    return result;
  }

  /** {@code (W product - a b) / W}, of counts exact but for the division. */
  private static double centered(double product, double a, double b, double weightSum) {
    if (weightSum == 0) {
      return 0;
    }
    double first = weightSum * product;
    double second = a * b;
    double rest = Math.fma(weightSum, product, -first) - Math.fma(a, b, -second);
    return ((first - second) + rest) / weightSum;
  }

  /**
   * Whether every column that is stored by its nonzeros has kept its digits: it is not nearly
   * constant, and its size is ordinary.
   *
   * @param parts the moments of all rows, in parts
   */
  public static boolean keptDigits(SparseLayout layout, Collection<Moments> parts) {
    int[] places = layout.places();
    return IntStream.range(0, places.length).allMatch(j -> places[j] >= 0 || keptDigits(j, parts));
  }

  private static boolean keptDigits(int j, Collection<Moments> parts) {
    double weightSum = 0;
    double sum = 0;
    double squares = 0; // about 0
    for (Moments part : parts) {
      double mean = part.unitMean(j);
      weightSum += part.weightSum();
      sum += part.weightSum() * mean;
      squares += part.squares(j) + part.weightSum() * mean * mean;
    }
    double centered = squares - sum * (sum / weightSum);
    return squares == 0
        || (squares <= MOST_LOST * centered && squares >= weightSum / (LIMIT * LIMIT));
  }
}
