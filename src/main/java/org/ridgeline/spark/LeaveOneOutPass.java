package org.ridgeline.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.UsageException;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RotatedModels;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.select.LeaveOneOutSums;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningResult;

/**
 * The second pass of {@code --select loo}: every row left out of every model of a tuning.
 *
 * @param design the columns
 * @param onInvalid what becomes of rows with invalid values
 * @param rows the data
 * @param meter counts the pass
 */
public record LeaveOneOutPass(
    Design design, OnInvalid onInvalid, Dataset<Row> rows, PassMeter meter) {

  /**
   * Reads the rows again and chooses by what they say.
   *
   * @throws IllegalArgumentException when unscaled columns differ too much in size for the
   *     eigenvectors that this takes
   */
  public TuningResult choose(TuningResult tuned) {
    return choose(tuned, run(LeftOutModels.of(rotated(tuned))).get(0));
  }

  /** Reads the rows once. */
  public List<LeaveOneOutSums> run(LeftOutModels models) {
    return LeaveOneOutJob.of(design, onInvalid).run(rows, models, meter);
  }

  /** Chooses by what a pass has summed up. */
  public static TuningResult choose(TuningResult tuned, LeaveOneOutSums sums) {
    return Tuning.withLeaveOneOut(tuned, sums.results(lambdas(tuned)));
  }

  /** The models of a tuning, ready to be left each row out of. */
  public static RotatedModels rotated(TuningResult tuned) {
    return RotatedModels.of(system(tuned), lambdas(tuned));
  }

  private static List<Vec> lambdas(TuningResult tuned) {
    return tuned.targets().stream().map(target -> target.path().lambdas()).toList();
  }

  private static EigenSystem system(TuningResult tuned) {
    if (tuned.system() instanceof EigenSystem eigen) {
      return eigen;
    }
    RidgeProblem problem = tuned.problem();
    if (!SolverTable.suitsEigen(problem)) {
      throw new UsageException(
          "Cannot choose lambda by loo: the sizes of the unscaled columns differ too much for the"
              + " eigenvectors that it takes",
          Remedy.of(
              "use %s or another rule (%s)",
              Option.STANDARDIZE.to(Words.of(Scaling.POPULATION)), Option.SELECT));
    }
    return EigenSystem.of(problem);
  }
}
