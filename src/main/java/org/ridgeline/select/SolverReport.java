package org.ridgeline.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.NullSpace;
import org.ridgeline.ridge.SolverKind;

/**
 * How the chosen model of one target was solved.
 *
 * @param solver by which method
 * @param rank the numerical rank of the scatter matrix
 * @param rcond the reciprocal condition number of the system
 * @param relativeResidual {@code |c - (G + lambda I) b| / |c|}
 * @param scales s_j, the column scales of the penalty
 * @param spectrum the eigenvalues of the scatter matrix, ascending, where the method knows them
 * @param cut what the model of the smallest lambda tried leaves out, if anything
 * @param foldsCut the folds whose training rows have more left out there than all rows have
 */
public record SolverReport(
    SolverKind solver,
    int rank,
    double rcond,
    double relativeResidual,
    Vec scales,
    Optional<Vec> spectrum,
    Optional<NullSpace> cut,
    List<Integer> foldsCut) {
  /** Copies the list. */
  public SolverReport {
    foldsCut = List.copyOf(foldsCut);
  }

  /** Reports on target {@code t} of a tuning. Cost: at most one factorization. */
  public static SolverReport of(TuningResult tuned, int t) {
    Optional<NullSpace> cut = cut(tuned, t);
    int all = cut.map(NullSpace::directions).orElse(0);
    List<Integer> foldsCut = new ArrayList<>();
    for (int f = 0; f < tuned.folds().fits().size(); f++) {
      if (tuned.folds().fits().get(f).cut() > all) {
        foldsCut.add(f);
      }
    }
    return new SolverReport(
        tuned.system().kind(),
        tuned.system().rank(),
        tuned.rcond(t),
        tuned.relativeResidual(t),
        tuned.problem().scales(),
        tuned.system() instanceof EigenSystem system
            ? Optional.of(system.eigenvalues())
            : Optional.empty(),
        cut,
        foldsCut);
  }

  private static Optional<NullSpace> cut(TuningResult tuned, int t) {
    LambdaGrid grid = tuned.target(t).grid();
    double smallest = Double.POSITIVE_INFINITY;
    for (int l = grid.from(); l < grid.to(); l++) {
      smallest = Math.min(smallest, grid.lambdas().get(l));
    }
    return tuned.system() instanceof EigenSystem system ? system.cut(smallest) : Optional.empty();
  }
}
