package org.ridgeline.select;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.RidgeSpec;

/** Where the folds are solved. The result does not depend on it. */
@FunctionalInterface
public interface FoldExecutor {
  /**
   * Fits and scores every fold.
   *
   * @param lambdas one list per target
   * @return one result per fold, in order
   */
  List<FoldFit> fit(FoldedMoments moments, RidgeSpec spec, List<Vec> lambdas);

  /**
   * Solves on this machine, {@code threads} folds at a time. The memory needed at once is the
   * moments twice, and for each thread about {@code 4 d^2} doubles.
   */
  static FoldExecutor inParallel(int threads) {
    Check.that(threads > 0, "Cannot solve with %d threads: at least 1 is needed", threads);
    return (moments, spec, lambdas) -> {
      ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, moments.folds()));
      try {
        return collect(pool, threads, moments, spec, lambdas);
      } finally {
        pool.shutdownNow();
      }
    };
  }

  private static List<FoldFit> collect(
      ExecutorService pool, int threads, FoldedMoments moments, RidgeSpec spec, List<Vec> lambdas) {
    Iterator<Moments> trainings = moments.trainings();
    List<Future<FoldFit>> running = new ArrayList<>();
    for (int f = 0; f < moments.folds(); f++) {
      if (f >= threads) {
        await(running.get(f - threads)); // bounds the training moments held at once
      }
      Moments training = trainings.next();
      Moments heldOut = moments.fold(f);
      running.add(pool.submit(() -> FoldFit.of(training, heldOut, spec, lambdas)));
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
      throw new IllegalStateException("Interrupted while the folds were being solved", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException("Cannot solve a fold: " + e.getCause(), e);
    }
  }
}
