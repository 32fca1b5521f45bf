package org.ridgeline.spark;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.moments.FoldedMoments;

/**
 * A second pass that scores every model on the rows themselves: all lambdas and targets with one
 * matrix product for each chunk, {@code 2 (d + m) m L} flops a row, twice that with folds.
 */
public final class ResidualJob {
  private final Design design;
  private final OnInvalid onInvalid;
  private final Optional<FeatureMap> map;

  private ResidualJob(Design design, OnInvalid onInvalid, Optional<FeatureMap> map) {
    this.design = design;
    this.onInvalid = onInvalid;
    this.map = map;
  }

  /** A pass that reads by {@code design}, which must be the one of the first pass. */
  public static ResidualJob of(Design design, OnInvalid onInvalid) {
    return new ResidualJob(design, onInvalid, Optional.empty());
  }

  /** Returns a pass that scores models of the features of {@code other}. */
  public ResidualJob withMap(FeatureMap other) {
    Check.that(
        other.inputs() == design.inputs(),
        "Cannot map rows of %d features by a map of %d inputs",
        design.inputs(),
        other.inputs());
    return new ResidualJob(design, onInvalid, Optional.of(other));
  }

  /** Scores the model of all rows only. */
  public Residuals run(Dataset<Row> rows, PathModel full, PassMeter meter) {
    return run(rows, new FoldModels(full, List.of(), List.of()), meter);
  }

  /**
   * Scores the model of all rows, and on each fold the model that did not see it.
   *
   * @param folded the moments of the first pass: they name the folds
   * @param folds the model of each fold, in that order; empty for folds that are not held out
   */
  public Residuals run(
      Dataset<Row> rows,
      PathModel full,
      FoldedMoments folded,
      List<Optional<PathModel>> folds,
      PassMeter meter) {
    List<String> labels = IntStream.range(0, folded.folds()).mapToObj(folded::label).toList();
    return run(rows, new FoldModels(full, labels, folds), meter);
  }

  private Residuals run(Dataset<Row> rows, FoldModels models, PassMeter meter) {
    int width = map.map(FeatureMap::outputs).orElse(design.inputs()) + design.targets();
    Check.that(
        models.full().width() == width && models.full().targets() == design.targets(),
        "Cannot score models of %d columns on rows of %d",
        models.full().width(),
        width);
    ResidualSums sums = meter.dataPass("exact residuals", () -> sum(rows, models));
    if (onInvalid == OnInvalid.ERROR) {
      sums.invalid().throwIfAny();
    }
    int lambdas = models.full().lambdas();
    return new Residuals(
        sums.training(lambdas),
        models.labels().stream().map(label -> sums.heldOut(label, lambdas)).toList());
  }

  private ResidualSums sum(Dataset<Row> rows, FoldModels models) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Broadcast<FoldModels> sent = context.broadcast(models.withMap(map));
    try {
      int columns = models.full().residualMap().columns();
      List<ResidualSums> parts =
          RowSource.of(rows, design)
              .map((partition, chunks) -> List.of(sum(chunks, sent.value(), columns)).iterator())
              .collect();
      ResidualSums total = new ResidualSums(columns).with(new InvalidTally());
      parts.forEach(total::merge);
      return total;
    } finally {
      sent.destroy();
    }
  }

  private static ResidualSums sum(ChunkStream chunks, FoldModels models, int columns) {
    ResidualSums sums = new ResidualSums(columns);
    Optional<ChunkMapper> mapper = models.map().map(known -> new ChunkMapper(known));
    while (chunks.advance()) {
      RowChunk chunk = chunks.chunk();
      RowChunk scored = mapper.isPresent() ? mapper.get().map(chunk) : chunk;
      sums.add(scored, chunks.foldLabels(), models);
    }
    return sums.with(chunks.invalid());
  }
}
