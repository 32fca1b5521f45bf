package org.ridgeline.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.LambdaRange;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.SolverTable;

/** From folded moments to the chosen model: every lambda, every fold, every target. */
public final class Tuning {
  private Tuning() {}

  /**
   * Tunes by the validation of the specification.
   *
   * @see #run(FoldedMoments, Splits, TuningSpec, FoldExecutor)
   */
  public static TuningResult run(FoldedMoments moments, TuningSpec spec, FoldExecutor executor) {
    return run(moments, spec.validation().splits(moments), spec, executor);
  }

  /**
   * Fits the path to all rows, scores it on every split, and chooses. {@link Rule#LOO} chooses by
   * {@link #withLeaveOneOut}; until then the first lambda stands in.
   *
   * @param moments one set of moments per block of rows
   * @param splits how to validate; may be empty
   * @param spec what to tune
   * @param executor where the splits are solved
   * @throws IllegalArgumentException when the rule needs folds and there are no splits, or when no
   *     weight is held out by one
   */
  public static TuningResult run(
      FoldedMoments moments, Splits splits, TuningSpec spec, FoldExecutor executor) {
    boolean folded = !splits.isEmpty();
    Check.that(
        folded || !spec.rule().needsFolds(),
        "Cannot choose lambda by %s: it needs at least 2 folds",
        spec.rule().label());
    splits.forEach(split -> requireWeight(moments, split));
    RidgeProblem problem = RidgeProblem.of(moments.total(), spec.ridge());
    Optional<List<Vec>> given = given(problem, spec.lambdas());
    RidgeSystem system =
        given
            .map(g -> SolverTable.pathSolver(problem, Lambdas.count(g), Lambdas.smallest(g)))
            .orElseGet(() -> SolverTable.solver(problem, LambdaGrid.POINTS, Double.MAX_VALUE));
    List<LambdaGrid> grids =
        given
            .map(g -> g.stream().map(LambdaGrid::given).toList())
            .orElseGet(
                () ->
                    Collections.nCopies(
                        problem.targets(),
                        LambdaGrid.automatic(range(system, moments, splits, spec))));
    List<Vec> lambdas = grids.stream().map(LambdaGrid::lambdas).toList();
    List<RidgePath> paths = system.paths(lambdas);
    SplitFits folds = executor.solve(moments, splits, spec.ridge(), lambdas);
    List<Optional<FoldScores>> scores = new ArrayList<>();
    for (int t = 0; t < paths.size(); t++) {
      scores.add(folded ? Optional.of(folds.scores(t, moments.folds())) : Optional.empty());
    }
    Rule rule = spec.rule() == Rule.LOO ? Rule.GIVEN : spec.rule();
    List<TargetTuning> targets = select(problem, rule, grids, paths, scores);
    if (spec.errors() == TuningSpec.Errors.MOMENTS) {
      targets.forEach(ComparedChoice::require);
    }
    List<NestedScores> nested =
        spec.validation().isNested() ? nested(moments, folds, spec, executor, targets) : List.of();
    TuningResult tuned = new TuningResult(problem, system, targets, folds, nested);
    return spec.search() == TuningSpec.Search.REFINED
        ? new LambdaSearch(tuned, moments, splits, executor).run()
        : tuned;
  }

