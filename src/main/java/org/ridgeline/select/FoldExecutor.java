package org.ridgeline.select;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.RidgeSpec;

/** Where the splits are solved. The result does not depend on it. */
@FunctionalInterface
public interface FoldExecutor {
  /**
   * Fits and scores every split.
   *
   * @param moments the blocks
   * @param lambdas one list per target
   * @return one result per split, in order
   */
  List<FoldFit> fit(FoldedMoments moments, Splits splits, RidgeSpec spec, List<Vec> lambdas);

  /** Fits and scores every split, and returns both. */
  default SplitFits solve(FoldedMoments moments, Splits splits, RidgeSpec spec, List<Vec> lambdas) {
    return splits.isEmpty()
        ? SplitFits.none()
        : new SplitFits(splits, fit(moments, splits, spec, lambdas));
  }

  /**
   * Solves on this machine, {@code threads} splits at a time. The memory needed at once is the
   * moments twice, and for each thread about {@code 4 d^2} doubles.
   */
  static FoldExecutor inParallel(int threads) {
    Check.that(threads > 0, "Cannot solve with %d threads: at least 1 is needed", threads);
    return (moments, splits, spec, lambdas) -> {
      ExecutorService pool =
          Executors.newFixedThreadPool(Math.max(1, Math.min(threads, splits.size())));
      try {
        BiFunction<Moments, List<Moments>, Future<FoldFit>> solver =
            (training, heldOut) -> pool.submit(() -> FoldFit.of(training, heldOut, spec, lambdas));
        return collect(solver, threads, moments, splits);
      } finally {
        pool.shutdownNow();
      }
    };
  }

  private static List<FoldFit> collect(
      BiFunction<Moments, List<Moments>, Future<FoldFit>> solver,
      int threads,
      FoldedMoments moments,
      Splits splits) {
    Iterator<Moments> trainings = splits.trainings(moments);
    List<Future<FoldFit>> running = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      if (i >= threads) {
        await(running.get(i - threads)); // bounds the training moments held at once
      }
      running.add(solver.apply(trainings.next(), splits.get(i).heldOut(moments)));
    }
    List<FoldFit> fits = new ArrayList<>();
    for (Future<FoldFit> future : running) {
      fits.add(await(future));
    }
    return fits;
  }

  private static FoldFit await(Future<FoldFit> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the splits were being solved", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException("Cannot solve a split: " + e.getCause(), e);
    }
  }
}
