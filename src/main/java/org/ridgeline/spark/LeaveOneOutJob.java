package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.select.LeaveOneOutSums;

/**
 * One pass that leaves every row out of every model: all lambdas and targets of a setting with
 * three matrix products for each chunk, all settings of a map on the same features. Partitions are
 * merged in their order, so the same splits give the same bits. The eigenvectors, {@code 8 D^2}
 * bytes for each setting, are broadcast.
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

  /** Reads {@code rows} once and returns the sums of each setting. */
  public List<LeaveOneOutSums> run(Dataset<Row> rows, LeftOutModels models, PassMeter meter) {
    models.requireFit(design.inputs(), design.targets());
    Part total = meter.dataPass("leave-one-out errors", () -> sum(rows, models));
    if (onInvalid == OnInvalid.ERROR) {
      total.invalid.throwIfAny();
    }
    return List.copyOf(total.sums);
  }

  private Part sum(Dataset<Row> rows, LeftOutModels models) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Broadcast<LeftOutModels> sent = context.broadcast(models);
    try {
      List<Part> parts =
          RowSource.of(rows, design)
              .map((partition, chunks) -> List.of(sum(chunks, sent.value())).iterator())
              .collect();
      Part total = new Part(models, new InvalidTally());
      parts.forEach(total::merge);
      return total;
    } finally {
      sent.destroy();
    }
  }

  private static Part sum(ChunkStream chunks, LeftOutModels models) {
    Part part = new Part(models, chunks.invalid());
    List<ChunkMapper> mappers = models.maps().stream().map(ChunkMapper::new).toList();
    while (chunks.advance()) {
      if (mappers.isEmpty()) {
        part.add(models, -1, chunks.chunk());
      }
      for (int map = 0; map < mappers.size(); map++) {
        part.add(models, map, mappers.get(map).map(chunks.chunk()));
      }
    }
    return part;
  }

  /** What a task sends. */
  private static final class Part implements Serializable {
    private static final long serialVersionUID = 1L;
    private final ArrayList<LeaveOneOutSums> sums = new ArrayList<>();
    private final InvalidTally invalid;

    Part(LeftOutModels models, InvalidTally invalid) {
      for (int i = 0; i < models.size(); i++) {
        sums.add(new LeaveOneOutSums(models.get(i).size()));
      }
      this.invalid = invalid;
    }

    void add(LeftOutModels models, int map, RowChunk chunk) {
      for (int i = 0; i < sums.size(); i++) {
        if (models.isOf(i, map)) {
          sums.get(i).add(models.get(i), chunk.values(), chunk.rows(), chunk::weight);
        }
      }
    }

    void merge(Part other) {
      for (int i = 0; i < sums.size(); i++) {
        sums.get(i).merge(other.sums.get(i));
      }
      invalid.merge(other.invalid);
    }
  }
}