  private static List<NestedScores> nested(
      FoldedMoments moments,
      SplitFits folds,
      TuningSpec spec,
      FoldExecutor executor,
      List<TargetTuning> targets) {
    InnerSplits inner = spec.validation().rule().inner(folds.splits());
    List<Vec> lambdas = targets.stream().map(target -> target.grid().lambdas()).toList();
    SplitFits fits =
        inner.splits().isEmpty()
            ? folds
            : executor.solve(moments, inner.splits(), spec.ridge(), lambdas);
    List<NestedScores> nested = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      nested.add(NestedScores.of(folds, fits, inner.ofSplit(), t, targets.get(t)));
    }
    Check.that(
        spec.errors() == TuningSpec.Errors.ROWS
            || nested.stream().allMatch(scores -> scores.scores().isPresent()),
        "Cannot measure the error of the tuned model: the %d blocks of rows leave too few to choose"
            + " lambda by without those held out; use more of them",
        moments.folds());
    return nested;
  }

  private static void requireWeight(FoldedMoments moments, Split split) {
    int[] heldOut = split.heldOut();
    Check.that(
        Arrays.stream(heldOut).anyMatch(b -> moments.fold(b).weightSum() > 0),
        "Cannot cross-validate: fold %s has no rows of positive weight; use fewer folds",
        Arrays.stream(heldOut).mapToObj(moments::label).collect(Collectors.joining(", ")));
  }

  /**
   * The range of all rows; for Cholesky, only as far down as every split's training rows can be
   * solved, because columns may be collinear in these alone. (The floor of the eigen solver leaves
   * room for that.)
   */
  private static LambdaRange range(
      RidgeSystem system, FoldedMoments moments, Splits splits, TuningSpec spec) {
    LambdaRange range = system.range();
    if (system.kind() == SolverKind.CHOLESKY) {
      Iterator<Moments> trainings = splits.trainings(moments);
      while (trainings.hasNext()) {
        RidgeProblem training = RidgeProblem.of(trainings.next(), spec.ridge());
        RidgeSystem fold = SolverTable.solver(training, LambdaGrid.POINTS, Double.MAX_VALUE);
        range = range.above(fold.range());
      }
    }
    return range;
  }

  /**
   * Chooses again, with sums of squares that a second pass over the rows has measured exactly.
   *
   * @param tuned the result of {@link #run}
   * @param rss for each target, the weighted residual sum of squares of every lambda on all rows
   * @param folds for each target, the errors on the rows held out, measured exactly; empty where
   *     there are none
   */
  public static TuningResult rescored(
      TuningResult tuned, List<Vec> rss, List<Optional<FoldScores>> folds) {
    List<LambdaGrid> grids = new ArrayList<>();
    List<RidgePath> paths = new ArrayList<>();
    for (int t = 0; t < tuned.targets().size(); t++) {
      grids.add(tuned.target(t).grid());
      paths.add(tuned.target(t).path().withRss(rss.get(t)));
    }
    Rule rule = tuned.target(0).selection().rule();
    List<TargetTuning> targets = select(tuned.problem(), rule, grids, paths, folds);
    targets.forEach(ComparedChoice::require);
    return tuned.with(targets);
  }

  /**
   * Chooses again, by the errors of rows left out one by one.
   *
   * @param scores those of each target, over all lambdas of its grid
   */
  public static TuningResult withLeaveOneOut(TuningResult tuned, List<LeaveOneOut> scores) {
    List<TargetTuning> targets = new ArrayList<>();
    for (int t = 0; t < tuned.targets().size(); t++) {
      TargetTuning target = tuned.target(t);
      targets.add(
          TargetTuning.of(
              Rule.LOO,
              target.grid(),
              target.path(),
              target.scores(),
              target.criteria(),
              Optional.of(scores.get(t))));
    }
    return tuned.with(targets);
  }

  private static List<TargetTuning> select(
      RidgeProblem problem,
      Rule rule,
      List<LambdaGrid> grids,
      List<RidgePath> paths,
      List<Optional<FoldScores>> scores) {
    List<TargetTuning> targets = new ArrayList<>();
    for (int t = 0; t < paths.size(); t++) {
      Criteria criteria = Criteria.of(problem, paths.get(t));
      targets.add(
          TargetTuning.of(
              rule, grids.get(t), paths.get(t), scores.get(t), criteria, Optional.empty()));
    }
    return targets;
  }

  private static Optional<List<Vec>> given(RidgeProblem problem, LambdaRequest request) {
    if (request.df().isPresent()) {
      RidgeSystem system = SolverTable.solver(problem, LambdaGrid.POINTS, Double.MAX_VALUE);
      double df = request.df().getAsDouble();
      double lambda = LambdaOfDf.find(system, problem.targets(), problem.unpenalized(), df);
      return Optional.of(Collections.nCopies(problem.targets(), Vec.of(lambda)));
    }
    if (request.values().isEmpty()) {
      return Optional.empty();
    }
    List<Vec> lists = new ArrayList<>();
    for (int t = 0; t < problem.targets(); t++) {
      lists.add(toSum(problem, t, request));
    }
    return Optional.of(lists);
  }

  /** Converts the given lambdas once, on all rows. */
  private static Vec toSum(RidgeProblem problem, int t, LambdaRequest request) {
    double weightSum = problem.moments().weightSum();
    double[] lambdas = request.values().orElseThrow().toArray();
    double sd = problem.moments().targetDeviation(t);
    for (int l = 0; l < lambdas.length; l++) {
      lambdas[l] = request.convention().toSum(lambdas[l], weightSum, sd);
    }
    return Vec.owning(lambdas);
  }
}
