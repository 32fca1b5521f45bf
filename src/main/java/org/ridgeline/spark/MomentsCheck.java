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

  /** Mean squares that keep their digits: of columns, and of labels, whose errors are smaller. */
  private static final double LEAST_SQUARE = 1e-305;

  private static final double LEAST_LABEL_SQUARE = 1e-290;

  private MomentsCheck() {}

  /** What the first columns are. */
  enum Source {
    /** The inputs. */
    ROWS,
    /** The features of a map. */
    MAP
  }

  /**
   * Checks the moments of the rows, or of the features of a map.
   *
   * @throws DataException naming the first rule that is broken
   */
  static void check(FoldedMoments folded, Design design, Source source) {
    Moments total = folded.total();
    int k = folded.folds();
    require(total.rows() > 0, "the input has no rows");
    require(
        total.rows() >= k,
        Remedy.of("use fewer folds (%s)", Option.FOLDS),
        "there %s for %d folds",
        total.rows() == 1 ? "is 1 row" : "are " + total.rows() + " rows",
        k);
    require(
        total.weightSum() > 0,
        "all weights in column %s are 0",
        Names.quoted(design.weightTerm().map(Term::column).orElse("")));
    require(
        k > 1 || design.folds().kind() != FoldRule.Kind.COLUMN,
        "the fold column %s has the same value in all rows; folds need at least two",
        Names.quoted(design.folds().column()));
    checkFolds(folded, design);
    checkFinite(total, design, source);
    if (design.intercept() == Intercept.FREE) {
      checkLabels(total, design.targetNames());
    }
  }

  /**
   * Checks that no label has one value only.
   *
   * @throws DataException naming the first that has
   */
  public static void checkLabels(Moments total, List<String> names) {
    for (int t = 0; t < total.targets(); t++) {
      checkLabel(total, total.inputs() + t, names.get(t));
    }
  }

  private static void checkFinite(Moments total, Design design, Source source) {
    int d = total.inputs();
    for (int j = 0; j < d + total.targets(); j++) {
      boolean finite = Double.isFinite(total.mean(j)) && Double.isFinite(total.squares(j));
      require(
          finite || (source == Source.MAP && j < d),
          "the squares of column %s overflow (mean %.3g); divide it by a large number",
          Names.quoted(
              j < d
                  ? source == Source.MAP ? "z" + j : design.name(j)
                  : design.targetNames().get(j - d)),
          total.mean(j));
      require(
          finite,
          Remedy.of("clip them with %s", Option.CLIP),
          "feature z%d of the map overflows (mean %.3g): some input values are too large",
          j,
          total.mean(j));
      checkUnderflow(total, j, design, source);
    }
  }

  /** Squares below the smallest numbers lose their digits, or leave nothing that varies. */
  private static void checkUnderflow(Moments total, int j, Design design, Source source) {
    int d = total.inputs();
    if (source == Source.MAP && j < d) {
      return; // a small feature is a small part of the kernel
    }
    double least = j < d ? LEAST_SQUARE : LEAST_LABEL_SQUARE;
    double variance = total.squares(j) / total.weightSum();
    double mean = Math.abs(total.mean(j));
    boolean underflows = variance > 0 ? variance < least : mean > 0 && mean < Math.sqrt(least);
    require(
        !underflows,
        "the squares of column %s underflow (mean %.3g); multiply it by a large number",
        Names.quoted(j < d ? design.name(j) : design.targetNames().get(j - d)),
        total.mean(j));
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
      require(
          folded.fold(f).weightSum() > 0 || design.weightTerm().isEmpty(),
          Remedy.of(
              "use a seed other than %d (%s), or choose the folds by %s",
              seed, Option.SEED, Option.FOLD_COL),
          "all weights of fold %s are 0",
          folded.label(f));
    }
  }

  private static void checkLabel(Moments total, int j, String name) {
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
