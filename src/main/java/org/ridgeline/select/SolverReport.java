package org.ridgeline.select;

import java.util.Optional;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
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
 */
public record SolverReport(
    SolverKind solver,
    int rank,
    double rcond,
    double relativeResidual,
    Vec scales,
    Optional<Vec> spectrum) {
  /** Reports on target {@code t} of a tuning. Cost: at most one factorization. */
  public static SolverReport of(TuningResult tuned, int t) {
    return new SolverReport(
        tuned.system().kind(),
        tuned.system().rank(),
        tuned.rcond(t),
        tuned.relativeResidual(t),
        tuned.problem().scales(),
        tuned.system() instanceof EigenSystem system
            ? Optional.of(system.eigenvalues())
            : Optional.empty());
  }
}
