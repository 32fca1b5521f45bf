package org.ridgeline.spark;

import java.util.List;

/** The rows that a task reads, chunk by chunk: what every pass over the data consumes. */
interface ChunkStream {
  /** Keeps a sample of the rows to come, this many at most. */
  void keepSample(int most);

  /** Fills the chunk with the next valid rows; false when there are no more. */
  boolean advance();

  /** The rows now at hand: the same object at every call. */
  RowChunk chunk();

  /** The sample of the rows so far; empty when none is kept. */
  SampledRows sample();

  /** The rows left out so far. */
  InvalidTally invalid();

  /** The names of the folds met so far, by the numbers that {@link RowChunk#fold} returns. */
  List<String> foldLabels();
}
