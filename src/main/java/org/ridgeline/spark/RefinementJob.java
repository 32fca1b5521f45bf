package org.ridgeline.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.ridge.RefinedModel;
import org.ridgeline.ridge.ResidualGradient;

/**
 * One pass of iterative refinement: what a model leaves of every row, summed in about 32 digits.
 * Sums of partitions merge in their order.
 */
public final class RefinementJob {
  private final Design design;

  private RefinementJob(Design design) {
    this.design = design;
  }

  /** A pass that reads by {@code design}, which must be the one of the first pass. */
  public static RefinementJob of(Design design) {
    return new RefinementJob(design);
  }

  /** Reads the rows once; the first pass has reported rows with invalid values. */
  public ResidualGradient run(Dataset<Row> rows, RefinedModel model, PassMeter meter) {
    return meter.dataPass("refinement", () -> sum(rows, model));
  }

  private ResidualGradient sum(Dataset<Row> rows, RefinedModel model) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Broadcast<RefinedModel> sent = context.broadcast(model);
    try {
      List<ResidualGradient> parts =
          RowSource.of(rows, design)
              .map((partition, chunks) -> List.of(sum(chunks, sent.value())).iterator())
              .collect();
      ResidualGradient total = new ResidualGradient(model.inputs(), model.targets());
      parts.forEach(total::merge);
      return total;
    } finally {
      sent.destroy();
    }
  }

  private static ResidualGradient sum(ChunkStream chunks, RefinedModel model) {
    ResidualGradient sums = new ResidualGradient(model.inputs(), model.targets());
    while (chunks.advance()) {
      RowChunk chunk = chunks.chunk();
      for (int r = 0; r < chunk.rows(); r++) {
        sums.add(model, chunk.values(), r * chunk.width(), chunk.weight(r));
      }
    }
    return sums;
  }
}
