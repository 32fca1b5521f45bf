package org.ridgeline.moments;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.SymMatrix;

/**
 * Takes rows away from moments: with A all rows, B those to go, {@code W = W_A - W_B} and delta the
 * difference of the means of B and A,
 *
 * <pre>
 * mean = mean_A - (W_B / W) delta
 * S    = S_A - S_B - (W_A W_B / W) delta delta'
 * </pre>
 *
 * <p>Both are in the units of all rows. S is computed in about 32 digits and then rounded, but S_A
 * and S_B were rounded before: column j of the remainder loses {@code log10(S_A,jj / S_jj)} of its
 * 16 digits, the weight {@code log10(W_A / W)}. Where more than {@link #MOST_DIGITS} go, or the
 * remainder cannot be that of any rows, nothing is returned; nor where the rows themselves are
 * kept. The remainder has no triangular factor. Cost: {@code p^2} operations and a factorization of
 * {@code p^3 / 3} flops, for each fold that loses rows.
 */
public final class MomentsSubtraction {
  /** The most digits that may be lost: half of a double's. */
  public static final double MOST_DIGITS = 8;

  private static final double DIGITS = 16;
  private static final double MOST_ROUNDING = 1e-14; // of the whole, by which a sum may be below 0

  private final List<String> names;
  private double digitsLost;

  private MomentsSubtraction(List<String> names) {
    this.names = names;
  }

  /** Whether folds that lose all their rows stay. */
  public enum EmptyFolds {
    /** They stay: a hash may assign later rows to them. */
    KEPT,
    /** They are removed: their value no longer occurs. */
    DROPPED
  }

  /**
   * What remains.
   *
   * @param moments of the rows that were not taken away
   * @param digitsLost of 16, in the column that lost most
   */
  public record Remainder(FoldedMoments moments, double digitsLost) {}

  /**
   * Takes the rows of {@code part} out of {@code whole}, fold by fold.
   *
   * @param names of the p columns, for messages
   * @throws IllegalArgumentException naming fold and column, when rows are taken away that are not
   *     there, too many digits would be lost, or nothing would remain
   */
  public static Remainder of(
      FoldedMoments whole, FoldedMoments part, List<String> names, EmptyFolds empty) {
    for (int f = 0; f < part.folds(); f++) {
      Check.that(
          part.fold(f).rows() == 0 || find(whole, part.label(f)).isPresent(),
          "Cannot subtract: there is no fold '%s' to take rows from",
          part.label(f));
    }
    MomentsSubtraction subtraction = new MomentsSubtraction(names);
    List<String> labels = new ArrayList<>();
    List<Moments> folds = new ArrayList<>();
    for (int f = 0; f < whole.folds(); f++) {
      OptionalInt same = find(part, whole.label(f));
      Moments fold =
          same.isEmpty()
              ? whole.fold(f).copy()
              : subtraction.minus(whole.fold(f), part.fold(same.getAsInt()), whole.label(f));
      if (fold.rows() > 0 || empty == EmptyFolds.KEPT) {
        labels.add(whole.label(f));
        folds.add(fold);
      }
    }
    Check.that(
        folds.stream().anyMatch(fold -> fold.weightSum() > 0),
        "Cannot subtract: no rows of positive weight would remain");
    return new Remainder(FoldedMoments.of(labels, folds), subtraction.digitsLost);
  }

  private static OptionalInt find(FoldedMoments moments, String label) {
    for (int f = 0; f < moments.folds(); f++) {
      if (moments.label(f).equals(label)) {
        return OptionalInt.of(f);
      }
    }
    return OptionalInt.empty();
  }

  private Moments minus(Moments all, Moments some, String fold) {
    requireAmong(all, some, fold);
    ColumnUnits units = all.units().joined(some.units());
    Moments whole = all.in(units);
    Moments part = some.in(units);
    if (part.rows() == 0) {
      return whole.copy();
    }
    Check.that(
        !whole.keepsRows() && !part.keepsRows(),
        "Cannot subtract: fold '%s' keeps its rows, not their sums; merge the moments that remain"
            + " instead",
        fold);
    long rows = whole.rows() - part.rows();
    double weight = whole.weightSum() - part.weightSum();
    if (rows == 0 || weight == 0) {
      Check.that(
          weight <= 1e-9 * whole.weightSum(),
          "Cannot subtract: fold '%s' would have no rows, but a weight of %s: these are not the"
              + " same rows",
          fold,
          weight);
      Moments none = Moments.empty(whole.inputs(), whole.targets());
      return new Moments(whole.inputs(), rows, 0, none.units(), none.means(), none.scatter());
    }
    lose(Math.log10(whole.weightSum() / weight), "the weight", fold);
    Moments rest =
        new Moments(whole.inputs(), rows, weight, units, means(whole, part), scatter(whole, part));
    requireSound(whole, rest, fold);
    return rest;
  }

