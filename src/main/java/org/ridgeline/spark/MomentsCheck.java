package org.ridgeline.spark;

import java.util.Locale;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;

/** What must hold of the moments of the data before anything is solved. */
final class MomentsCheck {
  private static final double ROUNDING = 4;

  private MomentsCheck() {}

  /**
   * Checks them.
   *
   * @throws DataException naming the first rule that is broken
   */
  static void check(FoldedMoments folded, Design design) {
    Moments total = folded.total();
    int k = folded.folds();
    require(total.rows() > 0, "the input has no rows");
    require(
        total.rows() >= k,
        "there %s for %d folds; use fewer --folds",
        total.rows() == 1 ? "is 1 row" : "are " + total.rows() + " rows",
        k);
    require(
        total.weightSum() > 0,
        "all weights in column %s are 0",
        Names.quoted(design.weightTerm().map(Term::column).orElse("")));
    checkFolds(folded, design);
    for (int j = 0; j < design.width(); j++) {
      boolean finite = Double.isFinite(total.mean(j)) && Double.isFinite(total.scatter().get(j, j));
      require(
          finite,
          "the squares of column %s overflow (mean %.3g); divide it by a large number",
          Names.quoted(design.name(j)),
          total.mean(j));
    }
    for (int t = 0; design.intercept() == Intercept.FREE && t < design.targets(); t++) {
      checkLabel(total, design.inputs() + t, design.targetNames().get(t));
    }
  }

  private static void checkFolds(FoldedMoments folded, Design design) {
    for (int f = 0; f < folded.folds(); f++) {
      require(
          folded.fold(f).rows() > 0,
          "fold %d of %d has no rows; use a --seed other than %d, fewer --folds, or choose the folds by"
              + " --fold-col",
          f,
          folded.folds(),
          design.folds().seed());
      require(
          folded.fold(f).weightSum() > 0 || design.weightTerm().isEmpty(),
          "all weights of fold %s are 0; use a --seed other than %d, or choose the folds by"
              + " --fold-col",
          folded.label(f),
          design.folds().seed());
    }
  }

  private static void checkLabel(Moments total, int j, String name) {
    double rounding = ROUNDING * Math.ulp(total.mean(j));
    require(
        total.scatter().get(j, j) > total.weightSum() * rounding * rounding,
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
}
