package org.ridgeline.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.DoubleStream;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.forecast.EffectiveRanks;
import org.ridgeline.forecast.ForecastRequest;
import org.ridgeline.forecast.LearningForecast;
import org.ridgeline.forecast.RareRow;
import org.ridgeline.forecast.TargetForecast;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.LambdaRange;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.select.LambdaGrid;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.spark.Solving;

/**
 * Foretells what more rows would bring to a run, from its moments alone, stored or not. Each target
 * has the lambdas of the run to choose from, with those of an automatic grid where the run had a
 * single lambda, where its own are far apart, and where they end while the error still falls; of
 * several maps, the one that the target has chosen.
 */
public final class RunForecast {
  /** As many lambdas as make the solver choose eigenvalues. */
  private static final int MANY = 100;

  /** Between lambdas farther apart, about half a decade, the best one may hide. */
  private static final double WIDE = 3.2;

  private final StoredRun run;
  private final ForecastRequest request;

  private RunForecast(StoredRun run, ForecastRequest request) {
    this.run = run;
    this.request = request;
  }

  /**
   * Returns the forecast of every target of a training.
   *
   * @throws org.ridgeline.base.DataException when its moments allow none
   */
  public static List<TargetForecast> of(TrainingResult result, ForecastRequest request) {
    StoredRun run = new StoredRun("the run", result.model(), result.resolved(), result.moments());
    return of(run, request, result.targetNames());
  }

  /**
   * Returns the forecast of some targets.
   *
   * @param targets their names
   * @throws org.ridgeline.base.DataException when the run allows none
   */
  public static List<TargetForecast> of(
      StoredRun run, ForecastRequest request, List<String> targets) {
    List<String> all = run.model().model().targets();
    Map<Object, List<Integer>> byMap = new LinkedHashMap<>();
    for (String target : targets) {
      int t = all.indexOf(target);
      Object map = run.model().maps().isEmpty() ? "none" : run.model().maps().get(t).spec();
      byMap.computeIfAbsent(map, key -> new ArrayList<>()).add(t);
    }
    RunForecast forecast = new RunForecast(run, request);
    Map<String, TargetForecast> found = new LinkedHashMap<>();
    ForkJoinPool pool = new ForkJoinPool(Solving.driverThreads(run.moments()));
    try { // what a worker solves in parallel stays in its pool: no more threads than fit
      pool.submit(() -> byMap.values().forEach(group -> forecast.add(group, found))).join();
    } finally {
      pool.shutdownNow();
    }
    return targets.stream().map(found::get).toList();
  }

  /** Returns what a forecast assumes that this way of validating does not, if anything. */
  public static Optional<String> caveat(ResolvedSpec spec) {
    return spec.tuning().validation().rule().isOrdered()
        ? Optional.of(
            "The forecast takes the blocks of rows for a random division of them: they are in"
                + " order, and of a drift it says nothing")
        : Optional.empty();
  }

  /** Adds the forecasts of targets that share their features. */
  private void add(List<Integer> targets, Map<String, TargetForecast> found) {
    FoldedMoments blocks = run.spec().tuning().validation().folds(run.moments(targets.get(0)));
    RidgeProblem problem = RidgeProblem.of(blocks.total(), run.ridge());
    RidgeSystem system = SolverTable.solver(problem, MANY, Double.MAX_VALUE);
    Optional<EffectiveRanks> ranks =
        Inference.eigenvalues(system, problem)
            .map(e -> EffectiveRanks.of(e, problem.observations()));
    List<LearningForecast> forecasts = forecasts(blocks, problem, system);
    for (int t : targets) {
      String name = run.model().model().targets().get(t);
      double selected = run.model().model().lambdas().get(t);
      found.put(
          name,
          TargetForecast.of(
              name,
              forecasts.get(t),
              request,
              new TargetForecast.Context(
                  selected, ranks, rare(problem, system, forecasts.get(t), t), half(t))));
    }
  }

