package org.ridgeline.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Chunks from Spark's internal rows. */
final class RowChunks implements ChunkStream {
  private final Iterator<InternalRow> rows;
  private final ChunkBuilder builder;
  private final RowReader reader;

  RowChunks(Design design, int[] ordinals, int partition, Iterator<InternalRow> rows) {
    this.rows = rows;
    this.builder = new ChunkBuilder(design, partition);
    this.reader = new RowReader(design, ordinals, builder);
  }

  @Override
  public boolean advance() {
    do {
      builder.rows().begin();
      while (!builder.rows().isFull() && rows.hasNext()) {
        reader.read(rows.next());
      }
      builder.finish();
    } while (builder.chunk().rows() == 0 && rows.hasNext());
    return builder.chunk().rows() > 0;
  }

  @Override
  public RowChunk chunk() {
    return builder.chunk();
  }

  @Override
  public void keepSample(int most) {
    builder.keepSample(most);
  }

  @Override
  public SampledRows sample() {
    return builder.sample();
  }

  @Override
  public InvalidTally invalid() {
    return builder.rows().invalid();
  }

  @Override
  public List<String> foldLabels() {
    return builder.foldLabels();
  }
}
