package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Iterator;

/**
 * What a task does with the rows of its partition.
 *
 * @param <T> what it emits
 */
interface ChunkTask<T> extends Serializable {
  /** Consumes the chunks of partition {@code partition}. */
  Iterator<T> run(int partition, ChunkStream chunks);
}