  /** What a row unlike all others would do, without a map. */
  private Optional<RareRow> rare(
      RidgeProblem problem, RidgeSystem system, LearningForecast forecast, int t) {
    if (!run.model().maps().isEmpty()) {
      return Optional.empty();
    }
    List<Vec> lambdas = Collections.nCopies(problem.targets(), Vec.of(forecast.bestLambda()));
    Map<Integer, String> measured = new LinkedHashMap<>();
    int column = 0;
    for (InputColumn input : run.moments().columns().inputs()) {
      for (String name : input.names()) {
        if (input.kind() != InputColumn.Kind.CATEGORY) {
          measured.put(column, name);
        }
        column++;
      }
    }
    return RareRow.of(forecast, system.solve(lambdas).get(t).matrix(), problem.moments(), measured);
  }

  /** Half of the features of a map that was drawn, in whole units. */
  private OptionalInt half(int t) {
    if (run.model().maps().isEmpty()
        || run.model().maps().get(t).spec().kind() == MapKind.NYSTROM) {
      return OptionalInt.empty();
    }
    MapSpec spec = run.model().maps().get(t).spec();
    int inputs = run.moments().columns().features().size();
    int units = spec.units(inputs);
    int half = units / 2 * (spec.outputs(inputs) / units);
    return half > 0 ? OptionalInt.of(half) : OptionalInt.empty();
  }

  /** Forecasts with the lambdas of the run alone where these show the best one. */
  private List<LearningForecast> forecasts(
      FoldedMoments blocks, RidgeProblem problem, RidgeSystem system) {
    LambdaRequest asked = run.spec().tuning().lambdas();
    Vec automatic = automatic(system);
    if (asked.values().isEmpty() || asked.values().get().size() < 2) {
      return LearningForecast.of(
          blocks, run.ridge(), Collections.nCopies(problem.targets(), automatic));
    }
    List<Vec> given = given(problem, asked);
    if (given.stream().noneMatch(RunForecast::isCoarse)) {
      List<LearningForecast> forecasts = LearningForecast.of(blocks, run.ridge(), given);
      if (forecasts.stream().noneMatch(LearningForecast::isOpen)) {
        return forecasts;
      }
    }
    return LearningForecast.of(
        blocks, run.ridge(), given.stream().map(list -> both(list, automatic)).toList());
  }

  private static boolean isCoarse(Vec lambdas) {
    double[] ascending = Arrays.stream(lambdas.toArray()).sorted().toArray();
    boolean coarse = false;
    for (int l = 1; l < ascending.length; l++) {
      coarse |= ascending[l] > WIDE * ascending[l - 1];
    }
    return coarse;
  }

  private static Vec both(Vec some, Vec others) {
    return Vec.of(
        DoubleStream.concat(Arrays.stream(some.toArray()), Arrays.stream(others.toArray()))
            .toArray());
  }

  private static List<Vec> given(RidgeProblem problem, LambdaRequest asked) {
    List<Vec> lists = new ArrayList<>();
    double weight = problem.moments().weightSum();
    for (int t = 0; t < problem.targets(); t++) {
      double sd = problem.moments().targetDeviation(t);
      lists.add(asked.values().get().map(l -> asked.convention().toSum(l, weight, sd)));
    }
    return lists;
  }

  /**
   * Every second lambda of the automatic grid; by Cholesky only those that folds can be solved at,
   * too.
   */
  private static Vec automatic(RidgeSystem system) {
    LambdaRange range = system.range();
    LambdaGrid grid = LambdaGrid.automatic(range);
    double least = system.kind() == SolverKind.CHOLESKY ? 10 * range.floor() : 0;
    double[] all = grid.lambdas().toArray();
    double[] thin = new double[all.length / 2];
    Arrays.setAll(thin, i -> all[2 * i + all.length % 2]);
    return Vec.of(Arrays.stream(thin).filter(lambda -> lambda >= least).toArray());
  }
}
