package org.ridgeline.spark;

import java.util.List;

/** The rows of one partition, chunk by chunk: what every pass over the data consumes. */
interface ChunkStream {
  /** Fills the chunk with the next valid rows; false at the end of the partition. */
  boolean advance();

  /** The rows now at hand: the same object at every call. */
  RowChunk chunk();

  /** The rows left out so far. */
  InvalidTally invalid();

  /** The names of the folds met so far, by the numbers that {@link RowChunk#fold} returns. */
  List<String> foldLabels();
}
