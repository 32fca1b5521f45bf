package org.ridgeline.train;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.ColumnDiagnosis;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;

/**
 * Whether the numbers of a fit are within the range of doubles. Sums are, whatever the size of a
 * column; its squares in its own unit, which a fit without standardization or a prior needs, and
 * its coefficients need not be.
 */
final class ColumnRange {
  private static final double LEAST_SCALE = 1e-140; // of columns that a prior knows in their unit
  private static final double MOST_SCALE = 1e140;
  private static final double LEAST_RATIO = -310; // of deviations, as exponents of ten
  private static final double MOST_RATIO = 305;

  private ColumnRange() {}

  /**
   * Checks that the columns of these moments can be fitted.
   *
   * @throws DataException naming the first that cannot
   */
  static void require(MomentsSet set, RidgeSpec spec) {
    Moments total = set.moments().total();
    List<String> names = set.columns().features();
    OptionalInt outside = RidgeProblem.firstOutsideRange(total, spec);
    if (outside.isPresent()) {
      int j = outside.getAsInt();
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the squares of column %s %s without standardization (mean %.3g)",
              Names.quoted(names.get(j)),
              total.units().unit(j) < 1 ? "underflow" : "overflow",
              total.mean(j)),
          Remedy.of("use %s, or rescale the column", Option.STANDARDIZE.to("population")));
    }
    for (int j = 0; j < total.inputs() && isScaled(spec); j++) {
      if (!ColumnDiagnosis.isConstant(total, j)) {
        for (int t = 0; t < total.targets(); t++) {
          requireCoefficient(total, j, t, names.get(j), set.columns().labels().get(t));
        }
      }
    }
  }

  private static boolean isScaled(RidgeSpec spec) {
    return spec.scaling() == Scaling.POPULATION || spec.scaling() == Scaling.SAMPLE;
  }

  private static void requireCoefficient(
      Moments total, int j, int t, String feature, String label) {
    double deviation = // as an exponent of ten
        Math.log10(total.unitVariance(j)) / 2 + Math.log10(total.units().unit(j));
    double ratio = Math.log10(total.targetDeviation(t)) - deviation;
    if (ratio < LEAST_RATIO || ratio > MOST_RATIO) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the coefficient of column %s for the label %s, of size 1e%.0f, is beyond the range of"
                  + " doubles; %s the column by a large number",
              Names.quoted(feature),
              Names.quoted(label),
              ratio,
              ratio < 0 ? "divide" : "multiply"));
    }
  }

  /**
   * Checks that the precision of an earlier run can be given in the columns' own units.
   *
   * @throws DataException naming the first that cannot
   */
  static void requirePrecision(RidgeProblem problem, List<String> features) {
    for (int j = 0; j < features.size(); j++) {
      double scale = problem.scales().get(j);
      if (scale < LEAST_SCALE || scale > MOST_SCALE) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "cannot use the prior: the squares of column %s, of deviation %.3g, are beyond the"
                    + " range of doubles; rescale the column in both runs",
                Names.quoted(features.get(j)),
                scale));
      }
    }
  }
}
