package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.OnInvalid;

/** One pass that compares a model's predictions with the labels; weighted, merged in order. */
public final class EvaluationJob {
  private final Design design;
  private final OnInvalid onInvalid;

  private EvaluationJob(Design design, OnInvalid onInvalid) {
    this.design = design;
    this.onInvalid = onInvalid;
  }

  /** A pass that reads by {@code design}, whose targets are the labels. */
  public static EvaluationJob of(Design design, OnInvalid onInvalid) {
    return new EvaluationJob(design, onInvalid);
  }

  /**
   * Reads {@code rows} once.
   *
   * @throws DataException when there are no rows, invalid ones, or all weights are 0
   */
  public Evaluation run(Dataset<Row> rows, LinearScorer scorer, PassMeter meter) {
    int m = scorer.targets().size();
    Check.that(
        scorer.inputs() == design.inputs() && m == design.targets(),
        "Cannot evaluate a model of %d inputs and %d targets on %d and %d columns",
        scorer.inputs(),
        m,
        design.inputs(),
        design.targets());
    ErrorSums sums = meter.dataPass("evaluation", () -> sum(RowSource.of(rows, design), scorer));
    return check(sums, scorer);
  }

  private static ErrorSums sum(RowSource source, LinearScorer scorer) {
    Broadcast<LinearScorer> sent = source.context().broadcast(scorer);
    try {
      ErrorSums total = ErrorSums.empty(scorer.targets().size());
      source
          .map((partition, chunks) -> List.of(ErrorSums.of(chunks, sent.value())).iterator())
          .collect()
          .forEach(total::merge);
      return total;
    } finally {
      sent.destroy();
    }
  }

  private Evaluation check(ErrorSums sums, LinearScorer scorer) {
    if (onInvalid == OnInvalid.ERROR) {
      sums.invalid().throwIfAny();
    }
    if (sums.rows() == 0) {
      throw new DataException("the input has no valid rows to evaluate on");
    }
    if (sums.weightSum() == 0) {
      throw new DataException("all weights are 0");
    }
    List<TargetMetrics> metrics = new ArrayList<>();
    for (int t = 0; t < scorer.targets().size(); t++) {
      metrics.add(sums.metrics(t, scorer.targets().get(t)));
    }
    return new Evaluation(
        metrics, sums.invalid().rows(), sums.invalid().unknownLevels(), sums.invalid().warnings());
  }
}
