package org.ridgeline.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.linalg.Check;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.Tuning;

/** The second pass of {@code --select loo}: every row left out of every model of a tuning. */
public final class LeaveOneOutPass {
  private LeaveOneOutPass() {}

  /**
   * Reads the rows again and chooses by what they say.
   *
   * @throws IllegalArgumentException when unscaled columns differ too much in size for the
   *     eigenvectors that this takes
   */
  public static Tuned choose(
      Tuned tuned, Design design, OnInvalid onInvalid, Dataset<Row> rows, PassMeter meter) {
    List<Vec> lambdas = tuned.targets().stream().map(target -> target.path().lambdas()).toList();
    EigenSystem system = system(tuned);
    return Tuning.withLeaveOneOut(
        tuned,
        LeaveOneOutJob.of(design, onInvalid)
            .run(rows, system.rotated(lambdas), meter)
            .results(lambdas));
  }

  private static EigenSystem system(Tuned tuned) {
    if (tuned.system() instanceof EigenSystem eigen) {
      return eigen;
    }
    RidgeProblem problem = tuned.problem();
    Check.that(
        SolverTable.suitsEigen(problem),
        "Cannot choose lambda by loo: the sizes of the unscaled columns differ too much for the"
            + " eigenvectors that it takes; use --standardize population or another --select");
    return EigenSystem.of(problem);
  }
}
