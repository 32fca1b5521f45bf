package org.ridgeline.select;

import java.util.List;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.ridge.RidgePath;

/**
 * The tuning of one target. Paths and scores cover all lambdas of the grid, spare ones included;
 * only those from {@code grid.from()} to {@code grid.to()} are shown.
 *
 * @param grid the lambdas
 * @param path the fits to all rows
 * @param scores the held-out errors, if there were folds
 * @param criteria from the moments of all rows
 * @param selection what was chosen
 * @param leaveOneOut the leave-one-out errors, if a pass measured them
 */
public record TargetTuning(
    LambdaGrid grid,
    RidgePath path,
    Optional<FoldScores> scores,
    Criteria criteria,
    Selection selection,
    Optional<LeaveOneOut> leaveOneOut) {
  private static final double ALMOST_ALL = 0.995;

  /** Applies {@code rule} to the shown part of {@code start}, which is extended at its edges. */
  static TargetTuning of(
      Rule rule,
      LambdaGrid start,
      RidgePath path,
      Optional<FoldScores> scores,
      Criteria criteria,
      Optional<LeaveOneOut> leaveOneOut) {
    Vec criterion =
        rule == Rule.LOO ? leaveOneOut.orElseThrow().meanSquare() : criteria.scores(rule);
    Selector.Result result = new Selector(rule, scores, criterion).select(start);
    return new TargetTuning(result.grid(), path, scores, criteria, result.selection(), leaveOneOut);
  }

  /**
   * The chosen models of several targets as one.
   *
   * @param tuned one for each target
   * @param features d names; a target with fewer coefficients has 0 for the last ones
   * @param targets the names of the targets
   */
  public static RidgeModel model(
      List<TargetTuning> tuned, List<String> features, List<String> targets) {
    int d = features.size();
    Matrix coefficients = Matrix.zeros(d, tuned.size());
    double[] intercepts = new double[tuned.size()];
    double[] lambdas = new double[tuned.size()];
    for (int t = 0; t < tuned.size(); t++) {
      coefficients.setColumn(t, tuned.get(t).coefficients().toArray());
      intercepts[t] = tuned.get(t).intercept();
      lambdas[t] = tuned.get(t).lambda();
    }
    return new RidgeModel(
        features, targets, Vec.owning(intercepts), coefficients, Vec.owning(lambdas));
  }

  /** The chosen lambda, sum convention. */
  public double lambda() {
    return grid.lambdas().get(selection.chosen());
  }

  /** Returns the position of the best lambda, which {@code cv-1se} may not choose. */
  public int best() {
    return selection.rule().needsFolds()
        ? selection.minimum().orElse(selection.chosen())
        : selection.chosen();
  }

  /** Whether the best lambda is at the edge of all that was tried, with no smaller one. */
  public boolean isBestSmallest() {
    boolean smallest = selection.atEdge();
    for (int l = grid.from(); l < grid.to(); l++) {
      smallest &= grid.lambdas().get(best()) <= grid.lambdas().get(l);
    }
    return smallest;
  }

  /**
   * Whether the best lambda is the smallest of all tried, and next to none: it keeps {@link
   * #ALMOST_ALL} of least squares, so that nothing is to be gained below it.
   *
   * @param rank of the inputs: the degrees of freedom of least squares
   */
  public boolean needsNoPenalty(int rank) {
    return isBestSmallest() && path.df().get(best()) >= ALMOST_ALL * rank && rank > 0;
  }

  /** Returns this without coefficients: paths and scores only, which are small. */
  public TargetTuning withoutCoefficients() {
    PathCoefficients all = path.coefficients();
    Matrix none = Matrix.zeros(0, all.lambdas().size());
    RidgePath thin =
        path.withCoefficients(new PathCoefficients(all.lambdas(), none, all.intercepts()));
    return new TargetTuning(grid, thin, scores, criteria, selection, leaveOneOut);
  }

  /** The coefficients of the chosen model, original columns; empty when they were dropped. */
  public Vec coefficients() {
    return Vec.owning(path.coefficients().matrix().columnCopy(selection.chosen()));
  }

  /** Returns this with other coefficients of the chosen model, such as refined ones. */
  public TargetTuning refined(Vec coefficients, double intercept) {
    RidgePath sharper = path.withModel(selection.chosen(), coefficients, intercept);
    return new TargetTuning(grid, sharper, scores, criteria, selection, leaveOneOut);
  }

  /** The intercept of the chosen model. */
  public double intercept() {
    return path.coefficients().intercepts().get(selection.chosen());
  }
}
