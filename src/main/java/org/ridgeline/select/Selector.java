package org.ridgeline.select;

import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.linalg.Vec;

/** Applies a {@link Rule} to the shown part of a grid, and extends that part at its edges. */
final class Selector {
  private final Rule rule;
  private final Optional<FoldScores> scores;
  private final Vec criterion;

  Selector(Rule rule, Optional<FoldScores> scores, Vec criterion) {
    this.rule = rule;
    this.scores = scores;
    this.criterion = criterion;
  }

  /** A grid with as many spare points uncovered as the choice asks for, and the choice. */
  record Result(LambdaGrid grid, Selection selection) {}

  Result select(LambdaGrid start) {
    LambdaGrid grid = start;
    while (true) {
      Selection selection = within(rule, scores, criterion, grid);
      int lowest = selection.chosen();
      int highest = selection.chosen();
      if (selection.minimum().isPresent() && rule.needsFolds()) {
        lowest = Math.min(lowest, selection.minimum().getAsInt());
        highest = Math.max(highest, selection.oneStandardError().getAsInt());
      }
      int from = lowest == grid.from() ? grid.from() - LambdaGrid.EXTENSION : grid.from();
      int to = highest == grid.to() - 1 ? grid.to() + LambdaGrid.EXTENSION : grid.to();
      LambdaGrid wider = grid.extendedTo(Math.max(0, from), Math.min(grid.lambdas().size(), to));
      if (wider.equals(grid)) {
        return new Result(grid, selection);
      }
      grid = wider;
    }
  }

  /** Returns the choice within the shown part of a grid. */
  static Selection within(Rule rule, Optional<FoldScores> scores, Vec criterion, LambdaGrid grid) {
    OptionalInt minimum = OptionalInt.empty();
    OptionalInt oneSe = OptionalInt.empty();
    if (scores.isPresent()) {
      int best = grid.best(scores.get().means());
      if (best >= 0) {
        minimum = OptionalInt.of(best);
        oneSe = OptionalInt.of(OneStandardError.of(grid, scores.get(), best));
      }
    }
    int standIn = middle(grid); // where nothing can be compared
    int chosen =
        switch (rule) {
          case CV_MIN -> minimum.orElse(standIn);
          case CV_1SE -> oneSe.orElse(standIn);
          case GCV, LOO, AIC, BIC, SURE, EVIDENCE -> {
            int best = grid.best(criterion.toArray());
            yield best < 0 ? standIn : best;
          }
          case GIVEN -> grid.from();
        };
    int judged = rule == Rule.CV_1SE ? minimum.orElse(standIn) : chosen;
    return new Selection(rule, chosen, minimum, oneSe, isExtreme(grid, judged));
  }

  private static int middle(LambdaGrid grid) {
    return (grid.from() + grid.to() - 1) / 2;
  }

  /** Whether lambda {@code l} is the smallest or largest of at least 3. */
  private static boolean isExtreme(LambdaGrid grid, int l) {
    int smaller = 0;
    int larger = 0;
    for (int i = grid.from(); i < grid.to(); i++) {
      smaller += grid.lambdas().get(i) < grid.lambdas().get(l) ? 1 : 0;
      larger += grid.lambdas().get(i) > grid.lambdas().get(l) ? 1 : 0;
    }
    return grid.size() >= 3 && (smaller == 0 || larger == 0);
  }
}
