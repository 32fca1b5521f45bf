package org.ridgeline.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.HeldOut;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.select.Split;
import org.ridgeline.select.Splits;

/**
 * Solves splits of the blocks for their curves and held-out errors. Several splits are solved at a
 * time, on the threads of the fork-join pool that calls, or of the common one; the result does not
 * depend on it. Cost for each split: one eigendecomposition, and {@code 2 d^2} flops per lambda,
 * target and held-out block.
 *
 * @param blocks the moments of each block
 * @param spec what is fitted
 */
record BlockSolver(FoldedMoments blocks, RidgeSpec spec) {
  /** As many lambdas as make the solver choose eigenvalues, where these keep their digits. */
  private static final int MANY = 100;

  /**
   * Solves every split.
   *
   * @param lambdas one list per target; a split that cannot be solved at some of them for want of
   *     digits has NaN there
   * @return the curves of each target, split by split
   */
  List<List<ScoredCurve>> solve(Splits splits, List<Vec> lambdas) {
    List<List<ScoredCurve>> bySplit =
        IntStream.range(0, splits.size())
            .parallel()
            .mapToObj(i -> solve(splits.get(i), lambdas))
            .toList();
    List<List<ScoredCurve>> byTarget = new ArrayList<>();
    for (int t = 0; t < lambdas.size(); t++) {
      int target = t;
      byTarget.add(bySplit.stream().map(curves -> curves.get(target)).toList());
    }
    return byTarget;
  }

  private List<ScoredCurve> solve(Split split, List<Vec> lambdas) {
    Moments training = split.training(blocks);
    RidgeProblem problem = RidgeProblem.of(training, spec);
    RidgeSystem system = system(problem, lambdas);
    List<Vec> solved = solvable(system, lambdas);
    List<RidgePath> paths = system.paths(solved);
    int[] heldOut = split.heldOut();
    List<List<Vec>> errors = new ArrayList<>();
    lambdas.forEach(list -> errors.add(new ArrayList<>()));
    for (int block : heldOut) {
      Moments rows = blocks.fold(block);
      HeldOut scored = HeldOut.of(spec.intercept(), training, rows);
      for (int t = 0; t < paths.size(); t++) {
        Vec sums = scored.sumSquares(t, paths.get(t).coefficients());
        errors
            .get(t)
            .add(among(lambdas.get(t), solved.get(t), sums.map(s -> s / rows.weightSum())));
      }
    }
    List<ScoredCurve> curves = new ArrayList<>();
    for (int t = 0; t < paths.size(); t++) {
      TrainingCurve curve = TrainingCurve.of(problem, system, paths.get(t));
      curves.add(
          new ScoredCurve(
              over(lambdas.get(t), curve), Arrays.stream(heldOut).boxed().toList(), errors.get(t)));
    }
    return curves;
  }

  /** The system of a problem. */
  static RidgeSystem system(RidgeProblem problem, List<Vec> lambdas) {
    double smallest = Double.POSITIVE_INFINITY;
    for (Vec list : lambdas) {
      for (double lambda : list.toArray()) {
        smallest = Math.min(smallest, lambda);
      }
    }
    return SolverTable.solver(problem, MANY, smallest);
  }

  private static List<Vec> solvable(RidgeSystem system, List<Vec> lambdas) {
    double smallest = system instanceof EigenSystem eigen ? eigen.smallestLambda() : 0;
    List<Vec> kept = new ArrayList<>();
    for (Vec list : lambdas) {
      Vec above = Vec.of(Arrays.stream(list.toArray()).filter(l -> l >= smallest).toArray());
      kept.add(above.size() > 0 ? above : Vec.of(Math.max(smallest, list.get(list.size() - 1))));
    }
    return kept;
  }

  /** Spreads values at some lambdas, in order, over all of them. */
  private static Vec among(Vec all, Vec some, Vec values) {
    if (all.equals(some)) {
      return values;
    }
    double[] spread = new double[all.size()];
    Arrays.fill(spread, Double.NaN);
    int at = 0;
    for (int l = 0; l < spread.length && at < some.size(); l++) {
      if (all.get(l) == some.get(at)) {
        spread[l] = values.get(at++);
      }
    }
    return Vec.owning(spread);
  }

  private static TrainingCurve over(Vec all, TrainingCurve curve) {
    Vec some = curve.lambdas();
    return all.equals(some)
        ? curve
        : new TrainingCurve(
            curve.rows(),
            curve.free(),
            all,
            among(all, some, curve.df1()),
            among(all, some, curve.df2()),
            among(all, some, curve.kappa()),
            among(all, some, curve.level()),
            among(all, some, curve.objective()),
            curve.eigenvalues());
  }
}
