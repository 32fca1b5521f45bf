package org.ridgeline.spark;

import java.util.Locale;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

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
        total.rows() >= k, "there are %d rows for %d folds; use fewer --folds", total.rows(), k);
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
    for (int t = 0; t < design.targets(); t++) {
      checkLabel(total, design.inputs() + t, design.targetNames().get(t));
    }
  }

  private static void checkFolds(FoldedMoments folded, Design design) {
    for (int f = 0; f < folded.folds(); f++) {
      require(
          folded.fold(f).rows() > 0,
          "fold %d of %d has no rows; use another --seed, fewer --folds, or choose the folds by"
              + " --fold-col",
          f,
          folded.folds());
      require(
          folded.fold(f).weightSum() > 0 || design.weightTerm().isEmpty(),
          "all weights of fold %s are 0; use another --seed, or choose the folds by --fold-col",
          folded.label(f));
    }
  }

  private static void checkLabel(Moments total, int j, String name) {
    double rounding = ROUNDING * Math.ulp(total.mean(j));
    require(
        total.scatter().get(j, j) > total.weightSum() * rounding * rounding,
        "the label %s has the same value, %s, in all %d rows: there is nothing to predict",
        Names.quoted(name),
        total.mean(j),
        total.rows());
  }

  private static void require(boolean condition, String sentence, Object... values) {
    if (!condition) {
      throw new DataException(String.format(Locale.ROOT, sentence, values));
    }
  }
}
