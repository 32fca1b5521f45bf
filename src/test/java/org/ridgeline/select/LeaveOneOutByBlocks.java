package org.ridgeline.select;

import java.util.List;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RotatedModels;

/** Leave-one-out errors of rows in memory. */
final class LeaveOneOutByBlocks {
  private LeaveOneOutByBlocks() {}

  static List<LeaveOneOut> of(Rows rows, RidgeSpec spec, List<Vec> lambdas) {
    return of(
        rows,
        RotatedModels.of(EigenSystem.of(RidgeProblem.of(rows.moments(), spec)), lambdas),
        lambdas);
  }

  /** The results of all targets, rows scored in blocks of 5 that are merged. */
  static List<LeaveOneOut> of(Rows rows, RotatedModels models, List<Vec> lambdas) {
    LeaveOneOutSums total = new LeaveOneOutSums(models.size());
    int p = rows.inputs() + rows.targets();
    for (int from = 0; from < rows.size(); from += 5) {
      int count = Math.min(5, rows.size() - from);
      double[] values = new double[count * p];
      for (int r = 0; r < count; r++) {
        for (int j = 0; j < p; j++) {
          values[r * p + j] =
              j < rows.inputs() ? rows.x(from + r, j) : rows.y(from + r, j - rows.inputs());
        }
      }
      LeaveOneOutSums sums = new LeaveOneOutSums(models.size());
      int first = from;
      sums.add(models, values, count, r -> rows.w(first + r));
      total.merge(sums);
    }
    return total.results(lambdas);
  }
}
