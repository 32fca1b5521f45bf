package org.ridgeline.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Chunks from Spark's internal rows; none has rows of two splits. */
final class RowChunks implements ChunkStream {
  private final Iterator<Split<InternalRow>> splits;
  private final ChunkBuilder builder;
  private final RowReader reader;
  private Iterator<InternalRow> rows = Collections.emptyIterator(); // of one split

  RowChunks(Design design, int[] ordinals, Iterator<Split<InternalRow>> splits) {
    this.splits = splits;
    this.builder = new ChunkBuilder(design);
    this.reader = new RowReader(design, ordinals, builder);
  }

  @Override
  public boolean advance() {
    do {
      builder.rows().begin();
      if (!rows.hasNext() && splits.hasNext()) {
        rows = builder.start(splits.next());
      }
      while (!builder.rows().isFull() && rows.hasNext()) {
        reader.read(rows.next());
      }
      builder.finish();
    } while (builder.chunk().rows() == 0 && (rows.hasNext() || splits.hasNext()));
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
