package org.ridgeline.train;

import java.util.List;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.report.PlainTable;
import org.ridgeline.train.WarningList.Concern;

/** The warnings of a successful training. */
final class TrainingWarnings {
  private static final int SHOWN = 10;

  private TrainingWarnings() {}

  /** Returns the warnings of a training, the costliest first. */
  static List<Explanation> of(TrainingResult training) {
    WarningList warnings = new WarningList();
    training.moments().warnings().forEach(warning -> warnings.add(Concern.DATA, warning));
    warnOfSkipped(training, warnings);
    warnOfCategories(training, warnings);
    ColumnWarnings.warn(training, warnings);
    ChoiceWarnings.warn(training, warnings);
    return warnings.ordered();
  }

  private static void warnOfSkipped(TrainingResult training, WarningList warnings) {
    List<String> skipped = training.moments().skipped();
    if (!skipped.isEmpty()) {
      warnings.add(
          Concern.DATA,
          Explanation.of(
              "Not used as features: " + PlainTable.names(skipped, SHOWN),
              Remedy.of(
                  "for text use %s, or name what to use in %s",
                  Option.CATEGORICAL, Option.FEATURES)));
    }
  }

  /** A category of one level says nothing beside an intercept. */
  private static void warnOfCategories(TrainingResult training, WarningList warnings) {
    List<String> single =
        training.moments().columns().inputs().stream()
            .filter(input -> input.levels().size() == 1 && input.names().isEmpty())
            .map(input -> input.column() + " = " + input.levels().get(0))
            .toList();
    if (!single.isEmpty()) {
      warnings.add(
          Concern.DATA,
          "Categorical columns of one level, which give no feature: "
              + Names.listed(single, SHOWN));
    }
  }
}
