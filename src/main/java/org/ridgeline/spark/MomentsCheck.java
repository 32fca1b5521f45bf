package org.ridgeline.spark;

import java.util.List;
import java.util.Locale;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;

/** What must hold of the moments of the data before anything is solved. */
public final class MomentsCheck {
  private static final double ROUNDING = 4;

  /** Mean squares of labels that keep their digits; squares of errors are smaller. */
  private static final double LEAST_SQUARE = 1e-290;

  private static final double MOST_SQUARES = 1e295; // of a sum

  /** Sums of weights whose products with squares of columns in their units are in range. */
  private static final double MOST_WEIGHT = 0x1p400;

  private static final double LEAST_WEIGHT = 0x1p-400;

  private MomentsCheck() {}

  /** What the first columns are. */
  enum Source {
    /** The inputs. */
    ROWS,
    /** The features of a map. */
    MAP
  }

  /** Folds without rows. */
  enum EmptyFolds {
    REFUSED,
    ALLOWED
  }

  /**
   * Checks the moments of the rows, or of the features of a map.
   *
   * @throws DataException naming the first rule that is broken
   */
  static void check(FoldedMoments folded, Design design, Source source, EmptyFolds emptyFolds) {
    Moments total = folded.total();
    int k = folded.folds();
    require(total.rows() > 0, "the input has no rows");
    require(
        total.rows() >= k || emptyFolds == EmptyFolds.ALLOWED,
        Remedy.of("use fewer folds (%s)", Option.FOLDS),
        "there %s for %d folds",
        total.rows() == 1 ? "is 1 row" : "are " + total.rows() + " rows",
        k);
    require(
        total.weightSum() > 0,
        "all weights in column %s are 0",
        Names.quoted(design.weightTerm().map(Term::column).orElse("")));
    checkWeights(total.weightSum(), design);
    if (emptyFolds == EmptyFolds.REFUSED) {
      checkFolds(folded, design);
    }
    if (source == Source.MAP) {
      checkFeatures(total);
    }
    for (int t = 0; t < total.targets(); t++) {
      checkRange(total, total.inputs() + t, design.targetNames().get(t));
    }
  }

  /**
   * Checks that the products of weights and squares are within the range of doubles.
   *
   * @throws DataException naming the column of weights
   */
  static void checkWeights(double sum, Design design) {
    require(
        sum >= LEAST_WEIGHT && sum <= MOST_WEIGHT,
        "the weights in column %s sum to %.3g, and %.2g to %.2g is possible; %s them by a large"
            + " number",
        Names.quoted(design.weightTerm().map(Term::column).orElse("")),
        sum,
        LEAST_WEIGHT,
        MOST_WEIGHT,
        sum < 1 ? "multiply" : "divide");
  }

  /**
   * Checks that the squares of labels are within the range of doubles, and that none has one value
   * only, where there is an intercept.
   *
   * @throws DataException naming the first that breaks a rule
   */
  public static void checkLabels(Moments total, List<String> names, Intercept intercept) {
    for (int t = 0; t < total.targets(); t++) {
      int j = total.inputs() + t;
      checkRange(total, j, names.get(t));
      if (intercept == Intercept.FREE) {
        checkVaries(total, j, names.get(t));
      }
    }
  }

  /** Checks the features of a map, which are not scaled afterwards. */
  private static void checkFeatures(Moments total) {
    for (int j = 0; j < total.inputs(); j++) {
      double unit = total.units().unit(j);
      double size = Math.max(Math.abs(total.unitMean(j)), Math.sqrt(total.unitVariance(j))) * unit;
      require(
          total.weightSum() * size * size < MOST_SQUARES,
          Remedy.of("clip them with %s", Option.CLIP),
          "feature z%d of the map overflows (mean %.3g): some input values are too large",
          j,
          total.mean(j));
    }
  }

  /** Squares of errors are results, so labels have no unit that would bring them into the range. */
  private static void checkRange(Moments total, int j, String name) {
    double mean = Math.abs(total.mean(j));
    double sum = total.squares(j) + total.weightSum() * mean * mean;
    double variance = total.unitVariance(j);
    require(
        sum < MOST_SQUARES,
        "the label %s is too large: squares of its errors, which are results, overflow where labels"
            + " exceed about 1e145; divide it by 1e200",
        Names.quoted(name));
    boolean constant = total.units().isZero(j) || mean >= Math.sqrt(LEAST_SQUARE);
    require(
        variance >= LEAST_SQUARE || (variance == 0 && constant),
        "the label %s is too small: squares of its errors, which are results, underflow where labels"
            + " vary by less than about 1e-145; multiply it by 1e200",
        Names.quoted(name));
  }

  private static void checkFolds(FoldedMoments folded, Design design) {
    long seed = design.folds().seed();
    for (int f = 0; f < folded.folds(); f++) {
      require(
          folded.fold(f).rows() > 0,
          Remedy.of(
              "use a seed other than %d (%s), fewer folds (%s), or choose the folds by %s",
              seed, Option.SEED, Option.FOLDS, Option.FOLD_COL),
          "fold %d of %d has no rows",
          f,
          folded.folds());
      requireWeight(folded.fold(f), folded.label(f), design);
    }
  }

  private static void requireWeight(Moments fold, String label, Design design) {
    if (fold.weightSum() > 0 || design.weightTerm().isEmpty()) {
      return;
    }
    String weight = Names.quoted(design.weightTerm().get().column());
    if (design.folds().kind() == FoldRule.Kind.COLUMN) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "all weights in column %s are 0 where column %s is %s: leave these rows out, or give"
                  + " them to another fold",
              weight,
              Names.quoted(design.folds().column()),
              Names.quoted(label)));
    }
    throw new DataException(
        String.format(Locale.ROOT, "all weights in column %s are 0 in fold %s", weight, label),
        Remedy.of(
            "use a seed other than %d (%s), or choose the folds by %s",
            design.folds().seed(), Option.SEED, Option.FOLD_COL));
  }

  private static void checkVaries(Moments total, int j, String name) {
    double rounding = ROUNDING * Math.ulp(total.mean(j));
    require(
        total.squares(j) > total.weightSum() * rounding * rounding,
        "the label %s has the same value, %s, in %s: there is nothing to predict",
        Names.quoted(name),
        total.mean(j),
        total.rows() == 1 ? "the only row" : "all " + total.rows() + " rows");
  }

  private static void require(boolean condition, String sentence, Object... values) {
    if (!condition) {
      throw new DataException(String.format(Locale.ROOT, sentence, values));
    }
  }

  private static void require(boolean condition, Remedy remedy, String sentence, Object... values) {
    if (!condition) {
      throw new DataException(String.format(Locale.ROOT, sentence, values), remedy);
    }
  }
}
