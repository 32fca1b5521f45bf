package org.ridgeline.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.RidgePath;

/**
 * The bounded search after the grid: between the neighbors of the best lambda, by polynomials
 * through the score at {@link Chebyshev} points of log lambda. Intervals wider than 2 are narrowed
 * to the neighbors of their best point first. The lambda found joins the grid, next to the best.
 *
 * <p>Every round solves 16 lambdas for every target; with folds, in every fold.
 */
final class LambdaSearch {
  private static final double WIDEST = 2;
  private static final double BELOW = 1e-3; // where the lower neighbor is lambda = 0

  private final TuningResult tuned;
  private final FoldedMoments moments;
  private final Splits splits;
  private final FoldExecutor executor;
  private final Rule rule;
  private final double[] low;
  private final double[] high;
  private final double[] found; // NaN until it is

  LambdaSearch(TuningResult tuned, FoldedMoments moments, Splits splits, FoldExecutor executor) {
    this.tuned = tuned;
    this.moments = moments;
    this.splits = splits;
    this.executor = executor;
    this.rule = tuned.target(0).selection().rule();
    this.low = new double[tuned.targets().size()];
    this.high = new double[low.length];
    this.found = new double[low.length];
  }

  TuningResult run() {
    for (int t = 0; t < low.length; t++) {
      bracket(t);
    }
    while (Arrays.stream(found).anyMatch(Double::isNaN)) {
      List<Vec> points = new ArrayList<>();
      for (int t = 0; t < low.length; t++) {
        points.add(
            Double.isNaN(found[t])
                ? Chebyshev.points(low[t], high[t])
                : Vec.of(Math.log(found[t])));
      }
      List<Vec> lambdas = points.stream().map(list -> list.map(Math::exp)).toList();
      List<Vec> scores = scores(lambdas);
      for (int t = 0; t < low.length; t++) {
        if (Double.isNaN(found[t])) {
          narrow(t, points.get(t), scores.get(t).toArray());
        }
      }
    }
    return withFound();
  }

  /** The logarithms of the neighbors of the best lambda; a lambda of 0 or alone is final. */
  private void bracket(int t) {
    LambdaGrid grid = tuned.target(t).grid();
    double best = tuned.target(t).lambda();
    double below = 0;
    double above = Double.POSITIVE_INFINITY;
    for (int l = grid.from(); l < grid.to(); l++) {
      double lambda = grid.lambdas().get(l);
      below = lambda < best ? Math.max(below, lambda) : below;
      above = lambda > best ? Math.min(above, lambda) : above;
    }
    boolean zeroBelow = grid.lambdas().toArray().length > 1 && contains(grid, 0) && below == 0;
    double from = below > 0 ? below : zeroBelow ? best * BELOW : best;
    double to = above < Double.POSITIVE_INFINITY ? above : best;
    low[t] = Math.log(from);
    high[t] = Math.log(to);
    found[t] = best == 0 || from == to ? best : Double.NaN;
  }

  private static boolean contains(LambdaGrid grid, double lambda) {
    for (int l = grid.from(); l < grid.to(); l++) {
      if (grid.lambdas().get(l) == lambda) {
        return true;
      }
    }
    return false;
  }

  private void narrow(int t, Vec points, double[] scores) {
    int best = LambdaGrid.given(points).best(scores);
    if (best < 0) {
      found[t] = tuned.target(t).lambda();
    } else if (high[t] - low[t] <= WIDEST) {
      boolean smooth = Arrays.stream(scores).allMatch(Double::isFinite);
      found[t] = Math.exp(smooth ? Chebyshev.minimum(points, scores, best) : points.get(best));
    } else {
      low[t] = best == 0 ? low[t] : points.get(best - 1);
      high[t] = best == points.size() - 1 ? high[t] : points.get(best + 1);
    }
  }

  private List<Vec> scores(List<Vec> lambdas) {
    List<Vec> scores = new ArrayList<>();
    if (rule.needsFolds()) {
      SplitFits folds = executor.solve(moments, splits, tuned.problem().spec(), lambdas);
      for (int t = 0; t < lambdas.size(); t++) {
        scores.add(Vec.owning(folds.scores(t, moments.folds()).means()));
      }
    } else {
      List<RidgePath> paths = tuned.system().paths(lambdas);
      for (int t = 0; t < lambdas.size(); t++) {
        scores.add(criteria(t, paths.get(t)).scores(rule));
      }
    }
    return scores;
  }

  private Criteria criteria(int t, RidgePath path) {
    double variance = tuned.target(t).criteria().sureVariance();
    return Criteria.of(tuned.problem(), path, OptionalDouble.of(variance));
  }

  /** Fits the grids with the lambdas found, and chooses again. */
  private TuningResult withFound() {
    List<LambdaGrid> grids = new ArrayList<>();
    for (int t = 0; t < found.length; t++) {
      TargetTuning target = tuned.target(t);
      grids.add(target.grid().with(found[t], target.selection().chosen()));
    }
    List<Vec> lambdas = grids.stream().map(LambdaGrid::lambdas).toList();
    List<RidgePath> paths = tuned.system().paths(lambdas);
    SplitFits folds = executor.solve(moments, splits, tuned.problem().spec(), lambdas);
    List<TargetTuning> targets = new ArrayList<>();
    for (int t = 0; t < found.length; t++) {
      Optional<FoldScores> scores =
          folds.isEmpty() ? Optional.empty() : Optional.of(folds.scores(t, moments.folds()));
      RidgePath path = paths.get(t);
      targets.add(
          TargetTuning.of(rule, grids.get(t), path, scores, criteria(t, path), Optional.empty()));
    }
    return new TuningResult(tuned.problem(), tuned.system(), targets, folds, tuned.nested());
  }
}
