package org.ridgeline.select;

import java.util.Optional;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgePath;

/**
 * The tuning of one target. Paths and scores cover all lambdas of the grid, spare ones included;
 * only those from {@code grid.from()} to {@code grid.to()} are shown.
 *
 * @param grid the lambdas
 * @param path the fits to all rows
 * @param scores the held-out errors, if there were folds
 * @param criteria what the moments of all rows say
 * @param selection what was chosen
 */
public record TunedTarget(
    LambdaGrid grid,
    RidgePath path,
    Optional<FoldScores> scores,
    Criteria criteria,
    Selection selection) {
  /** The chosen lambda, sum convention. */
  public double lambda() {
    return grid.lambdas().get(selection.chosen());
  }

  /** This without coefficients: paths and scores only, which are small. */
  public TunedTarget withoutCoefficients() {
    PathCoefficients all = path.coefficients();
    Matrix none = Matrix.zeros(0, all.lambdas().size());
    RidgePath thin =
        path.withCoefficients(new PathCoefficients(all.lambdas(), none, all.intercepts()));
    return new TunedTarget(grid, thin, scores, criteria, selection);
  }

  /** The coefficients of the chosen model, original columns; empty when they were dropped. */
  public Vec coefficients() {
    return Vec.owning(path.coefficients().matrix().columnCopy(selection.chosen()));
  }

  /** The intercept of the chosen model. */
  public double intercept() {
    return path.coefficients().intercepts().get(selection.chosen());
  }
}
