package org.ridgeline.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.linalg.Check;
import org.ridgeline.ridge.RotatedModels;
import org.ridgeline.select.LeaveOneOutSums;

/**
 * One pass that leaves every row out of every model: all lambdas and targets with three matrix
 * products for each chunk. Partitions are merged in their order, so the same splits give the same
 * bits. The eigenvectors, {@code 8 d^2} bytes, are broadcast.
 */
public final class LeaveOneOutJob {
  private final Design design;
  private final OnInvalid onInvalid;

  private LeaveOneOutJob(Design design, OnInvalid onInvalid) {
    this.design = design;
    this.onInvalid = onInvalid;
  }

  /** A pass that reads by {@code design}, which must be the one of the first pass. */
  public static LeaveOneOutJob of(Design design, OnInvalid onInvalid) {
    return new LeaveOneOutJob(design, onInvalid);
  }

  /** Reads {@code rows} once. */
  public LeaveOneOutSums run(Dataset<Row> rows, RotatedModels models, PassMeter meter) {
    Check.that(
        models.width() == design.width(),
        "Cannot leave rows out of models of %d columns: the rows have %d",
        models.width(),
        design.width());
    Part total = meter.dataPass("leave-one-out errors", () -> sum(rows, models));
    if (onInvalid == OnInvalid.ERROR) {
      total.invalid.throwIfAny();
    }
    return total.sums;
  }

  private Part sum(Dataset<Row> rows, RotatedModels models) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Broadcast<RotatedModels> sent = context.broadcast(models);
    try {
      List<Part> parts =
          RowSource.of(rows, design)
              .map((partition, chunks) -> List.of(sum(chunks, sent.value())).iterator())
              .collect();
      Part total = new Part(new LeaveOneOutSums(models.size()), new InvalidTally(0));
      parts.forEach(total::merge);
      return total;
    } finally {
      sent.destroy();
    }
  }

  private static Part sum(ChunkStream chunks, RotatedModels models) {
    LeaveOneOutSums sums = new LeaveOneOutSums(models.size());
    while (chunks.advance()) {
      RowChunk chunk = chunks.chunk();
      sums.add(models, chunk.values(), chunk.rows(), chunk::weight);
    }
    return new Part(sums, chunks.invalid());
  }

  /** What a task sends. */
  private static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;
    private final LeaveOneOutSums sums;
    private final InvalidTally invalid;

    Part(LeaveOneOutSums sums, InvalidTally invalid) {
      this.sums = sums;
      this.invalid = invalid;
    }

    void merge(Part other) {
      sums.merge(other.sums);
      invalid.merge(other.invalid);
    }
  }
}
