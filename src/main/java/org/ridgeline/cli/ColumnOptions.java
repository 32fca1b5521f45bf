package org.ridgeline.cli;

import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.select.SplitRule;

/** The options that say which column is what, as {@link ColumnRoles}. */
final class ColumnOptions {
  private static final int MOST = Integer.MAX_VALUE / SplitRule.FINE;

  private ColumnOptions() {}

  /** Whether a run has folds. */
  enum Folds {
    SEVERAL,
    NONE
  }

  /**
   * Returns the columns of a training.
   *
   * @param folded whether there are folds
   */
  static ColumnRoles of(Settings settings, Folds folded, Intercept intercept) {
    Check.that(!settings.list(Setting.LABEL).isEmpty(), "Cannot train: --label is needed");
    return new ColumnRoles(
        settings.list(Setting.LABEL),
        settings.commas(Setting.FEATURES),
        settings.commas(Setting.CATEGORICAL),
        settings.text(Setting.WEIGHT),
        folded == Folds.SEVERAL ? foldRule(settings) : FoldRule.single(),
        intercept);
  }

  private static FoldRule foldRule(Settings settings) {
    int asked = (int) Math.min(MOST, settings.whole(Setting.FOLDS, 2));
    int folds = ValidationOptions.areRepeated(settings) ? SplitRule.FINE * asked : asked;
    long seed = settings.whole(Setting.SEED, Long.MIN_VALUE);
    Optional<String> foldColumn = settings.text(Setting.FOLD_COL);
    Optional<String> group = settings.text(Setting.GROUP_COL);
    Optional<String> id = settings.text(Setting.ID_COL);
    Check.that(
        foldColumn.isEmpty() || (group.isEmpty() && id.isEmpty()),
        "Cannot make folds: --fold-col gives them, so --group-col and --id-col have no place");
    Check.that(
        group.isEmpty() || id.isEmpty(),
        "Cannot make folds: give --group-col or --id-col, not both; the rows of a group share a"
            + " fold");
    if (foldColumn.isPresent()) {
      return FoldRule.byColumn(foldColumn.get());
    }
    return group
        .or(() -> id)
        .map(column -> FoldRule.hashedBy(column, folds, seed))
        .orElseGet(() -> FoldRule.hashed(folds, seed));
  }
}
