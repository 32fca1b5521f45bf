package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Iterator;

/**
 * What a task does with the rows of its splits.
 *
 * @param <T> what it emits
 */
interface ChunkTask<T> extends Serializable {
  /** Consumes the chunks of the splits of task {@code number}. */
  Iterator<T> run(int number, ChunkStream chunks);
}
