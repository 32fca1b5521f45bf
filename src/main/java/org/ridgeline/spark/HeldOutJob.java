package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.infer.ResidualSizes;

/**
 * One pass that scores the rows of each fold by the models trained without it, and keeps how far
 * off they are. All models score all rows, one matrix product for each chunk.
 */
public final class HeldOutJob {
  /** Up to so many residuals are kept as they are, 16 bytes each; more are rounded up. */
  public static final long MOST_EXACT = 4_000_000;

  private final Design design;
  private final OnInvalid onInvalid;

  private HeldOutJob(Design design, OnInvalid onInvalid) {
    this.design = design;
    this.onInvalid = onInvalid;
  }

  /** A pass that reads by {@code design}, which must be the one of the training. */
  public static HeldOutJob of(Design design, OnInvalid onInvalid) {
    return new HeldOutJob(design, onInvalid);
  }

  /**
   * Reads {@code rows} once.
   *
   * @param labels the names of the k folds, in order
   * @param scorer its m k targets are the models of target 0 without fold 0, 1, .., then of target
   *     1
   * @throws DataException when a row is of another fold, or invalid
   */
  public HeldOutSums run(
      Dataset<Row> rows,
      List<String> labels,
      LinearScorer scorer,
      ResidualSizes.Keep keep,
      PassMeter meter) {
    Check.that(
        scorer.targets().size() == design.targets() * labels.size()
            && scorer.inputs() == design.inputs(),
        "Cannot score %d folds of %d targets by %d models",
        labels.size(),
        design.targets(),
        scorer.targets().size());
    HeldOutSums sums =
        meter.dataPass(
            "residuals of held-out rows",
            () -> sum(RowSource.of(rows, design), labels, scorer, keep));
    if (onInvalid == OnInvalid.ERROR) {
      sums.invalid().throwIfAny();
    }
    return sums;
  }

  private HeldOutSums sum(
      RowSource source, List<String> labels, LinearScorer scorer, ResidualSizes.Keep keep) {
    Broadcast<LinearScorer> sent = source.context().broadcast(scorer);
    int targets = design.targets();
    List<String> names = new ArrayList<>(labels);
    try {
      HeldOutSums total = new HeldOutSums(labels, targets, keep);
      source
          .map(
              (partition, chunks) ->
                  List.of(new HeldOutSums(names, targets, keep).addAll(chunks, sent.value()))
                      .iterator())
          .collect()
          .forEach(total::merge);
      return total;
    } finally {
      sent.destroy();
    }
  }
}
