package org.ridgeline.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.HeldOut;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.Split;
import org.ridgeline.select.Splits;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningResult;
import org.ridgeline.select.TuningSpec;

/**
 * What training again would gain on rows like B's. Each fold of B is scored by the old model and by
 * two that have not seen it: one trained on A and the other folds of B, one on these alone, each
 * with the lambda of the smallest error on these other folds, cross-validated in turn. All three
 * errors are of the same rows, so that their differences are known better than they are.
 *
 * @param folds how many folds of B there were
 * @param kept the error of the old model
 * @param together trained on the rows of A and B; empty where that has no useful digits
 * @param alone trained on those of B
 * @param verdict what it comes to
 */
public record Retraining(
    int folds,
    FoldMean kept,
    Optional<Retrained> together,
    Optional<Retrained> alone,
    RetrainVerdict verdict) {
  /** So many folds of B are scored at most: k folds take about {@code 2 k^2} fits. */
  public static final int MOST_FOLDS = 10;

  private static final int LEAST_FOLDS = 3;

  /**
   * Scores every target.
   *
   * @param a the rows of the old model
   * @param b the new rows, in folds that have weight
   * @param models the old model of each target, alone
   * @param spec how to train again; its rule looks at folds
   * @param executor where the splits are solved
   */
  public static List<Finding<Retraining>> of(
      Moments a,
      FoldedMoments b,
      List<PathCoefficients> models,
      TuningSpec spec,
      FoldExecutor executor) {
    List<Finding<Retraining>> result = new ArrayList<>();
    if (b.folds() < LEAST_FOLDS) {
      String reason =
          b.folds() == 1
              ? "B has no folds: its rows cannot be held out"
              : "B has 2 folds: at least 3 are needed to hold one out and choose lambda by others";
      models.forEach(model -> result.add(Finding.none(reason)));
      return result;
    }
    Optional<Scores> together = Scores.of(Optional.of(a), b, spec, executor);
    Optional<Scores> alone = Scores.of(Optional.empty(), b, spec, executor);
    for (int t = 0; t < models.size(); t++) {
      double[] kept = ModelError.sums(a, b, spec.ridge().intercept(), models.get(t), t);
      result.add(of(b, kept, together, alone, t));
    }
    return result;
  }

  private static Finding<Retraining> of(
      FoldedMoments b, double[] kept, Optional<Scores> together, Optional<Scores> alone, int t) {
    double[] weights = ModelError.weights(b);
    FoldMean old = FoldMean.of(kept, weights);
    Optional<Retrained> both = together.flatMap(s -> s.retrained(t, kept, weights));
    Optional<Retrained> only = alone.flatMap(s -> s.retrained(t, kept, weights));
    if (!(old.value() > 0) || (both.isEmpty() && only.isEmpty())) {
      return Finding.none("the errors on rows held out have lost their digits");
    }
    Optional<FoldMean> lead =
        both.isPresent() && only.isPresent()
            ? Optional.of(
                FoldMean.of(minus(together.get().sums.get(t), alone.get().sums.get(t)), weights))
            : Optional.empty();
    return Finding.of(
        new Retraining(
            b.folds(), old, both, only, RetrainVerdict.of(b.folds(), old, both, only, lead)));
  }

  private static double[] minus(double[] first, double[] second) {
    double[] difference = first.clone();
    Arrays.setAll(difference, f -> first[f] - second[f]);
    return difference;
  }

  /**
   * The errors of models trained without each fold.
   *
   * @param sums for each target the sums of squared errors of each fold
   * @param lambdas for each target the lambda chosen without each fold
   */
  private record Scores(List<double[]> sums, List<double[]> lambdas) {

    /**
     * Trains without each fold and scores it.
     *
     * @param always rows that always train
     * @return empty where a training is refused for want of digits
     */
    static Optional<Scores> of(
        Optional<Moments> always, FoldedMoments b, TuningSpec spec, FoldExecutor executor) {
      List<double[]> sums = new ArrayList<>();
      List<double[]> lambdas = new ArrayList<>();
      for (int t = 0; t < b.fold(0).targets(); t++) {
        sums.add(new double[b.folds()]);
        lambdas.add(new double[b.folds()]);
      }
      try {
        for (int f = 0; f < b.folds(); f++) {
          FoldedMoments blocks = without(f, always, b);
          TuningResult tuned =
              Tuning.run(blocks, splits(blocks.folds(), always.isPresent()), spec, executor);
          HeldOut scored =
              HeldOut.of(spec.ridge().intercept(), tuned.problem().moments(), b.fold(f));
          for (int t = 0; t < sums.size(); t++) {
            PathCoefficients model = chosen(tuned.target(t));
            sums.get(t)[f] = scored.sumSquares(t, model).get(0);
            lambdas.get(t)[f] = model.lambdas().get(0);
          }
        }
        return Optional.of(new Scores(sums, lambdas));
      } catch (SingularException e) {
        return Optional.empty();
      }
    }

    private static FoldedMoments without(int fold, Optional<Moments> always, FoldedMoments b) {
      List<String> labels = new ArrayList<>();
      List<Moments> blocks = new ArrayList<>();
      always.ifPresent(
          rows -> {
            labels.add("A");
            blocks.add(rows);
          });
      for (int f = 0; f < b.folds(); f++) {
        if (f != fold) {
          labels.add(b.label(f));
          blocks.add(b.fold(f));
        }
      }
      return FoldedMoments.of(labels, blocks);
    }

    /** All blocks but the first of those that always train are held out in turn. */
    private static Splits splits(int blocks, boolean firstTrains) {
      List<Split> splits = new ArrayList<>();
      for (int f = firstTrains ? 1 : 0; f < blocks; f++) {
        int heldOut = f;
        int[] others = IntStream.range(0, blocks).filter(b -> b != heldOut).toArray();
        splits.add(Split.of(others, new int[] {f}));
      }
      return Splits.of(splits);
    }

    private static PathCoefficients chosen(TargetTuning target) {
      return new PathCoefficients(
          Vec.of(target.lambda()),
          Matrix.column(target.coefficients().toArray()),
          Vec.of(target.intercept()));
    }

    Optional<Retrained> retrained(int t, double[] kept, double[] weights) {
      FoldMean mse = FoldMean.of(sums.get(t), weights);
      return Double.isNaN(mse.value())
          ? Optional.empty()
          : Optional.of(
              new Retrained(
                  mse, FoldMean.of(minus(kept, sums.get(t)), weights), Vec.of(lambdas.get(t))));
    }
  }
}