  private static void requireAmong(Moments whole, Moments part, String fold) {
    Check.that(
        whole.inputs() == part.inputs() && whole.targets() == part.targets(),
        "Cannot subtract moments: expected %d inputs and %d targets, got %d and %d",
        whole.inputs(),
        whole.targets(),
        part.inputs(),
        part.targets());
    Check.that(
        part.rows() <= whole.rows() && part.weightSum() <= whole.weightSum(),
        "Cannot subtract: fold '%s' has %d rows of weight %s, fewer than the %d of weight %s that"
            + " are to be taken away",
        fold,
        whole.rows(),
        whole.weightSum(),
        part.rows(),
        part.weightSum());
  }

  private static Means means(Moments whole, Moments part) {
    double ratio = part.weightSum() / (whole.weightSum() - part.weightSum());
    Means means = whole.means().copy();
    for (int j = 0; j < means.size() && part.weightSum() > 0; j++) {
      means.add(j, -ratio * part.means().minus(whole.means(), j));
    }
    return means;
  }

  private static SymMatrix scatter(Moments whole, Moments part) {
    int p = whole.inputs() + whole.targets();
    double between =
        whole.weightSum() * (part.weightSum() / (whole.weightSum() - part.weightSum()));
    double[] delta = new double[p];
    for (int j = 0; j < p && part.weightSum() > 0; j++) {
      delta[j] = part.means().minus(whole.means(), j);
    }
    SymMatrix rest = SymMatrix.zeros(p);
    double[] s = rest.packed();
    double[] a = whole.scatter().packed();
    double[] b = part.scatter().packed();
    for (int j = 0, at = 0; j < p; j++) {
      double shift = between * delta[j];
      double shiftRest = Math.fma(between, delta[j], -shift);
      for (int i = j; i < p; i++, at++) {
        double product = shift * delta[i];
        double rounded = Math.fma(shift, delta[i], -product) + shiftRest * delta[i];
        s[at] = difference(a[at], b[at], product, rounded);
      }
    }
    return rest;
  }

  /** {@code a - b - (c + tail)} with the roundings of both differences added at the end. */
  private static double difference(double a, double b, double c, double tail) {
    double first = a - b;
    double second = first - c;
    return second + (rounding(a, b, first) + rounding(first, c, second) - tail);
  }

  /** {@code (a - b) - difference}, exactly (Knuth's two-sum). */
  private static double rounding(double a, double b, double difference) {
    double part = difference - a;
    return (a - (difference - part)) - (b + part);
  }

  private void requireSound(Moments whole, Moments rest, String fold) {
    double most = 0;
    for (int j = 0; j < names.size(); j++) {
      double before = whole.scatter().get(j, j);
      int at = rest.scatter().offset(j);
      double after = rest.scatter().packed()[at];
      double ulp = 4 * Math.ulp(whole.unitMean(j));
      if (before <= whole.weightSum() * ulp * ulp) {
        rest.scatter().packed()[at] = Math.max(0, after); // constant: rounding alone
        continue;
      }
      Check.that(
          after >= -MOST_ROUNDING * before,
          "Cannot subtract: column \"%s\" of fold '%s' would have a negative sum of squares (%s): the"
              + " rows to be taken away are not among the others",
          names.get(j),
          fold,
          after);
      double lost = after <= 0 ? DIGITS : Math.min(DIGITS, Math.log10(before / after));
      lose(lost, "column \"" + names.get(j) + "\"", fold);
      most = Math.max(most, lost);
    }
    double shift = 4 * names.size() * Math.ulp(1.0) * Math.pow(10, most);
    OptionalInt broken = Cholesky.firstIndefinite(rest.scatter(), shift);
    Check.that(
        broken.isEmpty(),
        "Cannot subtract: column \"%s\" of fold '%s' would be correlated with those before it by"
            + " more than 1: the rows to be taken away are not among the others",
        broken.isEmpty() ? "" : names.get(broken.getAsInt()),
        fold);
  }

  private void lose(double digits, String what, String fold) {
    Check.that(
        digits <= MOST_DIGITS,
        "Cannot subtract: %s of fold '%s' would lose %.0f of its 16 digits, and %.0f are the most;"
            + " merge the moments that remain instead",
        what,
        fold,
        digits,
        MOST_DIGITS);
    digitsLost = Math.max(digitsLost, digits);
  }
}
